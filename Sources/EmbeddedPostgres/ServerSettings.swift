import Glibc

/// PostgreSQL's settings for the machine at hand.
struct ServerSettings {
    /// Bytes that the server and the hub may use together.
    let memory: UInt64
    /// Whether the server was built with LZ4.
    let hasLZ4: Bool

    private static let mebibyte: UInt64 = 1 << 20

    /// The machine's memory, or what its control group leaves of it.
    static func forThisMachine(hasLZ4: Bool) -> ServerSettings {
        let total = Files.read("/proc/meminfo").flatMap { text in
            text.split(separator: "\n").first { $0.hasPrefix("MemTotal:") }
                .flatMap { UInt64($0.filter(\.isNumber)) }.map { $0 * 1024 }
        }
        let limit = Files.read("/sys/fs/cgroup/memory.max").flatMap { UInt64($0.filter { !$0.isWhitespace }) }
        return ServerSettings(memory: min(total ?? 1024 * mebibyte, limit ?? .max), hasLZ4: hasLZ4)
    }

    /// The text of `atria.conf`, which an operator's lines in `postgresql.conf` come after.
    var text: String {
        """
        # Written by the hub at each start. Your own settings belong into postgresql.conf.
        max_connections = 200
        shared_buffers = \(megabytes(memory / 4, from: 32, to: 8192))
        effective_cache_size = \(megabytes(memory / 2, from: 64, to: 1 << 20))
        maintenance_work_mem = \(megabytes(memory / 16, from: 32, to: 1024))
        work_mem = \(megabytes(memory / 512, from: 4, to: 64))
        huge_pages = try
        # Few checkpoints: after each, the first change of a page writes the page whole.
        min_wal_size = 256MB
        max_wal_size = \(megabytes(memory / 4, from: 1024, to: 8192))
        checkpoint_timeout = 15min
        random_page_cost = 1.1
        effective_io_concurrency = 200
        # Hot rows: vacuum small and often.
        autovacuum_naptime = 15s
        autovacuum_vacuum_scale_factor = 0.05
        autovacuum_analyze_scale_factor = 0.05
        autovacuum_vacuum_cost_limit = 2000
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_line_prefix = '[%p] '
        log_checkpoints = off
        \(hasLZ4 ? Self.compression : "")
        """
    }

    /// Of pages that are written whole after a checkpoint, and of large documents.
    private static let compression = """
        wal_compression = lz4
        default_toast_compression = lz4

        """

    private func megabytes(_ bytes: UInt64, from least: UInt64, to most: UInt64) -> String {
        "\(min(max(bytes / Self.mebibyte, least), most))MB"
    }

    /// What an operator cannot override, since the hub relies on it.
    static func arguments(socketDirectory: String) -> [String] {
        [
            "listen_addresses=", "unix_socket_directories=\(socketDirectory)", "unix_socket_permissions=0700",
            "port=\(port)", "fsync=on", "full_page_writes=on", "synchronous_commit=on",
            "logging_collector=off", "log_destination=stderr",
        ].flatMap { ["-c", $0] }
    }

    /// Only the name of the socket: no port of the machine is taken.
    static let port = 5432
}
