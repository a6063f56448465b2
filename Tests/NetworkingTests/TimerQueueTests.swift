@testable import Networking
import Testing

@Suite struct TimerQueueTests {
    @Test func `timers come due in order, whatever was added and cancelled in between`() {
        let start = MonotonicTime.now
        var generator = SystemRandomNumberGenerator()
        var queue = TimerQueue()
        var pending: [TimerID: Int] = [:]
        nonisolated(unsafe) var fired: [Int] = []
        for _ in 0..<2_000 {
            let due = Int.random(in: 0..<1_000, using: &generator)
            pending[queue.add(at: start + .milliseconds(due)) { fired.append(due) }] = due
            if Bool.random(using: &generator), let victim = pending.randomElement(using: &generator) {
                queue.remove(victim.key)
                pending[victim.key] = nil
            }
        }

        while let body = queue.takeDue(at: start + .milliseconds(500)) { body() }
        let early = fired
        while let body = queue.takeDue(at: start + .seconds(1)) { body() }

        #expect(early == pending.values.filter { $0 <= 500 }.sorted())
        #expect(fired == pending.values.sorted())
        #expect(queue.nextDue == nil)
    }

    @Test func `a time that has passed is no time to wait`() {
        let now = MonotonicTime.now

        #expect(now.milliseconds(since: now + .seconds(1)) == 0)
        #expect((now + .microseconds(1)).milliseconds(since: now) == 1)
        #expect((now + .seconds(1_000_000_000)).milliseconds(since: now) == Int32.max)
    }
}
