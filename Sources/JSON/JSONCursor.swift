/// A value in a JSON text that is known to be valid, without a tape: free to copy, valid only inside `withCursor`.
///
/// For walks that pass over most of what they see, as the rendering of stored documents does: each level is scanned
/// once where it is walked, and nothing is allocated. What is not valid after all traps at the end of the text.
package struct JSONCursor: BitwiseCopyable {
    let start: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>

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
        UnsafeBufferPointer(start: start, count: end - start)
    }

    /// The text of this value, of a string without its quotes.
    package var text: UnsafeBufferPointer<UInt8> {
        let quotes = kind == .string ? 1 : 0
        return UnsafeBufferPointer(start: start + quotes, count: end - start - 2 * quotes)
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

    /// The text from the beginning of this value to the end of `last`, which stands behind it in the same text.
    package func text(through last: JSONCursor) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: start, count: last.end - start)
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
        var scan: JSONScan

        init(_ object: JSONCursor) {
            scan = JSONScan(inside: object, .object)
        }

        package mutating func next() -> (name: JSONCursor, value: JSONCursor)? {
            guard let name = nextName() else { return nil }
            return (name, value())
        }

        /// The name of the next member, whose value `value` or `object` takes then.
        package mutating func nextName() -> JSONCursor? { scan.next() }

        /// The value behind the name, whatever it is.
        package mutating func value() -> JSONCursor { scan.valueBehindName() }

        /// The value behind the name, whose members `read` has taken, all of them; nil where it is no object.
        ///
        /// So the value is scanned once.
        package mutating func object(_ read: (inout Members) -> Void) -> JSONCursor? {
            guard let inside = scan.enter() else { return nil }
            let start = inside.place - 1
            var members = Members(inside)
            read(&members)
            precondition(members.scan.isDone, "not all members were read")
            scan.leave(members.scan)
            return JSONCursor(start: start, end: members.scan.place)
        }

        private init(_ scan: JSONScan) {
            self.scan = scan
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

extension JSONCursor {
    /// Runs `body` with a cursor at the value of `text`, which the caller knows to be valid JSON without white space
    /// around it; the cursor must not outlive it.
    package static func with<Result>(trusted text: [UInt8], _ body: (JSONCursor) -> Result) -> Result {
        text.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { preconditionFailure("there is no JSON in no bytes") }
            return body(JSONCursor(start: start, end: start + bytes.count))
        }
    }
}

extension JSONView {
    /// Runs `body` with a cursor here, which must not outlive it.
    package func withCursor<Result>(_ body: (JSONCursor) -> Result) -> Result {
        withRawBytes { bytes in
            guard let start = bytes.baseAddress else { preconditionFailure("a parsed value has bytes") }
            return body(JSONCursor(start: start, end: start + bytes.count))
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

    /// The text of a member of an object, name and value.
    package mutating func member(_ text: UnsafeBufferPointer<UInt8>) { raw(text: text) }

    /// Neighbouring members of an object as they stand there, from the name of the first to the value of the last.
    package mutating func members(from name: JSONCursor, through value: JSONCursor) {
        raw(text: name.text(through: value))
    }
}
