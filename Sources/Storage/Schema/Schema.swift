package import Networking
package import Postgres

/// The tables, brought to what this program works with: forward only, a transaction for each migration, so that
/// what was stopped goes on where it was.
package enum Schema {
    /// Applies the migrations that the database has not had yet; several processes may do so at once.
    ///
    /// - Returns: the names of the migrations that were applied.
    /// - Throws: `StorageError.unsuitableDatabase` where an operator has to act; `PostgresError`.
    package static func prepare(_ database: PostgresConfiguration, on reactor: Reactor) async throws
        -> [String]
    {
        try await prepare(database, on: reactor, migrations: Migration.all)
    }

    static func prepare(
        _ database: PostgresConfiguration, on reactor: Reactor, migrations: [Migration]
    ) async throws -> [String] {
        var patient = database
        // A migration of a large table takes its time, and so does another process that migrates.
        patient.statementTimeout = .seconds(24 * 3600)
        patient.lockTimeout = .seconds(3600)
        patient.responseTimeout = .seconds(24 * 3600)
        let connection = try await PostgresConnection.connect(patient, on: reactor)
        defer { connection.close() }
        // Of this session: it goes with the connection.
        _ = try await connection.execute(Call(Statement("SELECT pg_advisory_lock($1)"), advisoryLock))
        try await checkServer(connection)
        _ = try await connection.execute(Call(command: createVersionTable))
        let applied = try await checkApplied(migrations, connection)
        let missing = migrations.dropFirst(applied)
        for migration in missing { try await apply(migration, connection) }
        return missing.map(\.name)
    }

    /// Any number that no other program takes: "atria" in ASCII.
    private static let advisoryLock: Int64 = 0x61_7472_6961

    private static let createVersionTable = """
        CREATE TABLE IF NOT EXISTS schema_version (
            number integer PRIMARY KEY,
            name text NOT NULL,
            checksum bytea NOT NULL,
            applied timestamptz NOT NULL DEFAULT now()
        )
        """

    private static let readVersions = Statement(
        """
        SELECT number, name, checksum = sha256(convert_to(sql, 'UTF8'))
        FROM schema_version LEFT JOIN unnest($1::integer[], $2::text[]) AS known (number, sql) USING (number)
        ORDER BY number
        """)

    /// How many of `migrations` the database has had.
    private static func checkApplied(
        _ migrations: [Migration], _ connection: PostgresConnection
    ) async throws -> Int {
        let rows = try await connection.execute(
            Call(readVersions, migrations.map(\.number), migrations.map(\.sql)))
        for row in 0..<rows.count {
            let name = rows.text(row, 1)
            guard row < migrations.count else {
                throw StorageError.unsuitableDatabase(
                    reason: """
                        the database has the schema of a newer program (migration \(name)); this one knows the \
                        migrations up to \(migrations.last?.name ?? "none"): start the newer program
                        """)
            }
            guard rows.int32(row, 0) == migrations[row].number, !rows.isNull(row, 2), rows.bool(row, 2) else {
                throw StorageError.unsuitableDatabase(
                    reason: """
                        the migration \(name) was applied to the database with another content than this program has: \
                        the database belongs to another build
                        """)
            }
        }
        return rows.count
    }

    private static let recordVersion = Statement(
        "INSERT INTO schema_version (number, name, checksum) VALUES ($1, $2, sha256(convert_to($3, 'UTF8')))")

    private static func apply(_ migration: Migration, _ connection: PostgresConnection) async throws {
        // A block, since a call is one statement.
        let block = Call(command: "DO $migration$ BEGIN\n\(migration.sql)\nEND $migration$")
        let record = Call(recordVersion, migration.number, migration.name, migration.sql)
        _ = try await connection.execute([.begin, block, record, .commit])
    }

    // MARK: The server

    private static let describeServer = Statement(
        """
        SELECT current_setting('server_encoding'),
            EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis'),
            EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis')
        """)

    private static func checkServer(_ connection: PostgresConnection) async throws {
        let server = try await connection.execute(Call(describeServer))
        guard server.text(0, 0) == "UTF8" else {
            throw StorageError.unsuitableDatabase(
                reason: "the database is encoded in \(server.text(0, 0)): create it with ENCODING 'UTF8'")
        }
        if !server.bool(0, 1) { try await createPostGIS(connection, isInstalled: server.bool(0, 2)) }
    }

    private static func createPostGIS(_ connection: PostgresConnection, isInstalled: Bool) async throws {
        guard isInstalled else {
            throw StorageError.unsuitableDatabase(
                reason: """
                    PostGIS is not installed on the database server: install it there (on Debian \
                    postgresql-15-postgis-3, with the number of your server's version)
                    """)
        }
        do {
            _ = try await connection.execute(Call(command: "CREATE EXTENSION IF NOT EXISTS postgis"))
        } catch let error as PostgresError where error.sqlState == "42501" {
            throw StorageError.unsuitableDatabase(
                reason: """
                    the database has no PostGIS and this user may not add it: a superuser has to run \
                    CREATE EXTENSION postgis in it, once
                    """)
        }
    }
}
