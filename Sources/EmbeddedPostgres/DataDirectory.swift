import CLinux
import Glibc

/// The directory that an embedded PostgreSQL lives in, held by one hub at a time.
///
/// It holds `atria.lock` (the process that has it), `postgresql/` (the cluster) and, where its path is
/// short enough, `run/` (the socket).
final class DataDirectory: Sendable {
    let path: String
    private let account: Account
    private let lock: Int32

    private static let lockName = "atria.lock"

    var cluster: String { path + "/postgresql" }

    /// Makes the directory where it is missing, and takes it.
    ///
    /// The lock ends with this process, however it ends.
    init(_ path: String, for account: Account) throws {
        try Files.makeDirectory(Files.absolute(path))
        self.path = Files.absolute(path)
        self.account = account
        try account.checkWay(to: self.path)
        // A slip of the hand (--data-dir /tmp) must not take a directory away from everybody else.
        let names = Files.names(in: self.path).filter { $0 != "lost+found" }
        guard names.isEmpty || names.contains(Self.lockName) else {
            throw EmbeddedPostgresError("\(self.path) is neither empty nor a hub's data directory")
        }
        let file = self.path + "/" + Self.lockName
        lock = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw Files.failure("open \(file)") }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let owner = Files.read(file).map { $0.filter(\.isNumber) } ?? ""
            throw EmbeddedPostgresError(
                """
                the data directory \(self.path) is in use by another hub, process \(owner): stop it, or \
                choose another data directory
                """)
        }
        try Files.makePrivateDirectory(self.path, for: account)
        ftruncate(lock, 0)
        let text = "\(getpid())\n"
        _ = text.withCString { pwrite(lock, $0, strlen($0), 0) }
    }

    deinit {
        close(lock)
    }

    /// Leaves the directory to another hub.
    func release() {
        flock(lock, LOCK_UN)
    }

    /// The major version of the PostgreSQL that has written the data; nil where there is none yet.
    var version: Int? {
        Files.read(cluster + "/PG_VERSION").flatMap { Int($0.filter(\.isNumber)) }
    }

    /// Makes the cluster where it is missing: in a directory aside, so that a half-made one is never used.
    func initialise(with binaries: PostgresBinaries) throws {
        guard version == nil else { return }
        let draft = cluster + ".new"
        Files.removeDirectory(draft)
        // C.UTF-8 sorts by code point and knows letters; a system without it has C.
        let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
        defer { locale.map(freelocale) }
        let made = try ChildProcess.run(
            binaries.initdb,
            [
                "--pgdata", draft, "--encoding=UTF8", "--locale=\(locale == nil ? "C" : "C.UTF-8")",
                "--data-checksums", "--username=\(Self.role)",
                // Who reaches the socket, in a directory that nobody else may enter, is the hub.
                "--auth-local=trust", "--auth-host=reject",
            ], as: account)
        guard made.succeeded else {
            Files.removeDirectory(draft)
            throw EmbeddedPostgresError("initdb failed: \(made.output)")
        }
        try Files.write(
            """
            # The hub's settings for this machine come first; yours below win.
            include 'atria.conf'

            """, to: draft + "/postgresql.conf", for: account)
        guard rename(draft, cluster) == 0 else { throw Files.failure("rename \(draft)") }
    }

    /// Writes the settings for this machine, which may have changed since the last start.
    func write(_ settings: ServerSettings) throws {
        try Files.write(settings.text, to: cluster + "/atria.conf", for: account)
    }

    /// The superuser of the cluster, whom the hub connects as.
    static let role = "atria"

    // MARK: The server's own lock file

    /// Line 1 is the process, line 8 its state.
    private var serverLock: [Substring] {
        Files.read(cluster + "/postmaster.pid")?.split(separator: "\n", omittingEmptySubsequences: false)
            ?? []
    }

    /// Whether the server `process` takes connections.
    func isReady(_ process: pid_t) -> Bool {
        let lines = serverLock
        return lines.count > 7 && lines[0] == "\(process)" && lines[7].hasPrefix("ready")
    }

    /// The server that works on the data; it may have outlived the hub that started it.
    var runningServer: pid_t? {
        guard let process = serverLock.first.flatMap({ pid_t($0) }), process > 1 else { return nil }
        // The number may be another program's by now. A server's working directory is its data.
        return Files.absolute("/proc/\(process)/cwd") == cluster ? process : nil
    }
}
