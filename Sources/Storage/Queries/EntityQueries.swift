package import NGSILD
package import Postgres

/// Entities found by what they are (5.7.2): the reading side of the tables that the write path keeps.
package final class EntityQueries {
    private let pool: QueryPool
    private let points: PointLane
    private let budget: QueryBudget
    private let indexes: ValueIndexes
    private var collations: Set<Collation> = []

    package init(pool: QueryPool, points: PointLane, budget: QueryBudget = QueryBudget()) {
        self.pool = pool
        self.points = points
        self.budget = budget
        indexes = ValueIndexes(pool: pool)
    }

    /// What the sessions of a pool need so that a page costs the page: one plan for any values, by the indexes.
    package static func session(of database: PostgresConfiguration) -> PostgresConfiguration {
        var session = database
        session.plans = .generic
        session.followsIndexes = true
        return session
    }

    /// The page of `tenant`'s entities that `query` asks for, as they are at `now`.
    ///
    /// - Throws: `tooComplexQuery` where it costs more than the budget; `StorageError` where PostgreSQL is away.
    package func page(
        _ query: EntityQuery, tenant: TenantKey, at now: Timestamp
    ) async throws -> EntityPage {
        try await explaining {
            if let page = TypePage(query) { return try await typePage(page, query.page, tenant, now) }
            if let collation = query.ordering?.collation { try await prepare(collation) }
            let statement = try await statement(for: query, tenant, now)
            if statement.isExact, let page = try await exactPage(query, statement) { return page }
            return try await decidedPage(query, statement)
        }
    }

    /// With the candidates of the index that finds fewest, unless a page would cost more than without any.
    private func statement(
        for query: EntityQuery, _ tenant: TenantKey, _ now: Timestamp
    ) async throws -> EntityStatement {
        let indexes = query.filter == nil ? [] : try await indexes.ready(for: tenant, at: now)
        var fewest: (count: Int64, candidates: Candidates)?
        for candidates in Candidates.all(for: query, tenant: tenant, indexes: indexes) {
            let count = try await fetch(candidates.count(upTo: budget.candidatesMax + 1)).int64(0, 0)
            if count < fewest?.count ?? .max { fewest = (count, candidates) }
        }
        // A count and an order look at all that match in any case.
        let looksAtAll = query.page.wantsCount || query.ordering != nil
        let helps = looksAtAll || fewest?.count ?? 0 <= budget.candidatesMax
        return EntityStatement(query, tenant: tenant, now: now, candidates: helps ? fewest?.candidates : nil)
    }

    private func typePage(
        _ typePage: TypePage, _ wanted: Page, _ tenant: TenantKey, _ now: Timestamp
    ) async throws -> EntityPage {
        let rows = try await points.query(typePage.call(tenant: tenant, at: now))
        var page = EntityPage()
        for row in 0..<rows.count {
            page.append(StoredEntity(rows, row: row), limit: wanted.limit, bytesMax: budget.pageBytesMax)
        }
        return page.finished(isOrdered: false)
    }

    // MARK: SQL decides

    /// nil where a row turns out not to match: something in it has expired, so that Swift has to decide.
    private func exactPage(_ query: EntityQuery, _ statement: EntityStatement) async throws -> EntityPage? {
        var page = EntityPage()
        let wanted = query.page
        if wanted.wantsCount {
            let (count, stale) = try await count(statement)
            guard stale == 0 || !statement.looksAtInstances else { return nil }
            page.count = count
        }
        guard wanted.limit > 0 else { return page }
        var after = wanted.after
        var offset = wanted.offset
        repeat {
            let missing = wanted.limit + 1 - page.rows.count
            let limit = min(missing, budget.pageRows)
            let rows = try await fetch(statement.page(limit: limit, offset: offset, after: after))
            for row in 0..<rows.count {
                let entity = StoredEntity(rows, row: row)
                if statement.looksAtInstances, rows.bool(row, 7), !matches(query, entity, statement.now) {
                    return nil
                }
                page.append(entity, limit: wanted.limit, bytesMax: budget.pageBytesMax)
            }
            guard rows.count == limit, limit < missing, !page.hasMore else { break }
            if query.ordering == nil {
                (after, offset) = (page.rows.last?.id, 0)
            } else {
                offset += rows.count
            }
        } while true
        return page.finished(isOrdered: query.ordering != nil)
    }

    private func matches(_ query: EntityQuery, _ entity: StoredEntity, _ now: Timestamp) -> Bool {
        query.matches(QueriedEntity(entity, now: now))
    }

    private func count(_ statement: EntityStatement) async throws -> (count: Int, stale: Int) {
        if let type = statement.countedType {
            let rows = try await pool.query(
                Call(Self.countOfType, statement.tenant.number, type, PostgresTimestamp(statement.now)),
                within: budget.time)
            return (max(0, Int(rows.int64(0, 0))), 0)
        }
        let rows = try await fetch(statement.count)
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

    private func fetch(_ sql: SQL) async throws -> Rows {
        try await pool.query(Call(sql), within: budget.time)
    }

    /// The collation exists from here on, as long as the process lives.
    private func prepare(_ collation: Collation) async throws {
        guard !collations.contains(collation) else { return }
        _ = try await fetch(EntityCollations.creation(of: collation))
        collations.insert(collation)
    }

    // MARK: Swift decides

    /// Batches of what SQL lets through, each entity judged here.
    private func decidedPage(_ query: EntityQuery, _ statement: EntityStatement) async throws -> EntityPage {
        var page = EntityPage()
        var matched = 0
        var seen = 0
        var after = query.page.after
        var linked = LinkedCache(tenant: statement.tenant, now: statement.now)
        while true {
            // An ordered result has no key to go on from: it is read at once.
            let limit = query.ordering == nil ? budget.batchRows : budget.rowsMax
            let rows = try await fetch(statement.page(limit: limit, after: after))
            seen += rows.count
            for row in 0..<rows.count {
                let entity = StoredEntity(rows, row: row)
                after = entity.id
                guard try await decide(query, entity, &linked) else { continue }
                matched += 1
                guard matched > query.page.offset else { continue }
                page.append(entity, limit: query.page.limit, bytesMax: budget.pageBytesMax)
                if page.hasMore, !query.page.wantsCount {
                    return page.finished(isOrdered: query.ordering != nil)
                }
            }
            guard rows.count == limit else { break }
            guard seen < budget.rowsMax else { throw tooComplex(query) }
        }
        if query.page.wantsCount { page.count = matched }
        return page.finished(isOrdered: query.ordering != nil)
    }

    /// Judges `entity`; entities that its Relationships lead to are loaded as they are asked for.
    private func decide(
        _ query: EntityQuery, _ entity: StoredEntity, _ linked: inout LinkedCache
    ) async throws -> Bool {
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
            try await linked.load(missing, from: pool, within: budget.time)
        }
    }

    // MARK: Errors

    private func tooComplex(_ query: EntityQuery) -> NGSILDError {
        let path = query.filter?.terms.first?.path.names.joined(separator: ".") ?? "attribute"
        return NGSILDError(
            .tooComplexQuery,
            "the query looks at more than \(budget.rowsMax) entities: add a type, an id or a place to it, or have an "
                + "index declared for \"\(path)\"")
    }

    /// The time and the limits of PostgreSQL in the words of the client.
    private func explaining<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        do {
            return try await body()
        } catch let error as PostgresError where error.kind == .deadlinePassed || error.sqlState == "57014" {
            throw NGSILDError(
                .tooComplexQuery,
                "the query takes longer than \(budget.time): narrow it by a type or a place, or have an index "
                    + "declared for the attributes in q and orderBy")
        } catch let error as PostgresError {
            throw error.reported
        }
    }
}
