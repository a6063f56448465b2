package import NGSILD
import Networking
package import Postgres

/// Entities found by what they are (5.7.2): the reading side of the tables that the write path keeps.
package final class EntityQueries {
    private let pool: QueryPool
    private let points: PointLane
    private let budget: QueryBudget
    private let indexes: ValueIndexDirectory
    private var collations: Set<Collation> = []

    package init(
        pool: QueryPool, points: PointLane, indexes: ValueIndexDirectory, budget: QueryBudget = QueryBudget()
    ) {
        self.pool = pool
        self.points = points
        self.indexes = indexes
        self.budget = budget
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
        try await bounded(query, tenant) {
            if let page = TypePage(query) { return try await typePage(page, query.page, tenant, now) }
            return try await read(query, tenant, now, by: QueryReads(pool, budget)).page
        }
    }

    private func typePage(
        _ typePage: TypePage, _ wanted: Page, _ tenant: TenantKey, _ now: Timestamp
    ) async throws -> EntityPage {
        let rows = try await points.query(typePage.call(tenant: tenant, at: now))
        var page = EntityPage()
        for row in 0..<rows.count {
            let entity = StoredEntity(rows, row: row)
            page.append(
                entity, key: PageKey(id: entity.id), limit: wanted.limit, bytesMax: budget.pageBytesMax)
        }
        return page
    }

    /// How `query` is answered: it is asked twice, once for the time and once for the rows.
    ///
    /// - Throws: as `page`.
    package func explain(
        _ query: EntityQuery, tenant: TenantKey, at now: Timestamp
    ) async throws -> QueryExplanation {
        let began = MonotonicTime.now
        _ = try await page(query, tenant: tenant, at: now)
        let time = began.elapsed
        let reads = QueryReads(pool, budget, counting: true)
        let (page, plan) = try await bounded(query, tenant) { try await read(query, tenant, now, by: reads) }
        let waste = reads.entities - page.rows.count
        let ready = indexes.ready(for: tenant)
        return QueryExplanation(
            use: plan.page.driver.use, entitiesRead: reads.entities, entriesRead: reads.entries,
            rowsReturned: page.rows.count, isDecidedByHub: reads.decides, time: time,
            advice: waste > QueryExplanation.wasteMax ? IndexAdvice(for: query, indexes: ready) : nil)
    }

    private func read(
        _ query: EntityQuery, _ tenant: TenantKey, _ now: Timestamp, by reads: QueryReads
    ) async throws -> (page: EntityPage, plan: QueryPlan) {
        if let collation = query.ordering?.collation { try await prepare(collation) }
        let planner = QueryPlanner(
            query: query, tenant: tenant, now: now, indexes: indexes.ready(for: tenant), reads: reads)
        let plan = try await planner.plan()
        let page = try await PageReader(query: query, plan: plan, reads: reads).read()
        guard page.rows.isEmpty, query.page.limit > 0, let candidates = plan.unproven,
            try await planner.count(candidates) > budget.candidatesMax
        else { return (page, plan) }
        let wide = try await planner.wide(candidates)
        return (try await PageReader(query: query, plan: wide, reads: reads).read(), wide)
    }

    /// The collation exists from here on, as long as the process lives.
    private func prepare(_ collation: Collation) async throws {
        guard !collations.contains(collation) else { return }
        _ = try await pool.query(Call(EntityCollations.creation(of: collation)), within: budget.time)
        collations.insert(collation)
    }

    /// Runs `body` for `query`: where the budget ends it, the error says what to do about it.
    private func bounded<Answer>(
        _ query: EntityQuery, _ tenant: TenantKey, _ body: () async throws -> Answer
    ) async throws -> Answer {
        let detail: String
        do {
            return try await body()
        } catch let error as NGSILDError where error.kind == .tooComplexQuery {
            detail = error.detail
        } catch let error as PostgresError where error.kind == .deadlinePassed || error.sqlState == "57014" {
            detail = "the query takes longer than \(budget.time)"
        } catch let error as PostgresError {
            throw error.reported
        }
        let advice = IndexAdvice(for: query, indexes: indexes.ready(for: tenant))
        let declaration = advice.map { ", or declare an index: \($0.sentence)" } ?? ""
        throw NGSILDError(.tooComplexQuery, "\(detail): narrow it by a type, an id or a place\(declaration)")
    }
}
