import NGSILD
import Networking
import Postgres

/// One writer of its share of the entities.
///
/// Everything that arrives while a batch is in flight is the next batch, one transaction for all of it: no
/// timer, so an idle hub adds no latency. An actor on its worker's reactor.
actor WriteLane {
    nonisolated let reactor: Reactor
    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }

    private let session: WriteSession
    private let limits: WriteLimits
    private let lane: WriteLimits.Lane
    private let counters: WriteCounters
    private var queue: WriteQueue<Waiter>
    private var isRunning = false
    /// The last batch found no database: the next one does not wait for it again.
    private var isAway = false
    /// Why there is no database, until it is found again: what comes now is refused at once.
    private var outage: PostgresError?
    private var isClosed = false
    private var drained: [UnsafeContinuation<Void, Never>] = []

    /// A mutation, and who waits for its outcome.
    struct Waiter: Sendable {
        let mutation: Mutation
        let answer: Answer

        enum Answer: Sendable {
            case alone(UnsafeContinuation<Result<Outcome, any Error>, Never>)
            case part(of: BulkAnswer, index: Int)
        }

        func answer(_ outcome: Result<Outcome, any Error>) {
            switch answer {
            case .alone(let continuation): continuation.resume(returning: outcome)
            case .part(let bulk, let index): bulk.answer(outcome, at: index)
            }
        }
    }

    init(
        on reactor: Reactor, lane: WriteLimits.Lane, limits: WriteLimits,
        database: PostgresConfiguration, tenants: TenantDirectory, counters: WriteCounters,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.counters = counters
        self.reactor = reactor
        self.limits = limits
        self.lane = lane
        queue = WriteQueue(bytesMax: lane.waitingBytesMax)
        session = WriteSession(database, on: reactor, tenants: tenants, clock: clock)
    }

    /// Takes `waiters` over; each is answered when its mutation is stored for good, or refused.
    ///
    /// Not isolated, so that the callers wait on their own workers: a task that suspends on another's is
    /// resumed on its own first, and each commit would cross the threads four times, not twice.
    nonisolated func submit(_ waiters: [Waiter]) {
        reactor.perform {
            self.assumeIsolated { lane in
                for waiter in waiters { lane.enqueue(waiter) }
            }
        }
    }

    nonisolated func submit(_ mutation: Mutation) async throws -> Outcome {
        try await withUnsafeContinuation { continuation in
            let waiter = Waiter(mutation: mutation, answer: .alone(continuation))
            reactor.perform {
                self.assumeIsolated { $0.enqueue(waiter) }
            }
        }.get()
    }

    /// Stores what waits, takes nothing more, and ends its connection.
    func close() async {
        isClosed = true
        if isRunning { await withUnsafeContinuation { drained.append($0) } }
        session.close()
    }

    private func enqueue(_ waiter: Waiter) {
        guard !isClosed else {
            return waiter.answer(.failure(StorageError.unavailable(reason: "the hub is stopping")))
        }
        if let outage { return waiter.answer(.failure(outage.reported)) }
        let mutation = waiter.mutation
        guard queue.append(waiter, of: mutation.key.tenant, bytes: mutation.bytes) else {
            counters.refuse()
            return waiter.answer(.failure(StorageError.saturated))
        }
        counters.enqueue(bytes: mutation.bytes)
        if !isRunning { start() }
    }

    private func start() {
        isRunning = true
        // Not immediate: what else arrives in this turn of the loop joins the batch.
        Task(executorPreference: reactor) { await self.run() }
    }

    private func run() async {
        while !queue.isEmpty {
            let bytes = queue.bytes
            let batch = queue.take(countMax: lane.mutationsMax, bytesMax: lane.bytesMax)
            counters.take(batch.count, bytes: bytes - queue.bytes)
            await store(batch, until: .now + (isAway ? .zero : limits.patience))
        }
        isRunning = false
        if outage != nil { Task(executorPreference: reactor) { await self.seek() } }
        for continuation in drained { continuation.resume() }
        drained = []
    }

    /// Looks for the database until it is there again.
    private func seek() async {
        while outage != nil, !isClosed {
            await reactor.sleep(limits.pauseMax)
            do {
                _ = try await session.open()
                outage = nil
            } catch {
                outage = error as? PostgresError ?? outage
            }
        }
        if isClosed { session.close() }
    }

    /// Stores `batch` in one transaction, or in several where some of it is at fault, and answers.
    private func store(_ batch: [Waiter], until deadline: MonotonicTime) async {
        let reach = min(deadline, .now + limits.outagePatience)
        var waiters = batch
        var pause = limits.pauseMin
        while !waiters.isEmpty {
            do {
                let outcomes = try await session.store(waiters.map(\.mutation), until: deadline)
                isAway = false
                outage = nil
                counters.commit(waiters.count)
                waiters = Self.answer(waiters, outcomes)
            } catch let error as PostgresError where error.isAboutData && waiters.count > 1 {
                // By halves, so that one at fault costs a few transactions, not one for each of the others.
                counters.startAgain()
                let middle = waiters.count / 2
                await store(Array(waiters[..<middle]), until: deadline)
                waiters.removeFirst(middle)
            } catch let error as PostgresError
                where error.isAway && .now + pause < (error.isUnavailable ? reach : deadline)
            {
                counters.startAgain()
                note(error)
                if error.isReadOnly { session.close() }
                await reactor.sleep(pause)
                pause = min(pause * 2, limits.pauseMax)
            } catch {
                if let error = error as? PostgresError {
                    isAway = error.isAway
                    note(error)
                }
                let reported = (error as? PostgresError)?.reported ?? error
                for waiter in waiters { waiter.answer(.failure(reported)) }
                return
            }
        }
    }

    private func note(_ error: PostgresError) {
        if error.isUnavailable { outage = error }
    }

    /// Those that have no outcome yet: they run again at once, so that what follows them stays behind them.
    private static func answer(
        _ waiters: [Waiter], _ outcomes: [Result<Outcome, any Error>?]
    ) -> [Waiter] {
        var again: [Waiter] = []
        for (waiter, outcome) in zip(waiters, outcomes) {
            if let outcome { waiter.answer(outcome) } else { again.append(waiter) }
        }
        return again
    }
}
