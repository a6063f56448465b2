import Glibc
import Testing

@testable import EmbeddedPostgres

// One after the other: each starts a server of its own.
@Suite(.serialized)
struct EmbeddedPostgresTests {
    @Test func `what was committed survives a killed server and a restart of the hub`() throws {
        try TemporaryDirectory.with { directory in
            let log = Log()
            var postgres = try EmbeddedPostgres.start(directory: directory, log: log.append)
            try psql(postgres, "CREATE TABLE t (n int)")
            try psql(postgres, "INSERT INTO t VALUES (1)")
            let first = try #require(pid_t(serverLine(0, in: directory)))

            kill(first, SIGKILL)
            #expect(wait { (try? psql(postgres, "INSERT INTO t VALUES (2)")) != nil })
            postgres.stop()
            #expect(kill(first, 0) != 0)
            #expect(throws: (any Error).self) { try psql(postgres, "SELECT 1") }
            postgres = try EmbeddedPostgres.start(directory: directory, log: log.append)
            defer { postgres.stop() }

            #expect(try psql(postgres, "SELECT string_agg(n::text, ' ' ORDER BY n) FROM t") == "1 2")
            #expect(log.lines.count { $0.contains("has ended unexpectedly") } == 1)
        }
    }

    @Test func `a new cluster is durable, reached by its hub alone, and fits the machine`() throws {
        try TemporaryDirectory.with { directory in
            let listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(listening) }
            let postgres = try EmbeddedPostgres.start(directory: directory, log: { _ in })
            defer { postgres.stop() }
            let expected = [
                "listen_addresses": "", "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
                "data_checksums": "on", "server_encoding": "UTF8", "jit": "off", "TimeZone": "UTC",
            ]
            for (name, value) in expected {
                let setting = try psql(postgres, "SHOW \(name)")
                #expect(setting == value, "\(name)")
            }
            let collation = try psql(
                postgres, "SELECT datcollate FROM pg_database WHERE datname = 'postgres'")
            #expect(collation == "C.UTF-8")
            var status = stat()
            #expect(stat(directory, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o700)
            let process = try #require(pid_t(serverLine(0, in: directory)))
            #expect(getpgid(process) == process)
            #expect(getpgid(process) != getpgid(0))
            let descriptors = "/proc/\(process)/fd/"
            let inherited = link("/proc/self/fd/\(listening)")
            #expect(Files.names(in: descriptors).contains("0"))
            #expect(!Files.names(in: descriptors).contains { link(descriptors + $0) == inherited })
        }
    }

    @Test func `a second hub on the same directory is refused, and told who has it`() throws {
        try TemporaryDirectory.with { directory in
            let account = try Account.find(nil)
            let data = try DataDirectory(directory, for: account)
            defer { withExtendedLifetime(data) {} }

            let error = #expect(throws: EmbeddedPostgresError.self) {
                try EmbeddedPostgres.start(directory: directory, log: { _ in })
            }

            #expect(error?.description.contains("in use by another hub, process \(getpid()):") == true)
            #expect(!Files.exists(directory + "/postgresql"))
        }
    }

    @Test func `a server that has outlived its hub is stopped, and its data are found`() throws {
        try TemporaryDirectory.with { directory in
            let old = try EmbeddedPostgres.start(directory: directory, log: { _ in })
            try psql(old, "CREATE TABLE t (n int)")
            old.stop()
            let account = try Account.find(nil)
            try Files.makePrivateDirectory(directory + "/run", for: account)
            let programs = try PostgresBinaries.find(in: nil, version: nil, as: account)
            let orphan = try ChildProcess.start(
                programs.postgres,
                ["-D", directory + "/postgresql"]
                    + ServerSettings.arguments(socketDirectory: directory + "/run"),
                as: account)
            #expect(wait { serverLine(7, in: directory).hasPrefix("ready") })

            let log = Log()
            let postgres = try EmbeddedPostgres.start(directory: directory, log: log.append)
            defer { postgres.stop() }

            #expect(orphan.reap() == 0)
            #expect(try psql(postgres, "SELECT count(*) FROM t") == "0")
            #expect(log.lines.first?.contains("process \(orphan.pid), has outlived its hub") == true)
        }
    }

    @Test func `a path too long for a socket gets a short directory, and quotes do no harm`() throws {
        try TemporaryDirectory.with { directory in
            let deep =
                directory + "/" + String(repeating: "d", count: 60) + "/it's, \\ \(getpid())"
                + String(repeating: "e", count: 40)
            let postgres = try EmbeddedPostgres.start(directory: deep, log: { _ in })
            let sum = try? psql(postgres, "SELECT 1 + 1")
            postgres.stop()

            #expect(sum == "2")
            #expect(!postgres.connectionString.contains("dddd"))
            let socket = try #require(postgres.connectionString.split(separator: "'").dropFirst().first)
            #expect(!Files.exists(String(socket)))
        }
    }

    @Test func `missing programs are told with both ways out`() throws {
        try TemporaryDirectory.with { directory in
            let error = #expect(throws: EmbeddedPostgresError.self) {
                try EmbeddedPostgres.start(
                    directory: directory, binaries: "/nonexistent", log: { _ in })
            }
            #expect(error?.description.contains("install it") == true)
            #expect(error?.description.contains("--database-url") == true)
        }
    }

    @Test func `data of another major version are left alone`() throws {
        try TemporaryDirectory.with { directory in
            let account = try Account.find(nil)
            try Files.makeDirectory(directory + "/postgresql")
            try Files.write("9\n", to: directory + "/postgresql/PG_VERSION", for: account)
            try Files.write("", to: directory + "/atria.lock", for: account)

            let error = #expect(throws: EmbeddedPostgresError.self) {
                try EmbeddedPostgres.start(directory: directory, log: { _ in })
            }

            #expect(error?.description.contains("written by PostgreSQL 9,") == true)
            #expect(Files.names(in: directory + "/postgresql") == ["PG_VERSION"])
        }
    }

    @Test func `a directory with other things in it is not taken`() throws {
        try TemporaryDirectory.with { directory in
            try Files.makeDirectory(directory + "/photos")

            let error = #expect(throws: EmbeddedPostgresError.self) {
                try EmbeddedPostgres.start(directory: directory, log: { _ in })
            }

            #expect(error?.description.contains("neither empty nor a hub's data directory") == true)
            #expect(Files.names(in: directory) == ["photos"])
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root runs PostgreSQL as somebody else"))
    func `a directory that PostgreSQL's user cannot reach is told`() throws {
        try TemporaryDirectory.with { directory in
            chmod(directory, 0o700)

            let error = #expect(throws: EmbeddedPostgresError.self) {
                try EmbeddedPostgres.start(directory: directory + "/data", log: { _ in })
            }

            #expect(error?.description.contains("may not enter \(directory)") == true)
        }
    }

    @Test func `settings follow the machine, between bounds`() {
        let small = ServerSettings(memory: 64 << 20, hasLZ4: false).text
        let large = ServerSettings(memory: 512 << 30, hasLZ4: true).text

        #expect(small.contains("shared_buffers = 32MB\n"))
        #expect(small.contains("work_mem = 4MB\n"))
        #expect(large.contains("shared_buffers = 8192MB\n"))
        #expect(large.contains("effective_cache_size = 262144MB\n"))
        #expect(large.hasSuffix("wal_compression = lz4\ndefault_toast_compression = lz4\n"))
        #expect(!small.contains("lz4") && !large.contains("fsync"))
    }

    @Test func `a setting that the installed server does not know is not made`() throws {
        let account = try Account.find(nil)
        let programs = try PostgresBinaries.find(in: nil, version: nil, as: account)

        #expect(try programs.accept("wal_compression=pglz", as: account))
        #expect(try !programs.accept("wal_compression=none-such", as: account))
    }
}
