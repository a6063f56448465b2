/// A dictionary that holds at most so many bytes: beyond, what was not used for longest goes.
struct BoundedCache<Key: Hashable, Value> {
    private struct Entry {
        let value: Value
        let bytes: Int
        var lastUse: UInt64
    }

    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0
    private(set) var bytes = 0
    private let bytesMax: Int

    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    mutating func value(for key: Key) -> Value? {
        uses += 1
        entries[key]?.lastUse = uses
        return entries[key]?.value
    }

    /// Keeps `value`, which costs `bytes`, unless it alone costs more than all may.
    mutating func insert(_ value: Value, for key: Key, bytes cost: Int) {
        remove(key)
        guard cost <= bytesMax else { return }
        uses += 1
        entries[key] = Entry(value: value, bytes: cost, lastUse: uses)
        bytes += cost
        if bytes > bytesMax { evict() }
    }

    var keys: [Key] { Array(entries.keys) }

    mutating func removeAll() {
        entries = [:]
        bytes = 0
    }

    mutating func remove(_ key: Key) {
        if let entry = entries.removeValue(forKey: key) { bytes -= entry.bytes }
    }

    // A tenth more than necessary, so that a full cache does not look for its oldest at each insertion.
    private mutating func evict() {
        for (key, _) in entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
            guard bytes > bytesMax / 10 * 9, entries.count > 1 else { return }
            remove(key)
        }
    }
}
