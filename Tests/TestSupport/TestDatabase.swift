import Glibc
package import Networking
package import Postgres

/// A database of its own on the test server, dropped at the end of the test.
package struct TestDatabase: Sendable {
    /// For `PostgresConfiguration` and `--database-url`.
    package let connectionString: String

    package var configuration: PostgresConfiguration { PostgresConfiguration(connectionString) }

    package enum Content: Sendable {
        case nothing
        /// The tables of `Schemas/database`, with no rows but those of the migrations.
        case schema
    }

    /// Runs `body` with a new database.
    package static func with<Answer>(
        _ content: Content = .nothing, _ body: (TestDatabase) async throws -> Answer
    ) async throws -> Answer {
        let server = try TestServer()
        let name = "test_\(getpid())_\(UInt64.random(in: 0..<UInt64.max))"
        let template = content == .schema ? try await TemplateDatabase.name : "template1"
        try await server.run("CREATE DATABASE \(name) TEMPLATE \(template)")
        do {
            let answer = try await body(TestDatabase(connectionString: server.connectionString(to: name)))
            try await server.run("DROP DATABASE \(name) WITH (FORCE)")
            return answer
        } catch {
            try? await server.run("DROP DATABASE \(name) WITH (FORCE)")  // The test's error counts.
            throw error
        }
    }

    /// Runs `body` with a new database, on a worker of its own.
    package static func withWorker<Answer: Sendable>(
        _ content: Content = .nothing,
        _ body: @escaping @Sendable (TestDatabase, isolated Worker) async throws -> Answer
    ) async throws -> Answer {
        try await with(content) { database in try await onWorker { try await body(database, $0) } }
    }
}

/// The PostgreSQL that tests run on.
struct TestServer {
    let connectionString: String

    init() throws {
        guard let text = getenv("ATRIA_TEST_DATABASE_URL") else { throw NoTestServer() }
        connectionString = String(cString: text)
    }

    func connectionString(to database: String) -> String { "\(connectionString) dbname=\(database)" }

    /// A connection that waits as long as it takes: databases of many tests are made at once.
    func connection(on reactor: Reactor) async throws -> PostgresConnection {
        var patient = PostgresConfiguration(connectionString)
        patient.statementTimeout = .seconds(300)
        patient.lockTimeout = .seconds(300)
        patient.responseTimeout = .seconds(300)
        return try await PostgresConnection.connect(patient, on: reactor)
    }

    func run(_ command: String) async throws {
        try await onWorker { worker in
            let connection = try await connection(on: worker.reactor)
            defer { connection.close() }
            _ = try await connection.execute(Call(command: command))
        }
    }
}

/// The environment names no server to test on.
package struct NoTestServer: Error, CustomStringConvertible {
    package let description =
        "ATRIA_TEST_DATABASE_URL is not set: run scripts/test, which starts a PostgreSQL for the tests"
}
