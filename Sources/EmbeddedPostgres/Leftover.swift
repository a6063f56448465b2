import CLinux
import Glibc

/// A server that outlived its hub.
enum Leftover {
    /// Stops the server that works on `data`, if there is one; nothing but the hub may use it.
    static func stop(in data: DataDirectory, log: (String) -> Void) throws {
        guard let process = data.runningServer else { return }
        log("PostgreSQL, process \(process), has outlived its hub; it is stopped and started anew")
        let end = clinux_open_process(process)
        guard end >= 0 else { return }  // It has ended by itself.
        defer { close(end) }
        guard Shutdown.run(process, end: end) else {
            throw EmbeddedPostgresError("PostgreSQL, process \(process), does not stop: stop it yourself")
        }
    }
}

/// How a server is stopped.
enum Shutdown {
    /// For the last checkpoint, which writes what is in memory.
    private static let fastLimit: Int32 = 30_000
    /// PostgreSQL kills its own children after 5 seconds of it.
    private static let immediateLimit: Int32 = 10_000

    /// Stops `process`, whose `end` is readable once it has ended; false: it runs on.
    static func run(_ process: pid_t, end: Int32) -> Bool {
        kill(process, SIGINT)
        if ChildProcess.wait(for: [end], limit: fastLimit)[0] { return true }
        // No checkpoint: the next start recovers from the log, and nothing that was committed is lost.
        kill(process, SIGQUIT)
        return ChildProcess.wait(for: [end], limit: immediateLimit)[0]
    }
}
