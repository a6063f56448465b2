import CLinux
import Glibc

/// A private PostgreSQL, made, started, watched over and stopped by the hub.
///
/// It listens on a Unix socket only. It outlives a hub that is killed; the next one stops it and starts
/// its own on the same data.
package final class EmbeddedPostgres: Sendable {
    private let data: DataDirectory
    private let supervisor: Supervisor
    private let socketDirectory: String

    /// For libpq.
    package let connectionString: String

    /// Starts PostgreSQL on the data in `directory`, which is made where it is missing; blocks until it takes
    /// connections.
    ///
    /// `binaries` is a directory with `postgres` and `initdb`; nil: the newest that are installed. `user` is
    /// whom it runs as where the hub is root; nil: `postgres`. `log` is called with each line that PostgreSQL
    /// or its supervisor has to say, on a thread of the supervisor.
    /// - Throws: `EmbeddedPostgresError`.
    package static func start(
        directory: String, binaries: String? = nil, user: String? = nil,
        log: @escaping @Sendable (String) -> Void
    ) throws -> EmbeddedPostgres {
        let account = try Account.find(user)
        let data = try DataDirectory(directory, for: account)
        let programs = try PostgresBinaries.find(in: binaries, version: data.version, as: account)
        try Leftover.stop(in: data, log: log)
        try data.initialise(with: programs)
        try data.write(.forThisMachine(hasLZ4: programs.accept("wal_compression=lz4", as: account)))
        let socket = try SocketDirectory.make(for: data, account: account)
        let supervisor = try Supervisor(
            data: data, log: log,
            start: {
                try ChildProcess.start(
                    programs.postgres,
                    ["-D", data.cluster] + ServerSettings.arguments(socketDirectory: socket), as: account)
            })
        try supervisor.waitUntilReady()
        return EmbeddedPostgres(data: data, supervisor: supervisor, socket: socket)
    }

    private init(data: DataDirectory, supervisor: Supervisor, socket: String) {
        self.data = data
        self.supervisor = supervisor
        socketDirectory = socket
        let host = socket.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
        connectionString =
            "host='\(String(host))' port=\(ServerSettings.port) user=\(DataDirectory.role) dbname=postgres"
    }

    /// Ends the server: open transactions are rolled back, all that was committed is on disk.
    ///
    /// Blocks until it has ended.
    package func stop() {
        supervisor.stop()
        rmdir(socketDirectory)  // It is made again; one in /tmp should not stay behind.
        data.release()
    }
}
