import Networking
import Postgres
import TestSupport
import Testing

struct PostgresConnectionTests {
    @Test func `a statement gives back what it was given`() async throws {
        let text = try await TestDatabase.withWorker { database, worker in
            let connection = try await PostgresConnection.connect(database.configuration, on: worker.reactor)
            defer { connection.close() }
            return try await connection.execute(Call(Statement("SELECT $1"), "o'pen")).text(0, 0)
        }
        #expect(text == "o'pen")
    }
}
