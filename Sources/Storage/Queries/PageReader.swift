import NGSILD
import Postgres

/// Reads the page that a query asks for, by the statements that were chosen for it.
struct PageReader {
    let query: EntityQuery
    let plan: QueryPlan
    let reads: QueryReads

    private var statement: EntityStatement { plan.page }
    private var budget: QueryBudget { reads.budget }

    /// - Throws: `tooComplexQuery` where Swift has to look at more entities than the budget has.
    func read() async throws -> EntityPage {
        let start = try Start(query.page, statement)
        if statement.isExact, let page = try await exactPage(start) { return page }
        reads.decides = true
        return try await decidedPage(start)
    }

    /// Where the page begins: behind a key, or behind so many.
    private struct Start {
        var after: PageKey?
        var offset: Int

        /// The key wins over the offset, which a link has beside it: for a result that no index orders (any more).
        init(_ page: Page, _ statement: EntityStatement) throws(NGSILDError) {
            let isOfValues = statement.driver.order != nil
            after =
                try statement.isKeyed
                ? page.after.map { text throws(NGSILDError) in try PageKey(text, isOfValues: isOfValues) }
                : nil
            offset = after == nil ? page.offset : 0
        }
    }

    // MARK: SQL decides

    /// nil where a row turns out not to match: something in it has expired, so that Swift has to decide.
    private func exactPage(_ start: Start) async throws -> EntityPage? {
        var page = EntityPage()
        let wanted = query.page
        if wanted.wantsCount {
            let (count, stale) = try await count()
            guard stale == 0 || !statement.looksAtInstances else { return nil }
            page.count = count
        }
        guard wanted.limit > 0 else { return page }
        var next = start
        repeat {
            let missing = wanted.limit + 1 - page.rows.count
            let limit = min(missing, budget.pageRows)
            let rows = try await reads.fetch(
                statement.page(limit: limit, offset: next.offset, after: next.after))
            for row in 0..<rows.count {
                let entity = StoredEntity(rows, row: row)
                if statement.looksAtInstances, rows.bool(row, 7), !matches(entity) { return nil }
                let key = statement.key(of: rows, row: row, id: entity.id)
                page.append(entity, key: key, limit: wanted.limit, bytesMax: budget.pageBytesMax)
            }
            guard rows.count == limit, limit < missing, !page.hasMore else { break }
            next.after = page.last
            next.offset = page.last == nil ? next.offset + rows.count : 0
        } while true
        return page
    }

    private func matches(_ entity: StoredEntity) -> Bool {
        query.matches(QueriedEntity(entity, now: statement.now))
    }

    private func count() async throws -> (count: Int, stale: Int) {
        if let type = plan.count.countedType {
            let call = Call(Self.countOfType, statement.tenant.number, type, PostgresTimestamp(statement.now))
            return (max(0, Int(try await reads.fetch(call).int64(0, 0))), 0)
        }
        let rows = try await reads.fetch(plan.count.count)
        return (Int(rows.int64(0, 0)), Int(rows.int64(0, 1)))
    }

    /// The folded count, the deltas since, and those that have expired and are not yet swept: they are found by
    /// the index of what is due, and by no other.
    private static let countOfType = Statement(
        """
        SELECT (coalesce((SELECT entities FROM entity_count WHERE tenant = $1 AND type = $2), 0)
            + coalesce((SELECT sum(entities) FROM entity_count_delta WHERE tenant = $1 AND type = $2), 0)
            - (SELECT count(*) FROM entity WHERE due <= $3 AND expires <= $3 AND tenant + 0 = $1
                AND types @> ARRAY[$2]))::bigint
        """)

    // MARK: Swift decides

    /// Batches of what SQL lets through, each entity judged here.
    private func decidedPage(_ start: Start) async throws -> EntityPage {
        var page = EntityPage()
        var matched = 0
        var seen = 0
        var after = start.after
        var linked = LinkedCache(tenant: statement.tenant, now: statement.now)
        // A result without keys is read at once: there is nothing to go on from.
        let limit = statement.isKeyed ? budget.batchRows : budget.rowsMax
        while true {
            let rows = try await reads.fetch(statement.page(limit: limit, after: after))
            seen += rows.count
            for row in 0..<rows.count {
                let entity = StoredEntity(rows, row: row)
                after = statement.key(of: rows, row: row, id: entity.id)
                guard try await decide(entity, &linked) else { continue }
                matched += 1
                guard matched > start.offset else { continue }
                page.append(entity, key: after, limit: query.page.limit, bytesMax: budget.pageBytesMax)
                if page.hasMore, !query.page.wantsCount { return page }
            }
            guard rows.count == limit else { break }
            guard seen < budget.rowsMax else { throw tooComplex }
        }
        if query.page.wantsCount { page.count = matched }
        return page
    }

    /// Judges `entity`; entities that its Relationships lead to are loaded as they are asked for.
    private func decide(_ entity: StoredEntity, _ linked: inout LinkedCache) async throws -> Bool {
        let judged = QueriedEntity(entity, now: linked.now)
        while true {
            var missing: Set<String> = []
            let known = linked
            let answer = query.matches(judged) { id in
                if let entity = known[id] { return entity }
                if !known.knows(id) { missing.insert(id) }
                return nil
            }
            guard !missing.isEmpty else { return answer }
            try await linked.load(missing, by: reads)
        }
    }

    private var tooComplex: NGSILDError {
        NGSILDError(.tooComplexQuery, "the query looks at more than \(budget.rowsMax) entities")
    }
}
