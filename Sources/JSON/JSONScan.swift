import Glibc

/// A walk over the members or elements of one value in a JSON text that is known to be valid.
struct JSONScan {
    /// Behind what was given last.
    private(set) var place: UnsafePointer<UInt8>
    /// Where the text ends that the value is in.
    private let limit: UnsafePointer<UInt8>
    private(set) var isDone: Bool

    private static var invalid: String { "a JSON text that was said to be valid is not" }

    init(inside value: JSONCursor, _ kind: JSONKind) {
        self.init(at: value.start, within: value.end, kind, value.kind)
    }

    private init(
        at start: UnsafePointer<UInt8>, within limit: UnsafePointer<UInt8>, _ expected: JSONKind,
        _ kind: JSONKind
    ) {
        place = start + 1
        self.limit = limit
        isDone = kind != expected
    }

    /// The next element, or name of a member.
    mutating func next() -> JSONCursor? {
        guard !isDone else { return nil }
        skipSpace()
        switch place.pointee {
        case UInt8(ascii: ","):
            place += 1
            skipSpace()
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            place += 1
            isDone = true
            return nil
        default: break
        }
        return value()
    }

    /// The member that comes next, where it has a line of its own.
    func line() -> JSONLine? {
        let comma = limit - place > 2 && place[1] == UInt8(ascii: ",") ? 2 : 0
        let start = place + comma
        guard !isDone, limit - start > 2, start[0] == UInt8(ascii: "\n"), start[1] == UInt8(ascii: "\""),
            let found = memchr(start + 1, 0x0A, limit - start - 1)
        else { return nil }
        let end = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
        let mark = JSONLineMark(end[-1])
        let count = end - start - (mark == .none ? 1 : 2)
        return JSONLine(text: UnsafeBufferPointer(start: start + 1, count: count), mark: mark)
    }

    mutating func skip(_ line: JSONLine) {
        guard let start = line.text.baseAddress else { return }
        place = start + line.text.count + (line.mark == .none ? 0 : 1)
    }

    mutating func valueBehindName() -> JSONCursor {
        skipToValue()
        return value()
    }

    /// A walk inside the value behind a name, which is an object; `leave` goes on behind it.
    mutating func enter() -> JSONScan? {
        skipToValue()
        guard place.pointee == UInt8(ascii: "{") else { return nil }
        return JSONScan(at: place, within: limit, .object, .object)
    }

    mutating func leave(_ inner: JSONScan) { place = inner.place }

    private mutating func skipToValue() {
        skipSpace()
        guard place.pointee == UInt8(ascii: ":") else { return }
        place += 1
        skipSpace()
    }

    private mutating func value() -> JSONCursor {
        let start = place
        switch start.pointee {
        case UInt8(ascii: "\""): place = end(ofStringAt: start)
        case UInt8(ascii: "{"), UInt8(ascii: "["): place = end(ofBracketAt: start)
        default: place = end(ofLiteralAt: start)
        }
        precondition(place <= limit, Self.invalid)
        return JSONCursor(start: start, end: place)
    }

    @inline(__always)
    private mutating func skipSpace() {
        while true {
            precondition(place < limit, Self.invalid)
            guard place.pointee <= 0x20 else { return }
            place += 1
        }
    }

    // MARK: The ends of values

    private func end(ofLiteralAt start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var place = start
        while place < limit {
            switch place.pointee {
            case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), ...0x20: return place
            default: place += 1
            }
        }
        return place
    }

    private func end(ofBracketAt start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var place = start
        var depth = 0
        repeat {
            precondition(place < limit, Self.invalid)
            let byte = place.pointee
            if byte == UInt8(ascii: "\"") {
                place = end(ofStringAt: place)
                continue
            }
            // `[` and `{`, `]` and `}` differ in one bit.
            if byte | 0x20 == UInt8(ascii: "{") { depth += 1 }
            if byte | 0x20 == UInt8(ascii: "}") { depth -= 1 }
            place += 1
        } while depth > 0
        return place
    }

    /// Looks at eight bytes at a time while none is a quote or a backslash.
    private func end(ofStringAt start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var place = start + 1
        while true {
            while limit - place >= 8 {
                let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
                let found = Self.mark(word, UInt8(ascii: "\"")) | Self.mark(word, UInt8(ascii: "\\"))
                if found != 0 {
                    // Little-endian: the lowest mark is that of the first byte.
                    place += found.littleEndian.trailingZeroBitCount / 8
                    break
                }
                place += 8
            }
            precondition(place < limit, Self.invalid)
            switch place.pointee {
            case UInt8(ascii: "\""): return place + 1
            case UInt8(ascii: "\\"): place += 2
            default: place += 1
            }
        }
    }

    /// The highest bit of each byte of `word` that is `byte`; bytes behind the first such may be marked too.
    @inline(__always)
    private static func mark(_ word: UInt64, _ byte: UInt8) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let difference = word ^ (ones &* UInt64(byte))
        return (difference &- ones) & ~difference & (ones << 7)
    }
}
