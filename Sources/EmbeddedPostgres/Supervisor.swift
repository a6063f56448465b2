import CLinux
import Glibc
import Synchronization

/// The thread that has a server run: reads what it prints, and starts it again when it dies.
final class Supervisor: Sendable {
    private let data: DataDirectory
    private let log: @Sendable (String) -> Void
    private let start: @Sendable () throws -> ChildProcess
    private let state: Mutex<State>
    /// Readable once `stop` was called.
    private let stopping = eventfd(0, Int32(EFD_CLOEXEC))
    /// Readable once the thread is done.
    private let done = eventfd(0, Int32(EFD_CLOEXEC))

    private struct State {
        /// Nil while it is dead.
        var process: pid_t?
        var failures = 0
        /// The last lines that the server has printed, to say why it does not start.
        var lastLines: [String] = []
    }

    private enum Limits {
        /// Milliseconds between looks at whether the server is ready.
        static let readyPoll: Int32 = 20
        /// Milliseconds: a server that recovers from a crash reads up to `max_wal_size` first.
        static let ready: Int32 = 600_000
        /// Milliseconds before the first restart and, after failures, the last one.
        static let pauseFirst: Int32 = 100
        static let pauseLast: Int32 = 30_000
        /// Seconds after which a server counts as well.
        static let well = 60
        static let lastLinesMax = 20
        /// Children of a server that was killed may hold its memory for a moment, so once is not enough.
        static let firstFailuresMax = 5
    }

    /// Starts the server and the thread.
    init(
        data: DataDirectory, log: @escaping @Sendable (String) -> Void,
        start: @escaping @Sendable () throws -> ChildProcess
    ) throws {
        self.data = data
        self.log = log
        self.start = start
        let child = try start()
        state = Mutex(State(process: child.pid))
        let run = Unmanaged.passRetained(Run(supervisor: self, child: child)).toOpaque()
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, runSupervisor, run)
        precondition(result == 0, "pthread_create failed with \(result)")
        pthread_detach(thread)
    }

    deinit {
        close(stopping)
        close(done)
    }

    /// Blocks until the server takes connections.
    /// - Throws: `EmbeddedPostgresError` with what it said last, where it ends before; then all is stopped.
    func waitUntilReady() throws {
        for _ in 0..<Limits.ready / Limits.readyPoll {
            let (process, failures) = state.withLock { ($0.process, $0.failures) }
            if let process, data.isReady(process) { return }
            guard failures < Limits.firstFailuresMax else { break }
            _ = ChildProcess.wait(for: [done], limit: Limits.readyPoll)
        }
        stop()
        let said = state.withLock { $0.lastLines.joined(separator: "\n") }
        throw EmbeddedPostgresError("PostgreSQL does not start: \(said)")
    }

    /// Stops the server, and blocks until it has ended.
    func stop() {
        eventfd_write(stopping, 1)
        _ = ChildProcess.wait(for: [done])
    }

    // MARK: The thread

    fileprivate func run(_ first: ChildProcess) {
        var child: ChildProcess? = first
        var pause = Limits.pauseFirst
        while true {
            let startedAt = time(nil)
            if let child {
                let wasStopped = attend(child)
                state.withLock {
                    $0.process = nil
                    $0.failures += 1
                }
                if wasStopped { break }
                if time(nil) - startedAt >= Limits.well { pause = Limits.pauseFirst }
            }
            log("PostgreSQL is started again in \(pause) ms")
            if ChildProcess.wait(for: [stopping], limit: pause)[0] { break }
            pause = min(2 * pause, Limits.pauseLast)
            child = restart()
        }
        eventfd_write(done, 1)
    }

    private func restart() -> ChildProcess? {
        do {
            let child = try start()
            state.withLock { $0.process = child.pid }
            return child
        } catch {
            log("\(error)")
            return nil
        }
    }

    /// Reads what `child` prints until it has ended; whether it was to end.
    private func attend(_ child: ChildProcess) -> Bool {
        defer { child.closeDescriptors() }
        var lines = LineBuffer()
        var (hasEnded, isStopping) = (false, false)
        while !hasEnded {
            let ready = ChildProcess.wait(for: [child.output, child.end, stopping])
            (hasEnded, isStopping) = (ready[1], ready[2])
            report(lines.read(from: child.output))
            if isStopping, !hasEnded {
                hasEnded = Shutdown.run(child.pid, end: child.end)
                if !hasEnded { kill(child.pid, SIGKILL) }
                report(lines.read(from: child.output))
                hasEnded = true
            }
        }
        let status = child.reap()
        if !isStopping { log("PostgreSQL has ended unexpectedly, with wait status \(status)") }
        return isStopping
    }

    private func report(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        state.withLock { $0.lastLines = ($0.lastLines + lines).suffix(Limits.lastLinesMax) }
        for line in lines { log(line) }
    }
}

/// What the thread is given.
private final class Run {
    let supervisor: Supervisor
    let child: ChildProcess

    init(supervisor: Supervisor, child: ChildProcess) {
        self.supervisor = supervisor
        self.child = child
    }
}

// A function, not a closure: a closure would inherit an isolation that the new thread does not have.
private func runSupervisor(_ run: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let run else { preconditionFailure("the supervisor's thread was started without its server") }
    let given = Unmanaged<Run>.fromOpaque(run).takeRetainedValue()
    given.supervisor.run(given.child)
    return nil
}
