import Networking
import Postgres
import TestSupport
import Testing

struct LinkTests {
    @Test func `a lost session is replaced`() async throws {
        try await Self.withLink { link, database, worker in
            let first = try await link.connection()
            await #expect(throws: PostgresError.self) { try await first.execute(Self.suicide) }

            let second = try await link.connection()

            #expect(second.processID != first.processID)
            #expect(!second.isLost)
            #expect(link.reconnects == 1)
        }
    }

    @Test func `a transaction does not go on over the next session`() async throws {
        try await Self.withLink { link, database, worker in
            let connection = try await link.connection()
            _ = try await connection.execute([.begin, Call(command: "CREATE TABLE t (n int)")])
            await #expect(throws: PostgresError.self) { try await connection.execute(Self.suicide) }

            let error = await #expect(throws: PostgresError.self) {
                try await connection.execute([Call(command: "CREATE TABLE u (n int)"), .commit])
            }

            #expect(error?.isConnectionLost == true)
            let tables = try await link.connection().execute(
                Call(Statement("SELECT FROM pg_tables WHERE tablename IN ('t', 'u')")))
            #expect(tables.count == 0)
        }
    }

    @Test func `the fate of a transaction can be asked for afterwards`() async throws {
        try await Self.withLink { link, database, worker in
            let connection = try await link.connection()
            let committed = try await connection.execute([.begin, TransactionID.current, .commit])[1]
            let aborted = try await connection.execute([.begin, TransactionID.current, .rollback])[1]
            let open = try await connection.execute([.begin, TransactionID.current])[1]
            let other = PostgresLink(database.configuration, on: worker.reactor)
            other.open()
            defer { other.close() }

            #expect(await other.fate(of: TransactionID(committed), within: .seconds(1)) == .committed)
            #expect(await other.fate(of: TransactionID(aborted), within: .seconds(1)) == .aborted)
            #expect(await other.fate(of: TransactionID(open), within: .milliseconds(120)) == .unknown)
        }
    }

    @Test func `who waits for a session is told when the link is closed`() async throws {
        try await Self.withLink { link, _, worker in
            let answers = await gather(on: worker, 2) { number in
                if number == 1 { link.close() }
                return try await link.connection().processID
            }

            #expect(throws: PostgresError.self) { try answers[0].get() }
            #expect(throws: PostgresError.self) { try answers[1].get() }
            link.open()
            let connection = try await link.connection()
            #expect(!connection.isLost)
            #expect(link.reconnects == 0)
        }
    }

    @Test func `a listener hears what is notified, also after its session was killed`() async throws {
        try await TestDatabase.withWorker { database, worker in
            var events: [ChannelListener.Event] = []
            let listener = ChannelListener(database.configuration, channels: ["changes"], on: worker.reactor)
            {
                events.append($0)
            }
            listener.open()
            let connection = try await PostgresConnection.connect(database.configuration, on: worker.reactor)
            defer {
                listener.close()
                connection.close()
            }

            #expect(await worker.reactor.wait { events == [.began] })
            _ = try await connection.execute(Call(Statement("SELECT pg_notify('changes', $1)"), "one"))
            #expect(await worker.reactor.wait { events.count == 2 })
            _ = try await connection.execute(
                Call(
                    Statement(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE pid <> pg_backend_pid() AND datname = current_database()
                        """)))
            #expect(await worker.reactor.wait { events.count == 3 })
            _ = try await connection.execute(Call(Statement("SELECT pg_notify('other', 'unheard')")))
            _ = try await connection.execute(Call(Statement("SELECT pg_notify('changes', 'two')")))
            #expect(await worker.reactor.wait { events.count == 4 })

            #expect(
                events == [
                    .began, .notified(channel: "changes", payload: "one"), .began,
                    .notified(channel: "changes", payload: "two"),
                ])
        }
    }

    private static let suicide = Call(
        Statement("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(1)"))

    private static func withLink(
        _ body: @escaping @Sendable (PostgresLink, TestDatabase, isolated Worker) async throws -> Void
    ) async throws {
        try await TestDatabase.withWorker { database, worker in
            let link = PostgresLink(database.configuration, on: worker.reactor)
            link.open()
            defer { link.close() }
            try await body(link, database, worker)
        }
    }
}
