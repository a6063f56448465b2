package import Networking

/// Queries that can be long, each alone on a connection of a small pool.
///
/// A query ends at its deadline or when its task is cancelled, and the server is told to stop it. Only
/// reads belong here: one whose connection breaks runs again, once.
package final class QueryPool {
    private let reactor: Reactor
    private let statementTimeout: Duration
    private let waitingMax: Int
    private var slots: [Slot]
    private var waiting: [Waiter] = []
    private var last: UInt64 = 0
    private var errors = 0

    /// A connection of the pool, and who has it.
    private struct Slot {
        let link: PostgresLink
        var lease: UInt64?
        /// Why its lease has to end before its time.
        var abandonment: PostgresError?
        /// A cancellation is on its way; until it has arrived it could hit the next query.
        var isCancelling = false

        var isFree: Bool { lease == nil && !isCancelling && link.current != nil }
    }

    /// A query without a connection; it is told the number of its slot.
    private struct Waiter {
        let lease: UInt64
        let continuation: UnsafeContinuation<Result<Int, PostgresError>, Never>
    }

    /// A pool of `connections`, each one of the server's `max_connections`.
    ///
    /// Where more than `waitingMax` queries have no connection, the next ones fail as `saturated`.
    package init(
        _ configuration: PostgresConfiguration, connections: Int, waitingMax: Int = 1000, on reactor: Reactor
    ) {
        self.reactor = reactor
        self.waitingMax = waitingMax
        statementTimeout = configuration.statementTimeout
        slots = (0..<connections).map { _ in Slot(link: PostgresLink(configuration, on: reactor)) }
        for slot in slots {
            slot.link.onOpen = { [weak self] _ in self?.serve() }
            slot.link.onFailure = { [weak self] _ in self?.failWhereAway() }
        }
    }

    package func open() {
        for slot in slots { slot.link.open() }
    }

    package func close() {
        for slot in slots { slot.link.close() }
        failWhereAway()
    }

    package var statistics: PostgresStatistics {
        PostgresStatistics(
            inFlight: slots.count { $0.lease != nil }, waiting: waiting.count, errors: errors,
            connections: slots.count { $0.link.current != nil },
            reconnects: slots.reduce(0) { $0 + $1.link.reconnects })
    }

    /// Runs `calls` as one transaction; what each gave back.
    ///
    /// `limit` counts from now to the answer, waiting included; nil: the session's statement timeout.
    /// - Throws: `PostgresError`, also of kind `saturated`, `unavailable`, `cancelled`, `deadlinePassed`.
    package func execute(_ calls: [Call], within limit: Duration? = nil) async throws -> [Rows] {
        do {
            return try await lease(within: limit) { try await $0.execute(calls) }
        } catch let error as PostgresError where error.isConnectionLost {
            return try await lease(within: limit) { try await $0.execute(calls) }
        }
    }

    /// Runs one call; see `execute(_:within:)`.
    package func query(_ call: Call, within limit: Duration? = nil) async throws -> Rows {
        try await execute([call], within: limit)[0]
    }

    /// Gives `body` a connection for itself; a transaction that it leaves open is rolled back.
    func lease<Answer>(
        within limit: Duration?, _ body: (Lease) async throws -> Answer
    ) async throws -> Answer {
        last += 1
        let number = last
        let limit = limit ?? statementTimeout
        let deadline = reactor.schedule(after: limit) { [weak self] in
            self?.abandon(number, PostgresError(.deadlinePassed, "no answer within \(limit)"))
        }
        defer { reactor.cancel(deadline) }
        // The handler only carries the pool back to its own reactor.
        nonisolated(unsafe) let pool = self
        return try await withTaskCancellationHandler {
            let slot = try await acquire(number)
            defer { release(slot) }
            return try await body(
                Lease(pool: self, slot: slot, timeout: limit == statementTimeout ? nil : limit))
        } onCancel: { [reactor] in
            reactor.perform { pool.abandon(number, Self.cancelled) }
        }
    }

    // MARK: Slots

    private func acquire(_ lease: UInt64) async throws -> Int {
        try await withUnsafeContinuation { enqueue(Waiter(lease: lease, continuation: $0)) }.get()
    }

    private static let cancelled = PostgresError(.cancelled, "the caller has left")

    private func enqueue(_ waiter: Waiter) {
        // A cancellation from now on finds the waiter, one before this found nothing.
        if Task.isCancelled {
            waiter.continuation.resume(returning: .failure(Self.cancelled))
        } else if let outage {
            waiter.continuation.resume(returning: .failure(outage))
        } else if waiting.count >= waitingMax, !slots.contains(where: \.isFree) {
            let error = PostgresError(.saturated, "\(waitingMax) queries wait for PostgreSQL")
            waiter.continuation.resume(returning: .failure(error))
        } else {
            waiting.append(waiter)
            serve()
        }
    }

    private func release(_ slot: Int) {
        slots[slot].link.current?.rollBackIfOpen()
        slots[slot].lease = nil
        slots[slot].abandonment = nil
        serve()
    }

    private func serve() {
        while !waiting.isEmpty, let slot = slots.firstIndex(where: \.isFree) {
            let waiter = waiting.removeFirst()
            slots[slot].lease = waiter.lease
            waiter.continuation.resume(returning: .success(slot))
        }
    }

    /// Why no connection may be expected soon; nil while one is there or on its way.
    private var outage: PostgresError? {
        let outages = slots.compactMap(\.link.outage)
        return outages.count == slots.count ? outages.first : nil
    }

    private func failWhereAway() {
        guard let outage else { return }
        let waiters = waiting
        waiting.removeAll()
        errors += waiters.count
        for waiter in waiters { waiter.continuation.resume(returning: .failure(outage)) }
    }

    private func abandon(_ lease: UInt64, _ reason: PostgresError) {
        if let index = waiting.firstIndex(where: { $0.lease == lease }) {
            waiting.remove(at: index).continuation.resume(returning: .failure(reason))
        } else if let slot = slots.firstIndex(where: { $0.lease == lease }),
            slots[slot].abandonment == nil
        {
            slots[slot].abandonment = reason
            cancelQuery(in: slot)
        }
    }

    private func cancelQuery(in slot: Int) {
        guard let cancellation = slots[slot].link.current?.cancellation() else { return }
        slots[slot].isCancelling = true
        // The helper thread only carries the pool back to its own reactor.
        nonisolated(unsafe) let pool = self
        HelperThread.run { [reactor] in
            cancellation.perform()
            reactor.perform {
                pool.slots[slot].isCancelling = false
                pool.serve()
            }
        }
    }

    // MARK: Leases

    /// A connection for the time of one query.
    struct Lease {
        fileprivate let pool: QueryPool
        fileprivate let slot: Int
        /// The statement timeout, where it is not the session's.
        fileprivate let timeout: Duration?

        private static let setTimeout = Statement("SELECT set_config('statement_timeout', $1, true)")

        /// Runs `calls` in one round trip.
        func execute(_ calls: [Call]) async throws -> [Rows] {
            let (own, state) = (timeout == nil ? 0 : 1, pool.slots[slot])
            if let abandonment = state.abandonment { throw abandonment }
            guard let connection = state.link.current else {
                throw PostgresError(.connectionLost, "the connection broke before the query")
            }
            let prefix = timeout.map { [Call(Self.setTimeout, String($0.milliseconds))] } ?? []
            do {
                return Array(try await connection.execute(prefix + calls)[own...])
            } catch {
                pool.errors += 1
                throw pool.slots[slot].abandonment ?? error
            }
        }
    }
}
