/// A value inside a parsed document: a cursor that is cheap to copy and keeps the document alive.
package struct JSONView: Sendable {
    let tape: JSONTape
    let index: Int

    @inline(__always) var node: JSONNode { tape.nodes[index] }

    package var kind: JSONKind { node.kind }

    /// Members of an object, elements of an array, else zero.
    package var count: Int {
        let node = node
        guard node.count == JSONNode.countMax else { return Int(node.count) }
        return kind == .object
            ? members.reduce(0) { sum, _ in sum + 1 } : elements.reduce(0) { sum, _ in sum + 1 }
    }

    /// The member of this name; nothing too where this is no object.
    package subscript(name: String) -> JSONView? {
        guard kind == .object else { return nil }
        var name = name
        return name.withUTF8 { text in
            let end = Int(node.next)
            var child = index + 1
            while child < end {
                if tape.string(tape.nodes[child], is: text) { return JSONView(tape: tape, index: child + 1) }
                child = Int(tape.nodes[child + 1].next)
            }
            return nil
        }
    }

    /// The value of a string.
    package var string: String? { kind == .string ? tape.string(node) : nil }

    /// Whether this is the string `text`, byte by byte.
    package func isString(_ text: String) -> Bool {
        guard kind == .string else { return false }
        var text = text
        return text.withUTF8 { tape.string(node, is: $0) }
    }

    package var bool: Bool? {
        switch kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    package var number: JSONNumber? {
        kind == .number
            ? tape.withText(of: node) { JSONNumber(text: String(decoding: $0, as: UTF8.self)) } : nil
    }

    package var isNull: Bool { kind == .null }

    /// Whether this is the very value of the very document that `other` is.
    package func isIdentical(to other: JSONView) -> Bool {
        tape === other.tape && index == other.index
    }

    /// The text of this value in the source, with a string's quotes.
    package var rawBytes: ArraySlice<UInt8> { tape.source[rawRange] }

    /// The bytes of `rawBytes`, without a copy of the array.
    package func withRawBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        tape.source.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[rawRange])) }
    }

    /// Where the text of this value stands in the source.
    package var rawRange: Range<Int> {
        let quotes = kind == .string ? 1 : 0
        return Int(node.offset) - quotes..<Int(node.offset + node.length) + quotes
    }

    /// The value of a string as UTF-8: its bytes in the source unless it contains escapes.
    package func withStringBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        guard kind == .string else { return nil }
        return tape.withText(of: node) { text in
            node.isEscaped ? JSONText.unescape(text).withUnsafeBufferPointer(body) : body(text)
        }
    }

    /// The same without a result, and not generic: a generic function of another module is not specialized, which
    /// counts where every name of a payload is asked.
    package func readStringBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        guard kind == .string else { return }
        tape.withText(of: node) { text in
            if node.isEscaped { JSONText.unescape(text).withUnsafeBufferPointer(body) } else { body(text) }
        }
    }

    /// JSON Pointer (RFC 6901) of this value, worked out on demand.
    package var path: String { JSONPointer.of(index, in: tape) }
}
