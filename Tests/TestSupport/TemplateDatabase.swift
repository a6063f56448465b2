import Glibc
import Networking
import Postgres
import Storage

/// The database with the present schema that tests copy: migrations and PostGIS cost ten times what a copy costs.
enum TemplateDatabase {
    /// Its name; the first test of the first process to ask makes it.
    static var name: String {
        get async throws { try await made.value }
    }

    private static let made = Task {
        let name = try "test_template_\(digest())"
        try await onWorker { worker in try await make(name, on: worker.reactor) }
        return name
    }

    /// Makes it, unless another process has: the others wait.
    ///
    /// Nobody is connected to it once it is a template, or it could not be copied.
    private static func make(_ name: String, on reactor: Reactor) async throws {
        let server = try TestServer()
        let connection = try await server.connection(on: reactor)
        defer { connection.close() }
        // Of this session: it goes with the connection.
        _ = try await connection.execute(Call(Statement("SELECT pg_advisory_lock($1)"), advisoryLock))
        let found = try await connection.execute(
            Call(Statement("SELECT count(*) FROM pg_database WHERE datistemplate AND datname = $1"), name))
        guard found.int64(0, 0) == 0 else { return }
        // One that is no template yet is what a killed process has left.
        _ = try await connection.execute(Call(command: "DROP DATABASE IF EXISTS \(name) WITH (FORCE)"))
        _ = try await connection.execute(Call(command: "CREATE DATABASE \(name)"))
        _ = try await Schema.prepare(
            PostgresConfiguration(server.connectionString(to: name)), on: reactor)
        _ = try await connection.execute(Call(command: "ALTER DATABASE \(name) IS_TEMPLATE true"))
    }

    /// Any number that no other program takes: "template" in ASCII.
    private static let advisoryLock: Int64 = 0x7465_6D70_6C61_7465

    /// Changes with the migrations, so that a server that stays never gives an old schema.
    private static func digest() throws -> String {
        let top = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
        guard let output = popen("cat \(top)/Schemas/database/[0-9]*.sql | sha256sum", "re") else {
            throw NoTestServer()
        }
        defer { pclose(output) }
        var bytes = [UInt8](repeating: 0, count: 16)
        fread(&bytes, 1, bytes.count, output)
        return String(decoding: bytes, as: UTF8.self)
    }
}
