import Networking
import Synchronization

/// A value that is said once, by any thread, and waited for by any number of tasks.
final class Announcement<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiting: [UnsafeContinuation<Value, Never>] = []
    }

    private let state = Mutex(State())

    var announced: Value? { state.withLock { $0.value } }

    /// Says `value`, unless one was said before.
    func announce(_ value: Value) {
        let waiting = state.withLock { state in
            guard state.value == nil else { return [UnsafeContinuation<Value, Never>]() }
            state.value = value
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: value) }
    }

    func value() async -> Value {
        await withUnsafeContinuation { continuation in
            let known = state.withLock { state in
                if state.value == nil { state.waiting.append(continuation) }
                return state.value
            }
            if let known { continuation.resume(returning: known) }
        }
    }
}

extension Worker {
    /// Starts `body` as a task of this worker, from any thread.
    nonisolated func begin(_ body: @escaping @Sendable (isolated Worker) async -> Void) {
        reactor.perform {
            self.assumeIsolated { worker in
                _ = worker.spawn { await body($0) }
            }
        }
    }

    /// Runs `body` on this worker; the caller waits on its own.
    nonisolated func run<Answer: Sendable>(
        _ body: @escaping @Sendable (isolated Worker) async -> Answer
    ) async -> Answer {
        await withUnsafeContinuation { continuation in
            begin { continuation.resume(returning: await body($0)) }
        }
    }
}

extension Reactor {
    /// Suspends the calling task, which is on this reactor.
    func pause(for duration: Duration) async {
        await withUnsafeContinuation { continuation in
            _ = schedule(after: duration) { continuation.resume() }
        }
    }
}
