import NGSILD
import Networking
import Postgres
import TestSupport
import Testing

@testable import Storage

/// A store with entities in it, and what queries them.
struct QueryStore {
    let store: TestStore
    let queries: EntityQueries
    let indexes: ValueIndexes
    let pool: QueryPool
    let points: PointLane
    /// Long after the entities' own times.
    let now = Timestamp(microseconds: 1_700_000_000_000_000)

    static func with(
        _ entities: [StoredEntity], budget: QueryBudget = QueryBudget(),
        _ body: @escaping @Sendable (isolated Worker, QueryStore) async throws -> Void
    ) async throws {
        try await TestStore.with { store, worker in
            for entity in entities {
                _ = try await store.writes.submit(.put(Entity(entity)))
            }
            let session = EntityQueries.session(of: store.database)
            let pool = QueryPool(session, connections: 1, on: store.reactors[0])
            let points = PointLane(session, on: store.reactors[0])
            pool.open()
            points.open()
            defer {
                points.close()
                pool.close()
            }
            let indexes = ValueIndexes(queries: pool, directory: ValueIndexDirectory())
            let store = QueryStore(
                store: store,
                queries: EntityQueries(
                    pool: pool, points: points, indexes: indexes.directory, budget: budget),
                indexes: indexes, pool: pool, points: points)
            try await body(worker, store)
        }
    }

    func page(_ query: EntityQuery) async throws -> EntityPage {
        try await queries.page(query, tenant: .default, at: now)
    }

    func page(_ parameters: [String: String]) async throws -> EntityPage {
        try await page(try EntityQuery(parameters: { parameters[$0] }, context: .core))
    }

    func ids(_ parameters: [String: String]) async throws -> [String] {
        try await page(parameters).rows.map(\.id)
    }

    /// Expects the page of `parameters` to be the entities `ids`, in this order.
    func check(
        _ parameters: [String: String], gives ids: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let page = try await page(parameters)
        #expect(page.rows.map(\.id) == ids, sourceLocation: sourceLocation)
    }

    /// The ids that the statement alone lets through, and whether it says that it decides.
    func superset(_ query: EntityQuery) async throws -> (ids: [String], isExact: Bool) {
        let statement = EntityStatement(query, tenant: .default, now: now)
        let rows = try await pool.query(Call(statement.page(limit: 1_000)))
        return ((0..<rows.count).map { rows.text($0, 0) }, statement.isExact)
    }
}

/// A row with a document in storage form.
func stored(
    _ id: String, type: String = "T", scopes: [String] = [], expiresAt: Int64? = nil,
    _ document: String = "{}"
) -> StoredEntity {
    StoredEntity(
        id: id, types: type.split(separator: ";").map(String.init), scopes: scopes,
        createdAt: Timestamp(microseconds: 1_600_000_000_000_000),
        modifiedAt: Timestamp(microseconds: 1_650_000_000_000_000),
        expiresAt: expiresAt.map { Timestamp(microseconds: $0) }, document: Array(document.utf8))
}
