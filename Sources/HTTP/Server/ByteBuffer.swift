/// Bytes that are appended at the end and taken from the front; it holds no memory while it is empty and
/// released.
struct ByteBuffer: ~Copyable {
    private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var start = 0
    private var end = 0

    /// What a first reservation allocates at least: a usual request, or a usual answer.
    private static let capacityMin = 4 * 1024

    deinit {
        memory.deallocate()
    }

    var count: Int { end - start }
    var isEmpty: Bool { start == end }

    /// The bytes that are there; valid until the buffer changes.
    var readable: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: memory[start..<end])
    }

    /// The room behind them, at least `count` bytes: what is written there counts after `commit`.
    mutating func room(for count: Int) -> UnsafeMutableRawBufferPointer {
        reserve(count)
        return UnsafeMutableRawBufferPointer(rebasing: memory[end...])
    }

    mutating func commit(_ count: Int) {
        precondition(count <= memory.count - end, "more was committed than there was room for")
        end += count
    }

    mutating func consume(_ count: Int) {
        precondition(count <= end - start, "more was consumed than there was")
        start += count
        if start == end { (start, end) = (0, 0) }
    }

    /// Gives the memory back where no byte is held.
    mutating func releaseIfEmpty() {
        guard isEmpty else { return }
        memory.deallocate()
        memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
        (start, end) = (0, 0)
    }

    // MARK: Appending

    mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { append($0) }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count > 0 else { return }
        room(for: bytes.count).copyMemory(from: bytes)
        end += bytes.count
    }

    /// Appends a number in decimal digits, which is not negative.
    mutating func append(_ number: Int) {
        if number >= 10 { append(number / 10) }
        room(for: 1)[0] = UInt8(0x30 + number % 10)
        end += 1
    }

    private mutating func reserve(_ count: Int) {
        guard memory.count - end < count else { return }
        let held = end - start
        if memory.count - held >= count, start > 0 {
            memory.copyMemory(from: readable)
        } else {
            let capacity = max(Self.capacityMin, held + count, 2 * memory.count)
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
            larger.copyMemory(from: readable)
            memory.deallocate()
            memory = larger
        }
        (start, end) = (0, held)
    }
}
