package import Networking

/// Many short reads over one connection: all that are asked in one turn of the reactor share one Sync.
///
/// They are one transaction then, so only reads belong here. A read that fails does not touch the others:
/// those that the server passed by because of it run again, each alone. Reads in flight on a connection
/// that breaks run again once on the next.
package final class PointLane: TickObserver {
    private let reactor: Reactor
    private let link: PostgresLink
    private let readsMax: Int
    // Reads up to one Sync: the first of them waits for the last.
    private static let exchangeMax = 128
    private var waiting: [Read] = []
    private var inFlight = 0
    private var errors = 0

    private struct Read {
        let call: Call
        let continuation: UnsafeContinuation<Result<Rows, PostgresError>, Never>
        var isRepeated = false

        func answer(_ result: Result<Rows, PostgresError>) {
            continuation.resume(returning: result)
        }
    }

    /// A lane for `readsMax` reads, waiting and in flight together; beyond them they fail as `saturated`.
    package init(_ configuration: PostgresConfiguration, readsMax: Int = 4096, on reactor: Reactor) {
        self.reactor = reactor
        self.readsMax = readsMax
        link = PostgresLink(configuration, on: reactor)
        link.onFailure = { [weak self] error in self?.failWaiting(error) }
    }

    package func open() {
        reactor.observe(self)
        link.open()
    }

    package func close() {
        reactor.stopObserving(self)
        link.close()
        failWaiting(PostgresError(.unavailable, "the connection to PostgreSQL was closed"))
    }

    package var statistics: PostgresStatistics {
        PostgresStatistics(
            inFlight: inFlight, waiting: waiting.count, errors: errors,
            connections: link.current == nil ? 0 : 1, reconnects: link.reconnects)
    }

    /// Runs `call`, which only reads.
    /// - Throws: `PostgresError`, also of kind `saturated` and `unavailable`.
    package func query(_ call: Call) async throws -> Rows {
        try await withUnsafeContinuation { submit(Read(call: call, continuation: $0)) }.get()
    }

    private func submit(_ read: Read) {
        if let outage = link.outage {
            read.answer(.failure(PostgresError(.unavailable, outage.message)))
        } else if waiting.count + inFlight >= readsMax {
            read.answer(.failure(PostgresError(.saturated, "\(readsMax) reads wait for PostgreSQL")))
        } else {
            waiting.append(read)
        }
    }

    package func endOfTick() {
        guard !waiting.isEmpty, let connection = link.current else { return }
        let reads = waiting
        waiting.removeAll(keepingCapacity: true)
        guard reads.count > Self.exchangeMax else { return send(reads, over: connection) }
        for start in stride(from: 0, to: reads.count, by: Self.exchangeMax) {
            send(Array(reads[start..<min(start + Self.exchangeMax, reads.count)]), over: connection)
        }
    }

    private func send(_ reads: [Read], over connection: PostgresConnection) {
        inFlight += reads.count
        connection.send(
            Exchange(calls: reads.map(\.call)) { [self] result in
                inFlight -= reads.count
                switch result {
                case .success(let outcomes):
                    for (read, outcome) in zip(reads, outcomes) { finish(read, outcome) }
                case .failure(let error):
                    for read in reads { again(read, after: error) }
                }
            })
    }

    private func finish(_ read: Read, _ outcome: CallOutcome) {
        switch outcome {
        case .rows(let rows):
            read.answer(.success(rows))
        case .failed(let error) where error.isStatementMissing || error.isPlanStale:
            // Its preparation was passed by in an exchange before, or a migration has come between.
            again(read, after: error)
        case .failed(let error):
            errors += 1
            read.answer(.failure(error))
        case .skipped:
            if let connection = link.current { send([read], over: connection) } else { waiting.append(read) }
        }
    }

    private func again(_ read: Read, after error: PostgresError) {
        guard !read.isRepeated, link.outage == nil else {
            errors += 1
            return read.answer(.failure(error))
        }
        var read = read
        read.isRepeated = true
        waiting.append(read)
    }

    private func failWaiting(_ error: PostgresError) {
        let reads = waiting
        waiting.removeAll()
        errors += reads.count
        for read in reads { read.answer(.failure(PostgresError(.unavailable, error.message))) }
    }
}
