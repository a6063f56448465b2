import Synchronization

/// What the write path has to do and has done, for metrics: over all lanes of a kind, since the start.
package struct WriteStatistics: Equatable, Sendable {
    /// Mutations that wait for their batch, and their bytes.
    package var waiting = 0
    package var waitingBytes = 0
    /// Batches that ran again: after a conflict, a lost connection, or in halves because some of it was at fault.
    package var repeats = 0
    /// Mutations that were refused because too many waited.
    package var saturated = 0
}

/// The statistics of some lanes, each of which counts on its own thread.
final class WriteCounters: Sendable {
    private let waiting = Atomic<Int>(0)
    private let waitingBytes = Atomic<Int>(0)
    private let repeats = Atomic<Int>(0)
    private let saturated = Atomic<Int>(0)
    /// Told how many mutations each committed transaction had.
    let commit: @Sendable (Int) -> Void

    init(onCommit: @escaping @Sendable (Int) -> Void) {
        commit = onCommit
    }

    func enqueue(bytes: Int) {
        waiting.add(1, ordering: .relaxed)
        waitingBytes.add(bytes, ordering: .relaxed)
    }

    func take(_ count: Int, bytes: Int) {
        waiting.subtract(count, ordering: .relaxed)
        waitingBytes.subtract(bytes, ordering: .relaxed)
    }

    func startAgain() {
        repeats.add(1, ordering: .relaxed)
    }

    func refuse() {
        saturated.add(1, ordering: .relaxed)
    }

    var statistics: WriteStatistics {
        WriteStatistics(
            waiting: waiting.load(ordering: .relaxed), waitingBytes: waitingBytes.load(ordering: .relaxed),
            repeats: repeats.load(ordering: .relaxed), saturated: saturated.load(ordering: .relaxed))
    }
}
