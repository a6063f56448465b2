import Glibc
import Networking
import Postgres
import Testing
import TestSupport

@testable import Storage

@Suite struct SchemaTests {
    @Test func `the binary carries the files of Schemas/database`() throws {
        let files = try output(of: "ls \(root)/Schemas/database").split(separator: "\n").map(String.init)

        #expect(Migration.all.map { "\($0.name).sql" } == files)
        #expect(Migration.all.map(\.number) == Array(1...Int32(files.count)))
        for migration in Migration.all {
            let file = try output(of: "cat \(root)/Schemas/database/\(migration.name).sql")
            #expect(migration.sql + "\n" == file, "run scripts/embed-schemas")
        }
    }

    @Test func `migrations are applied once, by whichever process comes first`() async throws {
        try await TestDatabase.withWorker { database, worker in
            let reactor = worker.reactor
            async let first = Schema.prepare(database.configuration, on: reactor)
            async let second = Schema.prepare(database.configuration, on: reactor)
            let applied = try await [first, second].sorted { $0.count < $1.count }

            #expect(applied == [[], Migration.all.map(\.name)])
        }
    }

    @Test func `a migration that fails leaves nothing behind, and those before it stay`() async throws {
        try await TestDatabase.withWorker { database, worker in
            let good = Migration(number: 1, name: "0001_good", sql: "CREATE TABLE good (x integer);")
            let bad = Migration(
                number: 2, name: "0002_bad", sql: "CREATE TABLE bad (x integer);\nSELECT 1 / 0;")
            let better = Migration(number: 2, name: "0002_better", sql: "CREATE TABLE bad (x integer);")

            await #expect(throws: PostgresError.self) {
                try await Schema.prepare(database.configuration, on: worker.reactor, migrations: [good, bad])
            }
            let applied = try await Schema.prepare(
                database.configuration, on: worker.reactor, migrations: [good, better])

            #expect(applied == ["0002_better"])
        }
    }

    @Test func `documents that were kept as jsonb become text, a line an attribute`() async throws {
        try await TestDatabase.withWorker { database, worker in
            let before = Array(Migration.all.prefix { $0.number < 7 })
            _ = try await Schema.prepare(database.configuration, on: worker.reactor, migrations: before)
            let connection = try await PostgresConnection.connect(
                database.configuration, on: worker.reactor)
            defer { connection.close() }
            _ = try await connection.execute(Call(command: Self.jsonbRows))

            let applied = try await Schema.prepare(database.configuration, on: worker.reactor)
            let rows = try await connection.execute(Call(Statement(Self.parts)))

            #expect(applied.first == "0007_document_text")
            #expect(
                rows.text(0, 0)
                    == "{\n\"a\":{\"value\": \"x\\ny\"} \n,\n\"https://e.org/b\\\"\":[] \n}")
            #expect(rows.text(0, 1) == #"{"a": {"value": "x\ny"}}"#)
            #expect(rows.text(0, 2) == "{}")
            #expect(rows.text(1, 0) == "{\n}" && rows.text(1, 1) == "{}")
        }
    }

    private static let jsonbRows = #"""
        INSERT INTO entity (tenant, id, types, scopes, created, modified, doc) VALUES
        (1, 'urn:e:1', '{T}', '{}', now(), now(), '{"a": {"value": "x\ny"}, "https://e.org/b\"": []}'),
        (1, 'urn:e:2', '{T}', '{}', now(), now(), '{}')
        """#
    /// The documents, and what is found in them of an attribute and of the member of one.
    private static let parts = #"""
        SELECT doc, entity_part(doc, E'\n"a":')::text, entity_part(doc, E'\n"value":')::text FROM entity ORDER BY id
        """#

    @Test func `the schema of a newer program, or of another build, is refused with a sentence`() async throws
    {
        try await TestDatabase.withWorker { database, worker in
            let one = Migration(number: 1, name: "0001_one", sql: "CREATE TABLE one (x integer);")
            let two = Migration(number: 2, name: "0002_two", sql: "CREATE TABLE two (x integer);")
            let other = Migration(number: 1, name: "0001_one", sql: "CREATE TABLE one (x bigint);")
            func prepare(_ migrations: [Migration]) async -> String? {
                do {
                    _ = try await Schema.prepare(
                        database.configuration, on: worker.reactor, migrations: migrations)
                    return nil
                } catch {
                    return "\(error)"
                }
            }

            #expect(await prepare([one, two]) == nil)
            #expect(await prepare([one])?.contains("newer program (migration 0002_two)") == true)
            #expect(await prepare([other, two])?.contains("0001_one was applied") == true)
            #expect(await prepare([one, two]) == nil)
        }
    }

    @Test func `Schemas/database.sql is what the migrations make`() async throws {
        try await TestDatabase.withWorker { database, worker in
            _ = try await Schema.prepare(database.configuration, on: worker.reactor)

            let dump = try output(of: "\(root)/scripts/dump-schema '\(database.connectionString)'")

            #expect(try dump == output(of: "cat \(root)/Schemas/database.sql"), "run scripts/dump-schema")
        }
    }

    private var root: String { Self.root }
    private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
}

/// What the shell command `command` prints.
private func output(of command: String) throws -> String {
    let pipe = try #require(popen(command, "r"))
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&buffer, 1, buffer.count, pipe)
        guard count > 0 else { break }
        bytes += buffer[..<count]
    }
    try #require(pclose(pipe) == 0, "\(command) failed")
    return String(decoding: bytes, as: UTF8.self)
}
