import Testing

@testable import Storage

@Suite struct WriteQueueTests {
    private let city = TenantKey(2)
    private let port = TenantKey(3)

    @Test func `first in, first out, up to the batch's count`() {
        var queue = WriteQueue<Int>(bytesMax: 100)
        let taken = (1...5).map { queue.append($0, of: city, bytes: 1) }
        let batches = (1...3).map { _ in queue.take(countMax: 3, bytesMax: 100) }

        #expect(taken == [true, true, true, true, true])
        #expect(batches == [[1, 2, 3], [4, 5], []])
        #expect(queue.isEmpty && queue.bytes == 0)
    }

    @Test func `tenants take turns, so that one that floods the hub does not hold up the others`() {
        var queue = WriteQueue<Int>(bytesMax: 1000)
        for number in 1...100 { _ = queue.append(number, of: city, bytes: 1) }
        for number in 201...202 { _ = queue.append(number, of: port, bytes: 1) }
        let first = queue.take(countMax: 5, bytesMax: 1000)
        let second = queue.take(countMax: 2, bytesMax: 1000)

        #expect(first == [1, 201, 2, 202, 3])
        #expect(second == [4, 5])
    }

    @Test func `a batch ends before it gets too large, but one that is too large alone goes alone`() {
        var queue = WriteQueue<Int>(bytesMax: 1000)
        for (number, bytes) in [(1, 40), (2, 70), (3, 500), (4, 1)] {
            _ = queue.append(number, of: city, bytes: bytes)
        }
        let batches = (1...5).map { _ in queue.take(countMax: 10, bytesMax: 100) }

        #expect(batches == [[1], [2], [3], [4], []])
    }

    @Test func `what does not fit is not taken, unless nothing waits`() {
        var queue = WriteQueue<Int>(bytesMax: 10)
        let large = queue.append(1, of: city, bytes: 11)
        let beside = queue.append(2, of: port, bytes: 1)
        let first = queue.take(countMax: 10, bytesMax: 10)
        let later = queue.append(3, of: port, bytes: 1)
        let second = queue.take(countMax: 10, bytesMax: 10)

        #expect(large && !beside && later)
        #expect(first == [1] && second == [3])
    }

    @Test func `a long line stays in order while it is taken from and added to`() {
        var queue = WriteQueue<Int>(bytesMax: .max)
        var taken: [Int] = []
        for number in 0..<10_000 {
            _ = queue.append(number, of: city, bytes: 1)
            if number % 3 == 0 { taken += queue.take(countMax: 2, bytesMax: 100) }
        }
        while !queue.isEmpty { taken += queue.take(countMax: 999, bytesMax: 10_000) }

        #expect(taken == Array(0..<10_000))
    }
}
