import Glibc
package import Networking
package import Postgres
import Storage

/// A database of its own on the test server, dropped at the end of the test.
package struct TestDatabase: Sendable {
    /// For `PostgresConfiguration` and `--database-url`.
    package let connectionString: String

    package var configuration: PostgresConfiguration { PostgresConfiguration(connectionString) }

    /// Runs `body` with a new database: an empty one, or with `hasSchema` one that has all tables already.
    package static func with<Answer>(
        hasSchema: Bool = false, _ body: (TestDatabase) async throws -> Answer
    ) async throws -> Answer {
        let server = try Self.server()
        let name = "test_\(getpid())_\(UInt64.random(in: 0..<UInt64.max))"
        let template = hasSchema ? try await Template.shared.name(on: server) : "template1"
        try await run("CREATE DATABASE \(name) TEMPLATE \(template)", on: server)
        do {
            let answer = try await body(TestDatabase(connectionString: "\(server) dbname=\(name)"))
            try await run("DROP DATABASE \(name) WITH (FORCE)", on: server)
            return answer
        } catch {
            try? await run("DROP DATABASE \(name) WITH (FORCE)", on: server)  // The test's error counts.
            throw error
        }
    }

    /// Runs `body` with a new database, on a worker of its own.
    package static func withWorker<Answer: Sendable>(
        hasSchema: Bool = false,
        _ body: @escaping @Sendable (TestDatabase, isolated Worker) async throws -> Answer
    ) async throws -> Answer {
        try await with(hasSchema: hasSchema) { database in try await onWorker { try await body(database, $0) }
        }
    }

    private static func server() throws -> String {
        guard let text = getenv("ATRIA_TEST_DATABASE_URL") else { throw NoTestServer() }
        return String(cString: text)
    }

    fileprivate static func run(_ sql: String, on server: String) async throws {
        try await onWorker { worker in
            // Databases of many tests are made at once, each with its own checkpoint.
            var patient = PostgresConfiguration(server)
            patient.statementTimeout = .seconds(300)
            patient.responseTimeout = .seconds(300)
            let connection = try await PostgresConnection.connect(patient, on: worker.reactor)
            defer { connection.close() }
            _ = try await connection.execute(Call(command: sql))
        }
    }
}

/// The database that others are copied from: PostGIS and the tables take seconds to make, a copy a tenth of one.
private actor Template {
    static let shared = Template()
    private var made: Task<String, any Error>?

    func name(on server: String) async throws -> String {
        let task = made ?? Task { try await Self.make(on: server) }
        made = task
        return try await task.value
    }

    private static func make(on server: String) async throws -> String {
        let name = "test_template_\(getpid())"
        try await TestDatabase.run("CREATE DATABASE \(name)", on: server)
        try await onWorker { worker in
            _ = try await Schema.prepare(
                PostgresConfiguration("\(server) dbname=\(name)"), on: worker.reactor)
        }
        return name
    }
}

/// The environment names no server to test on.
package struct NoTestServer: Error, CustomStringConvertible {
    package let description =
        "ATRIA_TEST_DATABASE_URL is not set: run scripts/test, which starts a PostgreSQL for the tests"
}
