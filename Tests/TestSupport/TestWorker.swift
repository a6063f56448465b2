package import Networking

/// Runs `body` on a worker of its own, which ends with it.
package func onWorker<Answer: Sendable>(
    _ body: @escaping @Sendable (isolated Worker) async throws -> Answer
) async throws -> Answer {
    let reactor = Reactor()
    reactor.start()
    defer { reactor.stop() }
    let worker = Worker(reactor: reactor)
    return try await withUnsafeThrowingContinuation { continuation in
        reactor.perform {
            worker.assumeIsolated { worker in
                _ = worker.spawn { worker in
                    do {
                        continuation.resume(returning: try await body(worker))
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
            }
        }
    }
}
