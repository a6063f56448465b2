package import NGSILD
package import Networking
package import Postgres

/// The one way by which entities are written: group commits in lanes.
///
/// Of each kind of lane an entity belongs to one, so that its writes do not wait for each other's row locks; bulk
/// meets single writes, and other processes, only there.
package struct WritePath: Sendable {
    /// Single writes: what somebody waits for.
    private let interactive: [WriteLane]
    /// Batch operations and feeds, which never stand before a single write.
    private let bulk: [WriteLane]
    private let limits: WriteLimits
    private let counters: (interactive: WriteCounters, bulk: WriteCounters)

    /// The lanes of the workers on `reactors`, two connections each; what has expired by `clock` is absent.
    ///
    /// `onCommit` is told of each transaction, on any worker: whether it is of the bulk lanes, and how many
    /// mutations it had.
    package init(
        on reactors: [Reactor], database: PostgresConfiguration, tenants: TenantDirectory,
        limits: WriteLimits = WriteLimits(), clock: @escaping @Sendable () -> Timestamp,
        onCommit: @escaping @Sendable (_ isBulk: Bool, _ mutations: Int) -> Void = { _, _ in }
    ) {
        counters = (WriteCounters { onCommit(false, $0) }, WriteCounters { onCommit(true, $0) })
        var database = database
        database.applicationName += " writes"
        database.plans = .generic
        database.lockTimeout = limits.lockTimeout
        database.connectTimeout = min(database.connectTimeout, limits.patience)
        func lanes(
            _ lane: WriteLimits.Lane, _ counters: WriteCounters, on reactors: some Sequence<Reactor>
        ) -> [WriteLane] {
            reactors.map {
                WriteLane(
                    on: $0, lane: lane, limits: limits, database: database, tenants: tenants,
                    counters: counters, clock: clock)
            }
        }
        self.limits = limits
        // Half as many as there are workers: fuller batches cost less, and their server needs cores too.
        let few = reactors.prefix((reactors.count + 1) / 2)
        interactive = lanes(limits.interactive, counters.interactive, on: few)
        bulk = lanes(limits.bulk, counters.bulk, on: reactors)
    }

    /// Of single writes, and of batch operations and feeds.
    package var statistics: (interactive: WriteStatistics, bulk: WriteStatistics) {
        (counters.interactive.statistics, counters.bulk.statistics)
    }

    /// Returns when `mutation` is stored for good, with all that follows from it.
    ///
    /// - Throws: what the mutation threw, after what it rests on was stored; `badRequestData` where the database
    ///   cannot hold the entity; `StorageError`.
    package func submit(_ mutation: Mutation) async throws -> Outcome {
        try await interactive[owner(of: mutation.key, among: interactive.count)].submit(mutation)
    }

    /// Stores `mutations`, each for itself; one result for each, in their order.
    ///
    /// Several of one entity apply in their order. A share is handed over at a time, so that a batch of any
    /// length takes its turns with others.
    package func submit(_ mutations: [Mutation]) async -> [Result<Outcome, any Error>] {
        let share = limits.bulk.mutationsMax * bulk.count
        var results: [Result<Outcome, any Error>] = []
        results.reserveCapacity(mutations.count)
        while results.count < mutations.count {
            let end = min(mutations.count, results.count + share)
            results += await submit(share: mutations[results.count..<end])
        }
        return results
    }

    private func submit(share: ArraySlice<Mutation>) async -> [Result<Outcome, any Error>] {
        await withUnsafeContinuation { continuation in
            let answer = BulkAnswer(count: share.count, continuation)
            var parts = [[WriteLane.Waiter]](repeating: [], count: bulk.count)
            for (index, mutation) in share.enumerated() {
                parts[owner(of: mutation.key, among: bulk.count)].append(
                    WriteLane.Waiter(mutation: mutation, answer: .part(of: answer, index: index)))
            }
            for (lane, part) in zip(bulk, parts) where !part.isEmpty { lane.submit(part) }
        }
    }

    /// Stores what waits, takes nothing more, and ends the connections.
    package func close() async {
        for lane in interactive + bulk { await lane.close() }
    }

    private func owner(of key: EntityKey, among lanes: Int) -> Int {
        Int(UInt(bitPattern: key.hashValue) % UInt(lanes))
    }
}
