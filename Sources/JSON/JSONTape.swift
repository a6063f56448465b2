@usableFromInline
package enum JSONKind: UInt8, BitwiseCopyable, Sendable {
    case null, `true`, `false`, number, string, array, object
}

/// One value, or one member's name, of a parsed text: 16 bytes that point into the source.
@usableFromInline
struct JSONNode: BitwiseCopyable, Sendable {
    /// First byte of the text; of a string, the byte after its quote.
    @usableFromInline var offset: UInt32
    /// Bytes of the text; of a string without its quotes.
    @usableFromInline var length: UInt32
    /// Index of the node that follows this one and all below it; zero while it is still being read.
    @usableFromInline var next: UInt32
    @usableFromInline var kind: JSONKind
    /// Whether a string contains escapes, so that its bytes are not its value; whether an array or object is not as
    /// `JSONWriter` would write it: it has white space, or escapes of what need not be escaped.
    @usableFromInline var isEscaped: Bool
    /// Members or elements, saturating: at `countMax` they have to be counted.
    var count: UInt16

    static let countMax = UInt16.max
}

/// The flat tape: the source and its nodes in document order, a name before its value.
final class JSONTape: Sendable {
    let source: [UInt8]
    let nodes: [JSONNode]
    /// Whether the names of an object are known to differ.
    let hasUniqueNames: Bool

    init(source: [UInt8], nodes: [JSONNode], hasUniqueNames: Bool) {
        self.source = source
        self.nodes = nodes
        self.hasUniqueNames = hasUniqueNames
    }

    /// The bytes of a node's text, of a string without its quotes.
    @inline(__always)
    func withText<Result>(of node: JSONNode, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        source.withUnsafeBufferPointer { bytes in
            body(UnsafeBufferPointer(rebasing: bytes[Int(node.offset)..<Int(node.offset + node.length)]))
        }
    }

    /// Whether the string at `node` is `text`, byte by byte (Swift's `==` would equate normal forms).
    @inline(__always)
    func string(_ node: JSONNode, is text: UnsafeBufferPointer<UInt8>) -> Bool {
        if node.isEscaped {
            return withText(of: node) { JSONText.unescape($0).elementsEqual(text) }
        }
        return withText(of: node) { sameBytes($0, text) }
    }

    func string(_ node: JSONNode) -> String {
        withText(of: node) { bytes in
            node.isEscaped
                ? String(decoding: JSONText.unescape(bytes), as: UTF8.self)
                : String(decoding: bytes, as: UTF8.self)
        }
    }
}

/// A parsed JSON text (RFC 8259): the retained source and one flat array of nodes.
package struct JSONDocument: Sendable {
    let tape: JSONTape

    /// Reads one whole text.
    ///
    /// Refused besides malformed text: duplicate names, lone surrogates, U+0000, a byte order mark, and
    /// what is beyond the limits.
    package init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
        var parser = JSONParser(length: bytes.count, limits: limits)
        do throws(JSONFault) {
            try parser.document(bytes.span)
        } catch {
            let path = JSONPointer.ofOpenValue(source: bytes, nodes: parser.nodes)
            throw JSONError(offset: parser.position, path: path, reason: "\(error.reason)")
        }
        tape = JSONTape(source: bytes, nodes: parser.nodes, hasUniqueNames: !limits.allowsDuplicateNames)
    }

    package var root: JSONView { JSONView(tape: tape, index: 0) }

    /// The text as it was received.
    package var source: [UInt8] { tape.source }
}
