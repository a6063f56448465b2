/// Something about a server that the hub, or who runs it, has to know before the start.
package struct ServerFinding: Equatable, Sendable {
    /// Whether the hub cannot work with the server.
    package let isFatal: Bool
    /// A sentence that says what is so, and what to do.
    package let sentence: String
}

extension PostgresConnection {
    private static let settings = Statement(
        """
        SELECT current_setting('server_version_num')::int, current_setting('server_version'),
            current_setting('server_encoding'), pg_is_in_recovery(),
            EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis'),
            current_setting('fsync')::bool, current_setting('full_page_writes')::bool,
            current_setting('synchronous_commit') = 'off',
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int
        """)

    /// What speaks against the server, for a hub that wants to open `connections` more; empty: nothing.
    package func findings(connections: Int) async throws -> [ServerFinding] {
        let rows = try await execute(Call(Self.settings))
        var findings: [ServerFinding] = []
        func find(_ isSo: Bool, isFatal: Bool, _ sentence: String) {
            if isSo { findings.append(ServerFinding(isFatal: isFatal, sentence: sentence)) }
        }
        let free = rows.int32(0, 8)
        find(
            rows.int32(0, 0) < PostgresLimits.serverVersionMin, isFatal: true,
            "PostgreSQL \(rows.text(0, 1)) is too old: version 15 or later is needed.")
        find(
            rows.text(0, 2) != "UTF8", isFatal: true,
            "The database's encoding is \(rows.text(0, 2)): create it with ENCODING 'UTF8'.")
        find(
            rows.bool(0, 3), isFatal: true,
            "This server is a standby, which takes no writes: name the primary, or all hosts.")
        find(
            !rows.bool(0, 4), isFatal: true,
            "PostGIS is not installed on the server: install it (Debian: postgresql-15-postgis-3).")
        find(
            !rows.bool(0, 5), isFatal: false,
            "fsync is off: a power failure can destroy the database. Set fsync = on.")
        find(
            !rows.bool(0, 6), isFatal: false,
            "full_page_writes is off: a power failure can destroy the database. Set full_page_writes = on.")
        find(
            rows.bool(0, 7), isFatal: false,
            "synchronous_commit is off: a crash can lose acknowledged writes. Set synchronous_commit = on.")
        find(
            Int(free) < connections, isFatal: true,
            "The server has \(free) connections free and this hub wants \(connections): "
                + "raise max_connections or lower the hub's pools.")
        return findings
    }
}
