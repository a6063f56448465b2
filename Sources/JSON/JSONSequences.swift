/// The members of an object, in the order of the text; none where the view is no object.
package struct JSONMembers: Sequence, Sendable {
    let view: JSONView

    package func makeIterator() -> Iterator { Iterator(view) }

    package struct Iterator: IteratorProtocol {
        private let tape: JSONTape
        private var index: Int
        private let end: Int

        init(_ view: JSONView) {
            tape = view.tape
            index = view.index + 1
            end = view.kind == .object ? Int(view.node.next) : 0
        }

        package mutating func next() -> (name: JSONView, value: JSONView)? {
            guard index < end else { return nil }
            let name = JSONView(tape: tape, index: index)
            let value = JSONView(tape: tape, index: index + 1)
            index = Int(value.node.next)
            return (name, value)
        }
    }
}

/// The elements of an array in order; none where the view is no array.
package struct JSONElements: Sequence, Sendable {
    let view: JSONView

    package func makeIterator() -> Iterator { Iterator(view) }

    package struct Iterator: IteratorProtocol {
        private let tape: JSONTape
        private var index: Int
        private let end: Int

        init(_ view: JSONView) {
            tape = view.tape
            index = view.index + 1
            end = view.kind == .array ? Int(view.node.next) : 0
        }

        package mutating func next() -> JSONView? {
            guard index < end else { return nil }
            defer { index = Int(tape.nodes[index].next) }
            return JSONView(tape: tape, index: index)
        }
    }
}

extension JSONView {
    /// Members in the order of the text.
    ///
    /// No step allocates.
    package var members: JSONMembers { JSONMembers(view: self) }

    /// Elements in order.
    ///
    /// No step allocates.
    package var elements: JSONElements { JSONElements(view: self) }
}
