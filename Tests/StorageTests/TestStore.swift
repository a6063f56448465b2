import NGSILD
import Networking
import Postgres
import TestSupport

@testable import Storage

/// A database with the present schema, and what a process has on it.
struct TestStore: Sendable {
    let database: PostgresConfiguration
    let reactors: [Reactor]
    let writes: WritePath
    let tenants: TenantDirectory
    let clock: TestClock

    /// Runs `body` with a store of `workers` workers; the test itself runs on the first of them.
    static func with<Answer: Sendable>(
        workers: Int = 1, limits: WriteLimits = WriteLimits(),
        _ body: @escaping @Sendable (TestStore, isolated Worker) async throws -> Answer
    ) async throws -> Answer {
        try await TestDatabase.withWorker(hasSchema: true) { database, worker in
            let store = TestStore(
                database.configuration, first: worker.reactor, workers: workers, limits: limits)
            do {
                let answer = try await body(store, worker)
                await store.close()
                return answer
            } catch {
                await store.close()
                throw error
            }
        }
    }

    init(
        _ database: PostgresConfiguration, first reactor: Reactor, workers: Int = 1,
        limits: WriteLimits = WriteLimits()
    ) {
        let others = (1..<workers).map { _ in Reactor() }
        for reactor in others { reactor.start() }
        let clock = TestClock()
        self.database = database
        self.clock = clock
        reactors = [reactor] + others
        tenants = TenantDirectory()
        writes = WritePath(
            on: reactors, database: database, tenants: tenants, limits: limits, clock: { clock.now })
    }

    func close() async {
        await writes.close()
        for reactor in reactors.dropFirst() { reactor.stop() }
    }

    /// The first column of what `sql` gives, which is a text.
    func texts(_ sql: String) async throws -> [String] {
        let connection = try await PostgresConnection.connect(database, on: reactors[0])
        defer { connection.close() }
        let rows = try await connection.execute(Call(Statement(sql)))
        return (0..<rows.count).map { rows.text($0, 0) }
    }

    /// How many entities of `type` the default tenant has, by the counts; traps where the rows say otherwise.
    func count(of type: String) async throws -> Int {
        let texts = try await texts(
            """
            SELECT (SELECT count(*) FROM entity_type WHERE tenant = 1 AND type = '\(type)') || ' ' ||
                coalesce((SELECT entities FROM entity_count WHERE tenant = 1 AND type = '\(type)'), 0)
                + coalesce((SELECT sum(entities) FROM entity_count_delta WHERE tenant = 1 AND type = '\(type)'), 0)
            """)
        let counts = texts[0].split(separator: " ").compactMap { Int($0) }
        precondition(
            counts[0] == counts[1], "\(counts[0]) entities of type \(type) are counted as \(counts[1])")
        return counts[0]
    }

    /// Runs `body` with a housekeeper of this store.
    func withHousekeeper<Answer>(_ body: (Housekeeper) async throws -> Answer) async throws -> Answer {
        try await withTenants { tenants, queries in
            let indexes = ValueIndexes(queries: queries, directory: ValueIndexDirectory())
            return try await body(
                Housekeeper(queries: queries, writes: writes, tenants: tenants, indexes: indexes))
        }
    }

    func withTenants<Answer>(_ body: (TenantStore, QueryPool) async throws -> Answer) async throws -> Answer {
        let queries = QueryPool(database, connections: 2, on: reactors[0])
        let points = PointLane(database, on: reactors[0])
        queries.open()
        points.open()
        defer {
            queries.close()
            points.close()
        }
        return try await body(TenantStore(points: points, queries: queries, directory: tenants), queries)
    }
}
