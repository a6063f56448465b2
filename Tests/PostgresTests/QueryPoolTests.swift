import Networking
import Postgres
import TestSupport
import Testing

struct QueryPoolTests {
    private static let sleep = Statement("SELECT pg_sleep($1), 'slept'")
    private static let echo = Statement("SELECT $1")

    @Test func `queries beyond the connections wait for their turn`() async throws {
        try await Self.withPool(connections: 2) { pool, worker in
            let answers = await gather(on: worker, 10) { number in
                try await pool.query(Call(Self.echo, "\(number)")).text(0, 0)
            }

            #expect(answers.map { try? $0.get() } == (0..<10).map { "\($0)" })
            var idle = PostgresStatistics()
            idle.connections = 2
            // The second connection may still be on its way: the first one was quick.
            #expect(await worker.reactor.wait { pool.statistics == idle })
        }
    }

    @Test func `calls of one query see one snapshot and one deadline of their own`() async throws {
        try await Self.withPool(connections: 1) { pool, _ in
            let timeout = Call(Statement("SELECT current_setting('statement_timeout')"))

            let own = try await pool.execute([timeout, timeout], within: .seconds(77))
            let others = try await pool.query(timeout)

            #expect(own.map { $0.text(0, 0) } == ["77s", "77s"])
            #expect(others.text(0, 0) == "10s")
        }
    }

    @Test func `a query ends at its deadline, at the server too`() async throws {
        try await Self.withPool(connections: 1) { pool, worker in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query(Call(Self.sleep, 30.0), within: .milliseconds(50))
            }

            #expect(error?.kind == .deadlinePassed)
            let next = try await pool.query(Call(Self.echo, "next"))
            #expect(next.text(0, 0) == "next")
        }
    }

    @Test func `the deadline holds while a query waits for a connection`() async throws {
        try await Self.withPool(connections: 1) { pool, worker in
            let answers = await gather(on: worker, 2) { number in
                let limit: Duration = number == 0 ? .seconds(5) : .milliseconds(20)
                return try await pool.query(Call(Self.sleep, 0.2), within: limit).text(0, 1)
            }

            #expect(answers[0] == .success("slept"))
            #expect(throws: PostgresError.self) { try answers[1].get() }
            #expect(pool.statistics.waiting == 0)
        }
    }

    @Test func `a query whose task is cancelled ends, and the next on its connection does not`() async throws
    {
        try await Self.withPool(connections: 1) { pool, worker in
            nonisolated(unsafe) let pool = pool
            let reactor = worker.reactor
            let task = Task.immediate(executorPreference: reactor) {
                try await Self.run(pool, on: reactor)
            }
            await reactor.pause(.milliseconds(50))

            task.cancel()
            let outcome = await task.result
            let next = try await pool.query(Call(Self.sleep, 0.05))

            #expect(throws: PostgresError.self) { try outcome.get() }
            #expect(next.text(0, 1) == "slept")
        }
    }

    @Test func `beyond its bound the pool is saturated`() async throws {
        try await Self.withPool(connections: 1, waitingMax: 2) { pool, worker in
            _ = try await pool.query(Call(Self.echo, "connected"))

            let answers = await gather(on: worker, 4) { _ in
                try await pool.query(Call(Self.sleep, 0.02)).text(0, 1)
            }

            #expect(answers.count { $0 == .success("slept") } == 3)
            #expect(answers[3] == .failure(PostgresError(.saturated, "2 queries wait for PostgreSQL")))
        }
    }

    @Test func `a query on a killed session runs again, once`() async throws {
        try await Self.withPool(connections: 1) { pool, worker in
            let first = try await pool.query(Call(Statement("SELECT pg_backend_pid()"))).int32(0, 0)

            let again = try await pool.query(
                Call(Statement("SELECT pg_terminate_backend($1), pg_sleep(0.1), pg_backend_pid()"), first))
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query(
                    Call(Statement("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(1)")))
            }

            #expect(again.int32(0, 2) != first)
            #expect(error?.isConnectionLost == true)
            #expect(pool.statistics.reconnects >= 2)
        }
    }

    @Test func `while the server is away queries fail, as unavailable`() async throws {
        try await onWorker { worker in
            let pool = QueryPool(
                PostgresConfiguration("host=/nonexistent"), connections: 2, on: worker.reactor)
            pool.open()
            defer { pool.close() }

            for _ in 0..<2 {
                let error = await #expect(throws: PostgresError.self) {
                    try await pool.query(Call(Self.echo, ""))
                }
                #expect(error?.kind == .unavailable)
            }
        }
    }

    @Test func `rows come in chunks, until there are no more or nobody wants more`() async throws {
        try await Self.withPool(connections: 1) { pool, _ in
            var sizes: [Int] = []
            var last: Int32 = 0
            let numbers = Call("SELECT n FROM generate_series(1, \(Int32(25))) n")

            try await pool.forEachChunk(of: numbers, size: 10) { rows in
                sizes.append(rows.count)
                last = rows.int32(rows.count - 1, 0)
                return true
            }
            try await pool.forEachChunk(of: numbers, size: 10) { rows in
                sizes.append(-rows.count)
                return false
            }

            #expect(sizes == [10, 10, 5, -10])
            #expect(last == 25)
            let open = try await pool.query(
                Call(Statement("SELECT count(*) FROM pg_cursors WHERE name = 'chunks'")))
            #expect(open.int64(0, 0) == 0)
        }
    }

    @Test func `an empty answer is one empty chunk`() async throws {
        try await Self.withPool(connections: 1) { pool, _ in
            var sizes: [Int] = []
            try await pool.forEachChunk(of: Call("SELECT WHERE false"), size: 10) { rows in
                sizes.append(rows.count)
                return true
            }
            #expect(sizes == [0])
        }
    }

    // A function, since a closure would take the pool for shared.
    private static func run(_ pool: QueryPool, on reactor: Reactor) async throws -> String {
        try await pool.query(Call(sleep, 30.0)).text(0, 1)
    }

    private static func withPool(
        connections: Int, waitingMax: Int = 1000,
        _ body: @escaping @Sendable (QueryPool, isolated Worker) async throws -> Void
    ) async throws {
        try await TestDatabase.withWorker { database, worker in
            let pool = QueryPool(
                database.configuration, connections: connections, waitingMax: waitingMax, on: worker.reactor)
            pool.open()
            defer { pool.close() }
            try await body(pool, worker)
        }
    }
}
