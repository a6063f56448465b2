import Synchronization

/// A number that only grows: requests answered, bytes sent.
///
/// Any thread may add to it.
package final class Counter: Sendable {
    private let total = Atomic<Int>(0)

    package init() {}

    package var value: Int { total.load(ordering: .relaxed) }

    package func add(_ amount: Int = 1) {
        total.wrappingAdd(amount, ordering: .relaxed)
    }
}

/// A number that rises and falls: open connections, bytes in a queue.
///
/// Any thread may change it.
package final class Gauge: Sendable {
    private let current = Atomic<Int>(0)

    package init() {}

    package var value: Int { current.load(ordering: .relaxed) }

    package func set(_ value: Int) {
        current.store(value, ordering: .relaxed)
    }

    package func add(_ amount: Int) {
        current.wrappingAdd(amount, ordering: .relaxed)
    }
}
