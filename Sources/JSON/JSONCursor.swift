/// A place on a tape without a hold on it: free to copy, valid only inside `JSONView.withCursor`.
///
/// For walks through whole documents, where the reference counts of `JSONView` would cost more than the walk.
package struct JSONCursor: BitwiseCopyable {
    @usableFromInline let source: UnsafePointer<UInt8>
    @usableFromInline let nodes: UnsafePointer<JSONNode>
    @usableFromInline let index: Int

    @inlinable
    init(source: UnsafePointer<UInt8>, nodes: UnsafePointer<JSONNode>, index: Int) {
        self.source = source
        self.nodes = nodes
        self.index = index
    }

    @inlinable package var kind: JSONKind { nodes[index].kind }

    /// Whether `text` is not the value of a string, because it contains escapes.
    @inlinable package var isEscaped: Bool { nodes[index].isEscaped }

    /// The text of this value in the source, of a string without its quotes.
    @inlinable package var text: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: source + Int(nodes[index].offset), count: Int(nodes[index].length))
    }

    /// The text of this value in the source, with a string's quotes.
    @inlinable package var rawText: UnsafeBufferPointer<UInt8> {
        let quotes = kind == .string ? 1 : 0
        return UnsafeBufferPointer(
            start: text.baseAddress.map { $0 - quotes }, count: text.count + 2 * quotes)
    }

    /// The value of a string.
    package var string: String? {
        guard kind == .string else { return nil }
        return isEscaped
            ? String(decoding: JSONText.unescape(text), as: UTF8.self) : String(decoding: text, as: UTF8.self)
    }

    /// Whether this is the string `text`, byte by byte.
    package func isString(_ text: String) -> Bool {
        guard kind == .string else { return false }
        if isEscaped { return string?.utf8.elementsEqual(text.utf8) ?? false }
        return self.text.elementsEqual(text.utf8)
    }

    /// The member of this name; nothing too where this is no object.
    package subscript(name: String) -> JSONCursor? {
        members.first { $0.name.isString(name) }?.value
    }

    /// Members in the order of the text; none where this is no object.
    @inlinable package var members: Members { Members(self) }

    /// Elements in order; none where this is no array.
    @inlinable package var elements: Elements { Elements(self) }

    package struct Members: Sequence, IteratorProtocol {
        @usableFromInline var place: JSONCursor
        @usableFromInline let end: Int

        @inlinable
        init(_ object: JSONCursor) {
            place = object.moved(to: object.index + 1)
            end = object.kind == .object ? Int(object.nodes[object.index].next) : 0
        }

        @inlinable
        package mutating func next() -> (name: JSONCursor, value: JSONCursor)? {
            guard place.index < end else { return nil }
            let name = place
            let value = place.moved(to: place.index + 1)
            place = place.moved(to: Int(value.nodes[value.index].next))
            return (name, value)
        }
    }

    package struct Elements: Sequence, IteratorProtocol {
        @usableFromInline var place: JSONCursor
        @usableFromInline let end: Int

        @inlinable
        init(_ array: JSONCursor) {
            place = array.moved(to: array.index + 1)
            end = array.kind == .array ? Int(array.nodes[array.index].next) : 0
        }

        @inlinable
        package mutating func next() -> JSONCursor? {
            guard place.index < end else { return nil }
            let element = place
            place = place.moved(to: Int(element.nodes[element.index].next))
            return element
        }
    }

    @inlinable
    func moved(to index: Int) -> JSONCursor { JSONCursor(source: source, nodes: nodes, index: index) }
}

extension JSONView {
    /// Runs `body` with a cursor here, which must not outlive it.
    package func withCursor<Result>(_ body: (JSONCursor) -> Result) -> Result {
        tape.source.withUnsafeBufferPointer { source in
            tape.nodes.withUnsafeBufferPointer { nodes in
                guard let source = source.baseAddress, let nodes = nodes.baseAddress else {
                    preconditionFailure("a parsed document has bytes and nodes")
                }
                return body(JSONCursor(source: source, nodes: nodes, index: index))
            }
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
