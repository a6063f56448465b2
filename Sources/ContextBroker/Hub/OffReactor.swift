import Glibc

/// Runs `body`, which blocks, on a thread of its own; the caller's reactor goes on meanwhile.
func offReactor<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
    try await withUnsafeContinuation { continuation in
        let call = BlockingCall { continuation.resume(returning: Result(catching: body)) }
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, runBlockingCall, Unmanaged.passRetained(call).toOpaque())
        precondition(result == 0, "pthread_create failed with \(result)")
        pthread_detach(thread)
    }.get()
}

private final class BlockingCall {
    let body: () -> Void

    init(_ body: @escaping () -> Void) {
        self.body = body
    }
}

// A function, not a closure: a closure would inherit an isolation that the new thread does not have.
private func runBlockingCall(_ call: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let call else { preconditionFailure("a thread was started without its call") }
    Unmanaged<BlockingCall>.fromOpaque(call).takeRetainedValue().body()
    return nil
}
