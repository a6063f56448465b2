import EmbeddedPostgres
import Networking
import Observability
import Postgres
import Storage

/// Brings the database up to where the workers can use it: started where it is embedded, checked, migrated.
struct DatabasePreparation {
    let log: Log
    let reactor: Reactor
    /// Told what is waited for.
    var onWaiting: (String) -> Void = { _ in }

    /// How often a server that does not answer is asked again.
    private static let retryPause = Duration.seconds(1)

    /// Starts the embedded PostgreSQL in `directory`.
    ///
    /// - Throws: `EmbeddedPostgresError`.
    func startEmbedded(in directory: String) async throws -> EmbeddedPostgres {
        onWaiting("the embedded PostgreSQL is starting")
        let log = log
        return try await offReactor {
            try EmbeddedPostgres.start(directory: directory) { line in
                log.info("postgres") { $0.add("line", line) }
            }
        }
    }

    /// Checks the server and brings the schema up to this program's, for a hub that opens `connections`.
    ///
    /// Waits for a server that is away, as long as `isWanted`.
    /// - Throws: `UnsuitableServer`, `StorageError.unsuitableDatabase`, `PostgresError`.
    func prepare(
        _ database: PostgresConfiguration, connections: Int, while isWanted: () -> Bool
    ) async throws {
        while isWanted() {
            do {
                try await check(database, connections: connections)
                onWaiting("the database's schema is being brought up to date")
                for name in try await Schema.prepare(database, on: reactor) {
                    log.info("migrated") { $0.add("migration", name) }
                }
                return
            } catch let error as PostgresError where error.isUnavailable || error.isConnectionLost {
                log.warning("database-away") { $0.add("reason", error.message) }
                onWaiting("the database is not available: \(error.message)")
                await reactor.pause(for: Self.retryPause)
            }
        }
    }

    private func check(_ database: PostgresConfiguration, connections: Int) async throws {
        let connection = try await PostgresConnection.connect(database, on: reactor)
        defer { connection.close() }
        let findings = try await connection.findings(connections: connections)
        for finding in findings where !finding.isFatal {
            log.warning("database-unsafe") { $0.add("finding", finding.sentence) }
        }
        let fatal = findings.filter(\.isFatal).map(\.sentence)
        guard fatal.isEmpty else { throw UnsuitableServer(description: fatal.joined(separator: " ")) }
    }
}

/// A PostgreSQL that the hub cannot work with, and what to do about it.
struct UnsuitableServer: Error, CustomStringConvertible {
    let description: String
}
