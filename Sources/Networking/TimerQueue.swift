import Glibc

/// A moment of the monotonic clock, in nanoseconds: for deadlines, never for dates.
package struct MonotonicTime: Comparable, Sendable {
    package let nanoseconds: UInt64

    package static var now: MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    package static func + (time: MonotonicTime, delay: Duration) -> MonotonicTime {
        let (seconds, attoseconds) = delay.components
        return MonotonicTime(
            nanoseconds: time.nanoseconds &+ UInt64(clamping: seconds) &* 1_000_000_000
                &+ UInt64(clamping: attoseconds / 1_000_000_000))
    }

    /// The time that has passed since.
    package var elapsed: Duration {
        .nanoseconds(Int64(clamping: Self.now.nanoseconds &- nanoseconds))
    }

    /// The time until this; zero where it has passed.
    package var remaining: Duration {
        let now = Self.now
        return self > now ? .nanoseconds(Int64(clamping: nanoseconds - now.nanoseconds)) : .zero
    }

    /// Whole milliseconds from `earlier` to this, rounded up, at least 0, as `epoll_wait` takes them.
    func milliseconds(since earlier: MonotonicTime) -> Int32 {
        guard self > earlier else { return 0 }
        return Int32(clamping: (nanoseconds - earlier.nanoseconds + 999_999) / 1_000_000)
    }
}

/// Names a timer of one reactor, to cancel it.
package struct TimerID: Hashable, Sendable {
    fileprivate let number: UInt64
}

/// The timers of one reactor: a binary heap by due time; a cancelled one is skipped when it comes up.
struct TimerQueue {
    private var heap: [(due: MonotonicTime, id: TimerID)] = []
    private var bodies: [TimerID: () -> Void] = [:]
    private var last: UInt64 = 0

    var nextDue: MonotonicTime? { heap.first?.due }

    mutating func add(at due: MonotonicTime, _ body: @escaping () -> Void) -> TimerID {
        last += 1
        let id = TimerID(number: last)
        bodies[id] = body
        heap.append((due, id))
        siftUp(heap.count - 1)
        return id
    }

    mutating func remove(_ id: TimerID) {
        bodies[id] = nil
        // Cancelled timers must not outnumber the live ones: each idle connection leaves one behind.
        if heap.count > 64, heap.count > 2 * bodies.count {
            heap.removeAll { bodies[$0.id] == nil }
            heap.sort { $0.due < $1.due }
        }
    }

    /// The next body that is due at `now`; the caller runs it, since it may add or cancel timers.
    mutating func takeDue(at now: MonotonicTime) -> (() -> Void)? {
        while let first = heap.first, first.due <= now {
            let last = heap.removeLast()
            if !heap.isEmpty {
                heap[0] = last
                siftDown()
            }
            if let body = bodies.removeValue(forKey: first.id) { return body }
        }
        return nil
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].due < heap[parent].due else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].due < heap[least].due {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
