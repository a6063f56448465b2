import Synchronization

/// Collects the outcomes of mutations that several lanes store, for the one caller who waits for all.
final class BulkAnswer: Sendable {
    private struct State {
        var outcomes: [Result<Outcome, any Error>?]
        var missing: Int
    }
    private let state: Mutex<State>
    private let continuation: UnsafeContinuation<[Result<Outcome, any Error>], Never>

    init(count: Int, _ continuation: UnsafeContinuation<[Result<Outcome, any Error>], Never>) {
        state = Mutex(State(outcomes: Array(repeating: nil, count: count), missing: count))
        self.continuation = continuation
    }

    /// Called once for each index, on any worker; the last call resumes the caller.
    func answer(_ outcome: Result<Outcome, any Error>, at index: Int) {
        let complete = state.withLock { state -> [Result<Outcome, any Error>]? in
            state.outcomes[index] = outcome
            state.missing -= 1
            return state.missing == 0 ? state.outcomes.compactMap { $0 } : nil
        }
        if let complete { continuation.resume(returning: complete) }
    }
}
