/// What waits for the next batch: first in, first out within a tenant, and the tenants in turn.
///
/// A tenant that floods the hub fills its own line; the others still get their share of each batch.
struct WriteQueue<Element> {
    private struct Line {
        var elements: [(element: Element, bytes: Int)] = []
        var head = 0

        var first: (element: Element, bytes: Int)? { head < elements.count ? elements[head] : nil }

        // The taken ones are let go when all are, or when they are the most: each is moved once.
        mutating func removeFirst() {
            head += 1
            if head == elements.count || head > 1024 && 2 * head > elements.count {
                elements.removeFirst(head)
                head = 0
            }
        }
    }

    private var lines: [TenantKey: Line] = [:]
    /// The tenants that have a line, in the order of their turns.
    private var turns: [TenantKey] = []
    private var turn = 0
    private let bytesMax: Int
    private(set) var bytes = 0

    /// - Parameter bytesMax: what may wait, in bytes.
    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    var isEmpty: Bool { turns.isEmpty }

    /// False: the queue is full, and `element` was not taken.
    mutating func append(_ element: Element, of tenant: TenantKey, bytes: Int) -> Bool {
        // One that is larger than the queue shall pass when nothing else waits.
        guard isEmpty || self.bytes + bytes <= bytesMax else { return false }
        self.bytes += bytes
        if lines[tenant] == nil { turns.append(tenant) }
        lines[tenant, default: Line()].elements.append((element, bytes))
        return true
    }

    /// The next batch: at least one where something waits, at most `countMax` and about `bytesMax`.
    mutating func take(countMax: Int, bytesMax: Int) -> [Element] {
        var batch: [Element] = []
        var room = bytesMax
        while batch.count < countMax, !turns.isEmpty {
            if turn >= turns.count { turn = 0 }
            let tenant = turns[turn]
            guard let next = lines[tenant]?.first else { preconditionFailure("a turn without a line") }
            guard batch.isEmpty || next.bytes <= room else { break }
            batch.append(next.element)
            room -= next.bytes
            bytes -= next.bytes
            lines[tenant]?.removeFirst()
            if lines[tenant]?.first == nil {
                lines[tenant] = nil
                turns.remove(at: turn)
            } else {
                turn += 1
            }
        }
        return batch
    }
}
