/// A place in a JSON text that is known to be valid, without a tape: free to copy, valid only inside `withCursor`.
///
/// For walks that pass over most of what they see, as the rendering of stored documents does: a value is scanned
/// where it is looked at, and nothing is allocated. What is not valid after all traps at the end of the text.
package struct JSONCursor: BitwiseCopyable {
    /// The first byte of the value.
    let start: UnsafePointer<UInt8>
    /// The end of the whole text.
    let limit: UnsafePointer<UInt8>

    package var kind: JSONKind {
        switch start.pointee {
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "t"): .true
        case UInt8(ascii: "f"): .false
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }

    /// The text of this value, with a string's quotes.
    package var rawText: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: start, count: JSONScan.end(ofValueAt: start, limit) - start)
    }

    /// The text of this value, of a string without its quotes.
    package var text: UnsafeBufferPointer<UInt8> {
        let raw = rawText
        return kind == .string ? UnsafeBufferPointer(rebasing: raw[1..<raw.count - 1]) : raw
    }

    /// The value of a string.
    package var string: String? {
        guard kind == .string else { return nil }
        let text = text
        return text.contains(UInt8(ascii: "\\"))
            ? String(decoding: JSONText.unescape(text), as: UTF8.self) : String(decoding: text, as: UTF8.self)
    }

    /// Whether this is the string `text`, byte by byte.
    package func isString(_ text: String) -> Bool {
        guard kind == .string else { return false }
        let own = self.text
        if own.contains(UInt8(ascii: "\\")) { return string?.utf8.elementsEqual(text.utf8) ?? false }
        var text = text
        return text.withUTF8 { sameBytes(own, $0) }
    }

    /// The member of this name; nothing too where this is no object.
    package subscript(name: String) -> JSONCursor? {
        members.first { $0.name.isString(name) }?.value
    }

    /// Members in the order of the text; none where this is no object.
    package var members: Members { Members(self) }

    /// Elements in order; none where this is no array.
    package var elements: Elements { Elements(self) }

    package struct Members: Sequence, IteratorProtocol {
        private var scan: JSONScan

        init(_ object: JSONCursor) {
            scan = JSONScan(inside: object, .object)
        }

        package mutating func next() -> (name: JSONCursor, value: JSONCursor)? {
            guard let name = scan.next() else { return nil }
            return (name, scan.valueBehindName())
        }
    }

    package struct Elements: Sequence, IteratorProtocol {
        private var scan: JSONScan

        init(_ array: JSONCursor) {
            scan = JSONScan(inside: array, .array)
        }

        package mutating func next() -> JSONCursor? { scan.next() }
    }
}

/// A walk over the members or elements of one value.
struct JSONScan {
    /// The value that was given last, or the opening bracket.
    private var place: UnsafePointer<UInt8>
    private let limit: UnsafePointer<UInt8>
    private var state: State

    private enum State {
        case atBracket, atValue, done
    }

    init(inside value: JSONCursor, _ kind: JSONKind) {
        place = value.start
        limit = value.limit
        state = value.kind == kind ? .atBracket : .done
    }

    /// The next element, or name of a member.
    mutating func next() -> JSONCursor? {
        guard state != .done else { return nil }
        place = state == .atBracket ? place + 1 : Self.end(ofValueAt: place, limit)
        state = .atValue
        skipSpace()
        switch place.pointee {
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            state = .done
            return nil
        case UInt8(ascii: ","):
            place += 1
            skipSpace()
        default: break
        }
        return JSONCursor(start: place, limit: limit)
    }

    mutating func valueBehindName() -> JSONCursor {
        place = Self.end(ofStringAt: place, limit)
        skipSpace()
        place += 1
        skipSpace()
        return JSONCursor(start: place, limit: limit)
    }

    private mutating func skipSpace() {
        while true {
            precondition(place < limit, Self.invalid)
            guard place.pointee <= 0x20 else { return }
            place += 1
        }
    }

    // MARK: The ends of values

    private static var invalid: String { "a JSON text that was said to be valid is not" }

    static func end(
        ofValueAt start: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8> {
        switch start.pointee {
        case UInt8(ascii: "\""): return end(ofStringAt: start, limit)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return end(ofBracketAt: start, limit)
        default:
            var place = start
            while place < limit {
                switch place.pointee {
                case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), ...0x20: return place
                default: place += 1
                }
            }
            return place
        }
    }

    private static func end(
        ofBracketAt start: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8> {
        var place = start
        var depth = 0
        repeat {
            precondition(place < limit, invalid)
            switch place.pointee {
            case UInt8(ascii: "\""):
                place = end(ofStringAt: place, limit)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            place += 1
        } while depth > 0
        return place
    }

    /// Looks at eight bytes at a time while none is a quote or a backslash.
    static func end(
        ofStringAt start: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8> {
        var place = start + 1
        while true {
            while limit - place >= 8 {
                let word = UnsafeRawPointer(place).loadUnaligned(as: UInt64.self)
                let found = mark(word, UInt8(ascii: "\"")) | mark(word, UInt8(ascii: "\\"))
                if found != 0 {
                    // Little-endian: the lowest mark is that of the first byte.
                    place += found.littleEndian.trailingZeroBitCount / 8
                    break
                }
                place += 8
            }
            precondition(place < limit, invalid)
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

extension JSONCursor {
    /// Runs `body` with a cursor at the value of `text`, which the caller knows to be valid JSON without white space
    /// before it; the cursor must not outlive it.
    package static func with<Result>(trusted text: [UInt8], _ body: (JSONCursor) -> Result) -> Result {
        text.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { preconditionFailure("there is no JSON in no bytes") }
            return body(JSONCursor(start: start, limit: start + bytes.count))
        }
    }
}

extension JSONView {
    /// Runs `body` with a cursor here, which must not outlive it.
    package func withCursor<Result>(_ body: (JSONCursor) -> Result) -> Result {
        tape.source.withUnsafeBufferPointer { source in
            guard let source = source.baseAddress else { preconditionFailure("a parsed document has bytes") }
            return body(JSONCursor(start: source + rawRange.lowerBound, limit: source + rawRange.upperBound))
        }
    }
}

extension JSONWriter {
    /// A value of a document as it stands there, with its white space.
    package mutating func raw(_ cursor: JSONCursor) { raw(text: cursor.rawText) }

    /// A name, or another string, of a document, as it is escaped there.
    package mutating func name(_ name: JSONCursor) {
        raw(text: name.rawText)
        colon()
    }
}
