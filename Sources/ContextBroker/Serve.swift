import CLinux
import Glibc
import Networking
import Observability

/// `atria serve`: runs the hub until a signal ends it.
struct Serve {
    let configuration: Configuration

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    /// Returns when the hub has ended as it was asked to.
    func run() throws {
        // Before the first thread: threads inherit what is blocked.
        SignalSource.block([SIGTERM, SIGINT, SIGHUP])
        signal(SIGPIPE, SIG_IGN)
        raiseDescriptorLimit()
        let sink = LogSink(configuration.logFormat)
        sink.start()
        defer { sink.flush() }
        let log = Log(level: configuration.logLevel, to: sink)
        try runMainWorker { worker in
            try await Hub(configuration, log: log, sink: sink, on: worker).run()
        }
    }

    // Each client and each database connection is a descriptor; the usual soft limit of 1 024 is a legacy of
    // select(2), which nothing here calls.
    private func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

/// Runs `body` on a worker whose reactor is this thread, until it returns.
func runMainWorker(_ body: @escaping @Sendable (isolated Worker) async throws -> Void) throws {
    let worker = Worker(reactor: Reactor())
    let outcome = Announcement<Result<Void, any Error>>()
    worker.begin { worker in
        do {
            try await body(worker)
            outcome.announce(.success(()))
        } catch {
            outcome.announce(.failure(error))
        }
        worker.reactor.stop()
    }
    worker.reactor.run()
    try outcome.announced?.get()
}
