package import Networking

/// Keeps a session open: one that is lost is replaced at once, and ever more slowly while that fails.
package final class PostgresLink {
    private let configuration: PostgresConfiguration
    private let reactor: Reactor
    private var state = State.closed
    private var backoff = Backoff()
    private var waiting: [UnsafeContinuation<Void, Never>] = []
    private var sessions = 0
    /// Why the last attempt has failed; nil: it has not.
    private var failure: PostgresError?

    /// Called with each new session.
    var onOpen: ((PostgresConnection) -> Void)?
    /// Called with each attempt that has failed.
    var onFailure: ((PostgresError) -> Void)?

    private enum State {
        /// Goes to: connecting (by `open`).
        case closed
        /// Goes to: open, away.
        case connecting(ConnectAttempt)
        /// Goes to: connecting (when lost).
        case open(PostgresConnection)
        /// An attempt has failed; the next one is due. Goes to: connecting.
        case away(next: TimerID)
    }

    package init(_ configuration: PostgresConfiguration, on reactor: Reactor) {
        self.configuration = configuration
        self.reactor = reactor
    }

    /// The session, where there is one now.
    package var current: PostgresConnection? {
        if case .open(let connection) = state { connection } else { nil }
    }

    /// Why there is no session and none may be expected soon.
    package var outage: PostgresError? {
        switch state {
        case .closed: PostgresError(.unavailable, "the connection to PostgreSQL was closed")
        case .away, .connecting: failure
        case .open: nil
        }
    }

    /// Sessions opened after the first.
    package var reconnects: Int { max(0, sessions - 1) }

    /// Starts to connect.
    package func open() {
        guard case .closed = state else { return }
        connect()
    }

    /// The session; waits for it only while an attempt is under way.
    /// - Throws: `PostgresError` of kind `unavailable`.
    package func connection() async throws -> PostgresConnection {
        // Looks inside: on its way there a task may let others of this reactor go first.
        await withUnsafeContinuation { continuation in
            if case .connecting = state { waiting.append(continuation) } else { continuation.resume() }
        }
        guard let current else { throw outage ?? PostgresError(.unavailable, "PostgreSQL is away") }
        return current
    }

    package func close() {
        let last = state
        state = .closed
        failure = nil
        switch last {
        case .open(let connection): connection.close()
        case .away(let timer): reactor.cancel(timer)
        case .closed, .connecting: break
        }
        resumeWaiting()
    }

    private func resumeWaiting() {
        for continuation in waiting { continuation.resume() }
        waiting.removeAll()
    }

    /// Suspends the caller for `time`.
    func pause(_ time: Duration) async {
        await withUnsafeContinuation { continuation in
            _ = reactor.schedule(after: time) { continuation.resume() }
        }
    }

    private func connect() {
        let attempt = ConnectAttempt(configuration, on: reactor)
        state = .connecting(attempt)
        attempt.start { [self] in
            guard case .connecting(let present) = state, present === attempt else {
                try? attempt.outcome.get().close()  // Nobody waits for it: the link was closed meanwhile.
                return
            }
            switch attempt.outcome {
            case .success(let connection): opened(connection)
            case .failure(let error): failed(error)
            }
            resumeWaiting()
        }
    }

    private func opened(_ connection: PostgresConnection) {
        state = .open(connection)
        backoff.reset()
        failure = nil
        sessions += 1
        connection.onLoss = { [weak self] _ in self?.connect() }
        onOpen?(connection)
    }

    private func failed(_ error: PostgresError) {
        var generator = SystemRandomNumberGenerator()
        let timer = reactor.schedule(after: backoff.next(using: &generator)) { [weak self] in self?.connect()
        }
        failure = error
        state = .away(next: timer)
        onFailure?(error)
    }
}
