/// Writes compact JSON; commas are its own business.
///
/// The caller's calls have to nest: a name before each value inside an object, an end for each begin.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    /// Whether something stands before the place to write to that a comma has to separate.
    var needsComma = false

    package init(reserving capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// Makes room for `capacity` bytes in all.
    package mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Forgets what was written and keeps the room.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    package mutating func beginObject() { begin(UInt8(ascii: "{")) }
    package mutating func endObject() { end(UInt8(ascii: "}")) }
    package mutating func beginArray() { begin(UInt8(ascii: "[")) }
    package mutating func endArray() { end(UInt8(ascii: "]")) }

    package mutating func name(_ name: String) {
        string(name)
        colon()
    }

    /// A name without anything to escape, known when the program was written.
    package mutating func name(constant name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        append(name)
        bytes.append(UInt8(ascii: "\""))
        colon()
    }

    /// A name whose UTF-8 is at hand.
    package mutating func name(utf8 name: UnsafeBufferPointer<UInt8>) {
        string(utf8: name)
        colon()
    }

    /// A name, or another string, of a document, as it is escaped there.
    package mutating func name(_ name: JSONView) {
        raw(name)
        colon()
    }

    package mutating func string(_ string: String) {
        var string = string
        string.withUTF8 { self.string(utf8: $0) }
    }

    /// A string whose UTF-8 is at hand.
    package mutating func string(utf8 string: UnsafeBufferPointer<UInt8>) {
        separate()
        quote(string)
    }

    private mutating func quote(_ string: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        var index = 0
        while index < string.count {
            if Self.isEscaped(string[index]) {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: string[start..<index]))
                escape(string[index])
                start = index + 1
            }
            index += 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: string[start...]))
        bytes.append(UInt8(ascii: "\""))
    }

    /// A text that is known to be a JSON number.
    package mutating func number(_ text: String) { literal(text) }

    package mutating func number(_ number: JSONNumber) { literal(number.text) }
    package mutating func int(_ value: Int) { literal(String(value)) }
    package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }
    package mutating func null() { literal("null") }

    /// Bytes that are one JSON value, as they are.
    package mutating func raw(_ text: [UInt8]) { raw(text[...]) }

    /// Bytes that are one JSON value, as they are.
    package mutating func raw(_ text: ArraySlice<UInt8>) {
        separate()
        bytes.append(contentsOf: text)
    }

    /// A value of a document, compact; numbers verbatim, strings with no escape that need not be one.
    package mutating func raw(_ view: JSONView) {
        view.tape.nodes.withUnsafeBufferPointer { nodes in
            view.tape.source.withUnsafeBufferPointer { source in
                separate()
                append(view.index, of: nodes, source)
            }
        }
    }

    /// Appends the value at a node; returns the index of the node after it.
    @discardableResult
    private mutating func append(
        _ index: Int, of nodes: UnsafeBufferPointer<JSONNode>, _ source: UnsafeBufferPointer<UInt8>
    ) -> Int {
        let node = nodes[index]
        let end = Int(node.next)
        guard node.isEscaped else {
            let quote = node.kind == .string ? 1 : 0
            let text = Int(node.offset) - quote..<Int(node.offset + node.length) + quote
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[text]))
            return end
        }
        guard node.kind != .string else {
            let text = source[Int(node.offset)..<Int(node.offset + node.length)]
            JSONText.unescape(UnsafeBufferPointer(rebasing: text)).withUnsafeBufferPointer { quote($0) }
            return end
        }
        bytes.append(node.kind == .array ? UInt8(ascii: "[") : UInt8(ascii: "{"))
        var child = index + 1
        while child < end {
            if child > index + 1 { bytes.append(UInt8(ascii: ",")) }
            if node.kind == .object {
                child = append(child, of: nodes, source)
                bytes.append(UInt8(ascii: ":"))
            }
            child = append(child, of: nodes, source)
        }
        bytes.append(node.kind == .array ? UInt8(ascii: "]") : UInt8(ascii: "}"))
        return end
    }

    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .number(let value): number(value)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object): self.object(object)
        }
    }

    package mutating func object(_ object: JSONObject) {
        beginObject()
        for (name, value) in object {
            self.name(name)
            self.value(value)
        }
        endObject()
    }

    mutating func raw(text: UnsafeBufferPointer<UInt8>) {
        separate()
        bytes.append(contentsOf: text)
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    mutating func colon() {
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func literal(_ text: String) {
        separate()
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    @inline(__always)
    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        let letter: UInt8? =
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
            case 0x08: UInt8(ascii: "b")
            case 0x09: UInt8(ascii: "t")
            case 0x0A: UInt8(ascii: "n")
            case 0x0C: UInt8(ascii: "f")
            case 0x0D: UInt8(ascii: "r")
            default: nil
            }
        bytes.append(UInt8(ascii: "\\"))
        if let letter { return bytes.append(letter) }
        let digits: StaticString = "0123456789abcdef"
        bytes.append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")])
        bytes.append(digits.utf8Start[Int(byte >> 4)])
        bytes.append(digits.utf8Start[Int(byte & 15)])
    }
}
