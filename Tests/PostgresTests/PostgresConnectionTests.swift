import Networking
import Postgres
import TestSupport
import Testing

struct PostgresConnectionTests {
    @Test func `calls of one execute are one round trip and one transaction`() async throws {
        try await TestDatabase.withConnection { connection in
            _ = try await connection.execute(Call(command: "CREATE TABLE t (n int PRIMARY KEY)"))
            let insert = Statement("INSERT INTO t VALUES ($1)")
            let calls = [1, 2, 2].map { Call(insert, Int32($0)) }

            let error = await #expect(throws: PostgresError.self) { try await connection.execute(calls) }

            #expect(error?.sqlState == "23505")
            #expect(error?.constraint == "t_pkey")
            #expect(error?.isConnectionLost == false)
            #expect(error?.isRetryable == false)
            #expect(try await connection.execute(Call(Statement("SELECT FROM t"))).count == 0)
        }
    }

    @Test func `a transaction stays open between two executes, and what was stored is there`() async throws {
        try await TestDatabase.withConnection { connection in
            _ = try await connection.execute(Call(command: "CREATE TABLE t (n int)"))
            let begun = try await connection.execute([.begin, TransactionID.current])
            let stored = try await connection.execute([
                Call(Statement("INSERT INTO t VALUES ($1), ($2)"), Int32(1), Int32(2)),
                TransactionID.current, .commit,
            ])

            #expect(stored[0].affected == 2)
            #expect(TransactionID(begun[1]) == TransactionID(stored[1]))
            #expect(try await connection.execute(Call(Statement("SELECT n FROM t"))).count == 2)
        }
    }

    @Test func `a transaction whose statement fails is rolled back, and the connection goes on`() async throws
    {
        try await TestDatabase.withConnection { connection in
            _ = try await connection.execute(Call(command: "CREATE TABLE t (n int)"))
            let insert = Statement("INSERT INTO t VALUES ($1)")

            await #expect(throws: PostgresError.self) {
                try await connection.execute([
                    .begin, Call(insert, Int32(1)), Call(Statement("SELECT 1 / 0")), .commit,
                ])
            }

            #expect(try await connection.execute([Call(insert, Int32(7))]).count == 1)
            let rows = try await connection.execute(Call(Statement("SELECT n FROM t")))
            #expect(rows.count == 1)
            #expect(rows.int32(0, 0) == 7)
        }
    }

    @Test func `a transaction that was left open can be given up`() async throws {
        try await TestDatabase.withConnection { connection in
            _ = try await connection.execute(Call(command: "CREATE TABLE t (n int)"))
            _ = try await connection.execute([.begin, Call(Statement("INSERT INTO t VALUES (1)"))])

            connection.rollBackIfOpen()

            #expect(try await connection.execute(Call(Statement("SELECT FROM t"))).count == 0)
        }
    }

    @Test func `a statement that PostgreSQL cannot prepare fails every time, and only itself`() async throws {
        try await TestDatabase.withConnection { connection in
            let wrong = Statement("SELECT nothing FROM nowhere WHERE id = $1")
            for _ in 0..<2 {
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.execute(Call(wrong, "x"))
                }
                #expect(error?.sqlState == "42P01")
            }
            let rows = try await connection.execute(Call(Statement("SELECT 1")))
            #expect(rows.int32(0, 0) == 1)
        }
    }

    @Test func `a session says what it stands on`() async throws {
        try await TestDatabase.withConnection { connection in
            let settings = [
                "transaction_isolation": "read committed", "jit": "off", "TimeZone": "UTC",
                "statement_timeout": "10s", "lock_timeout": "5s", "client_encoding": "UTF8",
                "idle_in_transaction_session_timeout": "5s", "application_name": "atria",
                "plan_cache_mode": "force_generic_plan", "tcp_user_timeout": "0",  // a Unix socket has none
            ]
            for (name, value) in settings {
                let setting = try await connection.execute(Call("SELECT current_setting(\(name))"))
                #expect(setting.text(0, 0) == value, "\(name)")
            }
        }
    }

    @Test func `a killed session fails what is in flight and what comes after, and closes`() async throws {
        try await TestDatabase.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.execute(
                    Call(Statement("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)")))
            }

            #expect(error?.isConnectionLost == true)
            #expect(error?.sqlState == "57P01")
            #expect(connection.isLost)
            let after = await #expect(throws: PostgresError.self) {
                try await connection.execute(Call(Statement("SELECT 1")))
            }
            #expect(after == error)
        }
    }

    @Test func `a server that owes an answer for too long is taken for lost`() async throws {
        try await TestDatabase.withWorker { database, worker in
            var configuration = database.configuration
            configuration.responseTimeout = .milliseconds(100)
            let connection = try await PostgresConnection.connect(configuration, on: worker.reactor)

            let error = await #expect(throws: PostgresError.self) {
                try await connection.execute(Call(Statement("SELECT pg_sleep(5)")))
            }

            #expect(error?.isConnectionLost == true)
            #expect(error?.message.contains("owes an answer") == true)
        }
    }

    @Test func `timeouts of statements and locks come back as what they are`() async throws {
        try await TestDatabase.withWorker { database, worker in
            var configuration = database.configuration
            configuration.statementTimeout = .milliseconds(200)
            configuration.lockTimeout = .milliseconds(50)
            let one = try await PostgresConnection.connect(database.configuration, on: worker.reactor)
            let other = try await PostgresConnection.connect(configuration, on: worker.reactor)
            defer {
                one.close()
                other.close()
            }
            _ = try await one.execute([.begin, Call(Statement("SELECT pg_advisory_xact_lock(1)"))])

            let locked = await #expect(throws: PostgresError.self) {
                try await other.execute(Call(Statement("SELECT pg_advisory_xact_lock(1)")))
            }
            let slow = await #expect(throws: PostgresError.self) {
                try await other.execute(Call(Statement("SELECT pg_sleep(5)")))
            }

            #expect(locked?.sqlState == "55P03")
            #expect(locked?.isRetryable == true)
            #expect(slow?.kind == .deadlinePassed)
            #expect(slow?.isRetryable == false)
        }
    }

    @Test func `what is larger than the socket's buffers goes both ways at once`() async throws {
        try await TestDatabase.withConnection { connection in
            let text = String(repeating: "0123456789abcdef", count: 1 << 18)
            let echo = Statement("SELECT $1")

            let rows = try await connection.execute((0..<8).map { _ in Call(echo, text) })

            #expect(rows.count == 8)
            #expect(rows.allSatisfy { $0.text(0, 0) == text })
        }
    }

    @Test func `a server that is not there is told in a sentence`() async throws {
        for place in ["host=/nonexistent", "host=127.0.0.1 port=9", "host=name.invalid", "no=keyword"] {
            let error = await #expect(throws: PostgresError.self, "\(place)") {
                try await onWorker { worker in
                    let configuration = PostgresConfiguration(place)
                    try await PostgresConnection.connect(configuration, on: worker.reactor).close()
                }
            }
            #expect(error?.kind == .unavailable, "\(place)")
            #expect(error?.message.isEmpty == false, "\(place)")
            #expect(error?.message.contains("\n") == false, "\(place)")
        }
    }

    @Test func `the check finds too few connections, unsafe settings, and nothing else with a good server`()
        async throws
    {
        try await TestDatabase.withConnection { connection in
            // The server of the tests is thrown away, and may be without it.
            let isUnsafe = try await connection.execute(Call(Statement("SHOW fsync"))).text(0, 0) == "off"
            let enough = try await connection.findings(connections: 1)
            let tooFew = try await connection.findings(connections: 100_000).filter(\.isFatal)

            #expect(enough.map(\.isFatal) == (isUnsafe ? [false] : []))
            #expect(enough.allSatisfy { $0.sentence.contains("Set fsync = on") })
            #expect(tooFew.count == 1 && tooFew.first?.sentence.contains("max_connections") == true)
        }
    }
}
