import NGSILD
import Synchronization

/// A clock that the test sets.
final class TestClock: Sendable {
    private let microseconds = Atomic<Int64>(1_000_000)

    var now: Timestamp {
        get { Timestamp(microseconds: microseconds.load(ordering: .relaxed)) }
        set { microseconds.store(newValue.microseconds, ordering: .relaxed) }
    }
}
