import NGSILD
import Postgres

/// The statements that were chosen for a query.
struct QueryPlan {
    let page: EntityStatement
    /// Counts the result.
    let count: EntityStatement
    /// Where the page sorts what these find: with more than the budget has it is empty, and another plan is needed.
    var unproven: Candidates?
}

/// Chooses how a query is answered: by what finds few entities, or else by what stops after the page.
struct QueryPlanner {
    let query: EntityQuery
    let tenant: TenantKey
    let now: Timestamp
    let indexes: [ValueIndex]
    let reads: QueryReads

    func plan() async throws -> QueryPlan {
        // Ids are found by the key.
        guard query.selectors.allSatisfy(\.ids.isEmpty) else { return plan(nil, count: nil) }
        let found = Candidates.all(for: query, tenant: tenant, indexes: indexes)
        guard let first = found.first else { return try await wide(nil) }
        if found.count == 1 {
            if query.ordering == nil, first.lookup?.isPoints ?? false { return try await wide(first) }
            // To count them costs as much as to find them.
            let most = reads.budget.candidatesMax
            return QueryPlan(
                page: statement(.sorted(first, most: most)), count: statement(.sorted(first, most: nil)),
                unproven: first)
        }
        var fewest = (count: Int64.max, candidates: first)
        for candidates in found {
            let count = try await count(candidates)
            if count < fewest.count { fewest = (count, candidates) }
        }
        guard fewest.count > reads.budget.candidatesMax else {
            let way = EntityDriver.Way.sorted(fewest.candidates, most: nil)
            return plan(way, count: way)
        }
        return try await wide(fewest.candidates)
    }

    /// The rows of `candidates`, up to one more than the budget has.
    func count(_ candidates: Candidates) async throws -> Int64 {
        try await reads.fetch(candidates.count(upTo: reads.budget.candidatesMax + 1)).int64(0, 0)
    }

    /// Where no index finds few: one in the order of the result, or what looks at the least of all that match.
    func wide(_ candidates: Candidates?) async throws -> QueryPlan {
        let all = candidates.map { EntityDriver.Way.sorted($0, most: nil) }
        if let ordering = query.ordering {
            let order = query.onlyType.flatMap { IndexedOrder(ordering, type: $0, indexes: indexes) }
            guard let order, try await helps(order) else { return plan(all, count: all) }
            return plan(.ordered(order), count: all)
        }
        if let lookup = candidates?.lookup { return plan(.walked(lookup), count: all) }
        return plan(nil, count: all)
    }

    /// Whether `order` is worth its way.
    ///
    /// Places of other types lie between those of this one: where it has few, they are sorted faster. And what Swift
    /// decides on needs keys.
    private func helps(_ order: IndexedOrder) async throws -> Bool {
        guard !order.isKeyed else { return true }
        let entities = statement(nil)
        guard entities.isExact else { return false }
        return try await reads.fetch(entities.driver.count(upTo: reads.budget.candidatesMax + 1)).int64(0, 0)
            > reads.budget.candidatesMax
    }

    private func plan(_ page: EntityDriver.Way?, count: EntityDriver.Way?) -> QueryPlan {
        QueryPlan(page: statement(page), count: statement(count))
    }

    private func statement(_ way: EntityDriver.Way?) -> EntityStatement {
        EntityStatement(query, tenant: tenant, now: now, by: way)
    }
}
