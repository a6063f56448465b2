/// A walk over the members or elements of one value in a JSON text that is known to be valid.
struct JSONScan {
    /// Behind what was given last.
    private var place: UnsafePointer<UInt8>
    /// The closing bracket; `place` where there is nothing to walk over.
    private let last: UnsafePointer<UInt8>

    private static var invalid: String { "a JSON text that was said to be valid is not" }

    init(inside value: JSONCursor, _ kind: JSONKind) {
        let isOfKind = value.kind == kind
        place = value.start + 1
        last = isOfKind ? value.end - 1 : place
    }

    /// The next element, or name of a member.
    mutating func next() -> JSONCursor? {
        skipSpace()
        if place < last, place.pointee == UInt8(ascii: ",") {
            place += 1
            skipSpace()
        }
        guard place < last else { return nil }
        return value()
    }

    mutating func valueBehindName() -> JSONCursor {
        skipSpace()
        place += 1
        skipSpace()
        precondition(place < last, Self.invalid)
        return value()
    }

    private mutating func value() -> JSONCursor {
        let start = place
        switch start.pointee {
        case UInt8(ascii: "\""): place = end(ofStringAt: start)
        case UInt8(ascii: "{"), UInt8(ascii: "["): place = end(ofBracketAt: start)
        default: place = end(ofLiteralAt: start)
        }
        precondition(place <= last, Self.invalid)
        return JSONCursor(start: start, end: place)
    }

    @inline(__always)
    private mutating func skipSpace() {
        while place < last, place.pointee <= 0x20 { place += 1 }
    }

    // MARK: The ends of values

    private func end(ofLiteralAt start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        var place = start
        while place < last {
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
            precondition(place < last, Self.invalid)
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
            while last - place >= 8 {
                let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
                let found = Self.mark(word, UInt8(ascii: "\"")) | Self.mark(word, UInt8(ascii: "\\"))
                if found != 0 {
                    // Little-endian: the lowest mark is that of the first byte.
                    place += found.littleEndian.trailingZeroBitCount / 8
                    break
                }
                place += 8
            }
            precondition(place < last, Self.invalid)
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
