import CLibPQ
import CLinux
package import Networking

/// A session with the server, in pipeline mode, confined to the worker that opened it.
///
/// It lives once: when it is lost, every call fails until the owner makes another one (`PostgresLink`).
/// Its owner closes it.
package final class PostgresConnection: EventSource {
    private let reactor: Reactor
    private let responseTimeout: Duration
    private var wire: Wire?
    private let descriptor: Int32
    private var prepared = PreparedStatements()
    private var exchanges = Queue<(exchange: Exchange, sentAt: MonotonicTime)>()
    private var replies = Queue<Reply>()
    private var outcomes: [CallOutcome] = []
    private var result: CallOutcome?
    private var preparation: CallOutcome?
    private var watchdog: TimerID?
    private var end: PostgresError?

    /// Called once when the connection breaks; not where its owner closes it.
    var onLoss: ((PostgresError) -> Void)?
    var onNotification: ((_ channel: String, _ payload: String) -> Void)?

    /// What the server answers next; the first two are about the present call.
    private enum Reply {
        case prepared
        case call
        case sync
    }

    /// The call of the oldest exchange that has no outcome yet.
    private var call: Call? {
        guard let calls = exchanges.first?.exchange.calls, outcomes.count < calls.count else { return nil }
        return calls[outcomes.count]
    }

    init(_ wire: Wire, on reactor: Reactor, responseTimeout: Duration) {
        self.wire = wire
        self.reactor = reactor
        self.responseTimeout = responseTimeout
        descriptor = wire.descriptor
        reactor.register(self, for: descriptor)
    }

    /// Opens a session; suspends the caller, not the worker.
    /// - Throws: `PostgresError` of kind `unavailable`, in the words of libpq or the server.
    package static func connect(
        _ configuration: PostgresConfiguration, on reactor: Reactor
    ) async throws -> PostgresConnection {
        let attempt = ConnectAttempt(configuration, on: reactor)
        await withUnsafeContinuation { continuation in
            attempt.start { continuation.resume() }
        }
        return try attempt.outcome.get()
    }

    package var isLost: Bool { end != nil }
    /// Exchanges that wait for their answer.
    package var inFlight: Int { exchanges.count }
    /// The server's process, as `pg_stat_activity` names it.
    package var processID: Int32 { wire?.processID ?? 0 }
    /// Such as 15_00_04 for 15.4.
    package var serverVersion: Int32 { wire?.serverVersion ?? 0 }

    /// Runs `calls` in one round trip with one Sync; what each gave back.
    ///
    /// Without `.begin` they are one transaction of their own. With it, the transaction stays open until
    /// a `.commit`, here or in a later `execute`; where a call fails it is rolled back at once.
    /// - Throws: `PostgresError` of the first call that failed, or of kind `connectionLost`.
    package func execute(_ calls: [Call]) async throws -> [Rows] {
        let outcomes = try await withUnsafeContinuation { continuation in
            send(Exchange(calls: calls) { continuation.resume(returning: $0) })
        }.get()
        return try outcomes.map {
            switch $0 {
            case .rows(let rows): rows
            case .failed(let error): throw error
            case .skipped: preconditionFailure("a call was skipped and none before it has failed")
            }
        }
    }

    /// Runs one call as a transaction of its own, or in the one that is open.
    package func execute(_ call: Call) async throws -> Rows {
        try await execute([call])[0]
    }

    /// Ends the session; what is in flight fails as lost.
    package func close() {
        onLoss = nil
        lose("the connection was closed")
    }

    /// The right to cancel what runs at the time; nil where the connection is lost.
    func cancellation() -> Cancellation? { wire?.cancellation() }

    /// Ends a transaction that a caller has left open; what is sent after this comes after that.
    package func rollBackIfOpen() {
        guard exchanges.isEmpty, wire?.transaction == PQTRANS_INTRANS else { return }
        send(Exchange(calls: [.rollback]) { _ in })
    }

    // MARK: Sending

    /// Sends `exchange`; several may be in flight, and are answered in their order.
    func send(_ exchange: Exchange) {
        precondition(reactor.isCurrent, "a connection belongs to its worker's thread")
        guard let wire, end == nil else {
            exchange.completion(.failure(end ?? PostgresError(.connectionLost, "the connection was closed")))
            return
        }
        exchanges.append((exchange, .now))
        let sent = exchange.calls.allSatisfy { send($0, over: wire) } && wire.sync()
        replies.append(.sync)
        guard sent else { return lose(wire.message) }
        flush()
        watch()
        for name in prepared.takeUnused() { deallocate(name) }
    }

    private func send(_ call: Call, over wire: Wire) -> Bool {
        if case .command(let sql) = call.source {
            replies.append(.call)
            return wire.run(command: sql)
        }
        let plan = prepared.plan(call)
        if plan.isNew {
            replies.append(.prepared)
            guard wire.prepare(plan.name, call.sql, types: call.parameters.types) else { return false }
        }
        replies.append(.call)
        return wire.run(plan.name, call.parameters)
    }

    // In an exchange of its own, so that nothing else fails with it.
    private func deallocate(_ name: String) {
        send(
            Exchange(calls: [Call(command: "DEALLOCATE \(name)")]) { [weak self] in
                // A transaction that has failed takes no commands; it is rolled back by then.
                guard case .success(let outcomes) = $0, case .failed = outcomes.first else { return }
                self?.deallocate(name)
            })
    }

    private func flush() {
        guard let wire else { return }
        switch wire.flush() {
        case .done: reactor.watch(descriptor, for: EPOLLIN.rawValue)
        case .pending: reactor.watch(descriptor, for: EPOLLIN.rawValue | EPOLLOUT.rawValue)
        case .failed: lose(wire.message)
        }
    }

    // MARK: Receiving

    package func ready(_ events: UInt32) {
        guard let wire else { return }
        guard wire.consume() else { return lose(wire.message) }
        if events & EPOLLOUT.rawValue != 0 { flush() }
        receive()
        while let notification = self.wire?.nextNotification() {
            onNotification?(notification.channel, notification.payload)
        }
    }

    private func receive() {
        // What a completion does may close this connection, or send more.
        while let wire, let reply = replies.first, !wire.isBusy {
            if let next = wire.nextResult() {
                take(next)
            } else {
                finish(reply)
            }
            if wire.isBroken { lose(wire.message) }
        }
    }

    private func take(_ next: OpaquePointer) {
        switch PQresultStatus(next) {
        case PGRES_PIPELINE_SYNC:
            PQclear(next)
            _ = replies.removeFirst()
            completeExchange()
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            result = .rows(Rows(next))
        case PGRES_PIPELINE_ABORTED:
            result = .skipped
            PQclear(next)
        default:
            let error = PostgresError(next)
            PQclear(next)
            result = .failed(error)
            if error.isConnectionLost { lose(error) }
        }
    }

    /// The statement that `reply` answers has no more results.
    private func finish(_ reply: Reply) {
        guard let outcome = result.take(), reply != .sync else {
            return lose("libpq has lost count of its results")
        }
        _ = replies.removeFirst()
        if reply == .prepared {
            preparation = finishPreparation(outcome)
        } else {
            let outcome = preparation.take() ?? outcome
            if case .failed(let error) = outcome { note(error) }
            outcomes.append(outcome)
        }
    }

    /// Gives back what stands for the outcome of the call itself, where the server passes that by.
    private func finishPreparation(_ outcome: CallOutcome) -> CallOutcome? {
        guard let call else { return nil }
        if case .rows = outcome {
            prepared.confirm(call)
            return nil
        }
        prepared.forget(call)
        return outcome
    }

    private func note(_ error: PostgresError) {
        guard let call else { return }
        if error.isStatementMissing {
            prepared.forget(call)
        } else if error.isPlanStale {
            prepared.replace(call)
        } else if error.isReadOnly {
            // The primary has become a standby, and the sessions stay: a new one finds the new primary.
            reactor.later { [weak self] in self?.lose(error.message) }
        }
    }

    private func completeExchange() {
        let outcomes = outcomes
        self.outcomes.removeAll(keepingCapacity: true)
        guard let (exchange, _) = exchanges.removeFirst() else { return }
        if wire?.transaction == PQTRANS_INERROR { send(Exchange(calls: [.rollback]) { _ in }) }
        exchange.completion(.success(outcomes))
    }

    // MARK: Loss

    // One timer for all exchanges: it looks at the oldest, and is set again only while there is one.
    private func watch() {
        guard watchdog == nil, let oldest = exchanges.first else { return }
        let due = oldest.sentAt + responseTimeout
        let now = MonotonicTime.now
        let delay = due > now ? due.nanoseconds - now.nanoseconds : 0
        watchdog = reactor.schedule(after: .nanoseconds(delay)) { [weak self] in
            guard let self else { return }
            watchdog = nil
            if let oldest = exchanges.first, oldest.sentAt + responseTimeout <= .now {
                lose("PostgreSQL owes an answer for \(responseTimeout)")
            } else {
                watch()
            }
        }
    }

    private func lose(_ message: String) {
        lose(PostgresError(.connectionLost, message))
    }

    private func lose(_ error: PostgresError) {
        guard end == nil else { return }
        end = error
        reactor.unregister(descriptor)
        wire = nil
        watchdog.map(reactor.cancel)
        for (exchange, _) in exchanges.removeAll() { exchange.completion(.failure(error)) }
        onLoss?(error)
        (onLoss, onNotification) = (nil, nil)
    }
}
