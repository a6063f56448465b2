import Synchronization

/// Upper bounds of a histogram's buckets, in whole base units (µs, rows, bytes), rising.
package struct Buckets: Sendable {
    let bounds: [Int]
    /// Base units in one unit of the rendered metric: 1 000 000 where µs are shown as seconds.
    let scale: Double

    package init(_ bounds: [Int], scale: Double = 1) {
        precondition(bounds.count < Histogram.bucketsMax, "a histogram has at most 23 bounds")
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds rise")
        self.bounds = bounds
        self.scale = scale
    }

    /// Microseconds, shown as seconds: 50 µs (a read from memory) to 30 s (every deadline is below).
    package static let latency = Buckets(
        [
            50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
            1_000_000, 2_500_000, 5_000_000, 10_000_000, 30_000_000,
        ], scale: 1_000_000)

    /// Rows or mutations in a batch: 1 to 1 024.
    package static let sizes = Buckets([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024])
}

/// How many observations fell into each bucket, and their sum.
///
/// Any thread may observe. An observation is two relaxed additions; a scrape that runs meanwhile may miss the second.
package final class Histogram: Sendable {
    static let bucketsMax = 24

    let buckets: Buckets
    private let counts = InlineArray<24, Atomic<Int>> { _ in Atomic(0) }
    private let total = Atomic<Int>(0)

    package init(_ buckets: Buckets) {
        self.buckets = buckets
    }

    /// Counts `value`, in the base unit of the buckets.
    package func observe(_ value: Int) {
        var index = 0
        while index < buckets.bounds.count, value > buckets.bounds[index] { index += 1 }
        counts[index].wrappingAdd(1, ordering: .relaxed)
        total.wrappingAdd(value, ordering: .relaxed)
    }

    /// Counts a duration in a histogram of microseconds.
    package func observe(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        observe(Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000))
    }

    /// The sum of all observations, in the rendered unit.
    package var sum: Double { Double(total.load(ordering: .relaxed)) / buckets.scale }

    /// Observations at or below each bound; the last is the count of all.
    package var cumulative: [Int] {
        var running = 0
        return (0...buckets.bounds.count).map { index in
            running += counts[index].load(ordering: .relaxed)
            return running
        }
    }
}
