package import JSON

/// The attributes of an entity by stored name: a stored document, and what was changed of it.
///
/// Only what is touched leaves the tape, so that the update of one attribute costs that attribute.
package struct Attributes: Sendable {
    private struct Edit: Sendable {
        let name: String
        /// None: removed.
        var instances: [AttributeInstance]
    }

    private let stored: JSONView?
    private var edits: [Edit] = []
    /// Where each name is in `edits`; kept only beyond `linearMax`, where looking one by one gets slow.
    private var places: [String: Int]?

    /// Edits up to which comparing names one by one is quicker than hashing them.
    private static let linearMax = 16

    package init() {
        stored = nil
    }

    /// - Parameter stored: the root of a document in storage form.
    package init(stored: JSONView) {
        self.stored = stored
    }

    /// The instances of an attribute; none where there is no such attribute.
    package subscript(name: String) -> [AttributeInstance] {
        get {
            if let place = place(of: name) { return edits[place].instances }
            return stored?[name].map { AttributeInstance.all($0) } ?? []
        }
        set {
            if let place = place(of: name) {
                edits[place].instances = newValue
                return
            }
            places?[name] = edits.count
            edits.append(Edit(name: name, instances: newValue))
            if places == nil, edits.count > Attributes.linearMax {
                places = Dictionary(uniqueKeysWithValues: edits.indices.map { (edits[$0].name, $0) })
            }
        }
    }

    /// What `stored` finds in the attribute `name` as it was read, or `edited` in its instances; nil: there is none.
    func find<Found>(
        _ name: String, stored: (JSONView) -> Found, edited: ([AttributeInstance]) -> Found
    ) -> Found? {
        if let place = place(of: name) { return edited(edits[place].instances) }
        return self.stored?[name].map(stored)
    }

    /// Makes room for changes of `count` attributes.
    mutating func reserve(_ count: Int) { edits.reserveCapacity(count) }

    package func contains(_ name: String) -> Bool {
        if let place = place(of: name) { return !edits[place].instances.isEmpty }
        return stored?[name] != nil
    }

    /// Stored names, in the order of the document.
    package var names: [String] {
        var names: [String] = []
        names.reserveCapacity((stored?.count ?? 0) + edits.count)
        forEach(stored: { name, _ in names.append(name.string ?? "") }, edited: { names.append($0.name) })
        return names
    }

    /// The stored names that were touched since the document was read.
    package var touched: [String] { edits.map(\.name) }

    /// The stored names in which this may differ from `original`; nil where it was not made from it.
    package func touched(since original: Attributes) -> [String]? {
        guard original.edits.isEmpty, let stored, let before = original.stored, stored.isIdentical(to: before)
        else { return nil }
        return touched
    }

    package var isEmpty: Bool { names.isEmpty }

    /// The attributes in storage form: each in a line of its own, so that SQL finds one without parsing all, and with
    /// a mark where it is not served as it is stored.
    package var document: [UInt8] {
        var writer = JSONWriter(reserving: (stored?.rawRange.count ?? 0) + 256)
        writer.beginObject()
        forEach(
            stored: { name, value in
                writer.beginLine()
                writer.name(name)
                writer.raw(value)
                writer.mark(value.lineMark(else: .blank))
            },
            edited: { edit in
                writer.beginLine()
                writer.name(edit.name)
                AttributeInstance.write(edit.instances, into: &writer)
                writer.mark(AttributeInstance.mark(of: edit.instances, named: edit.name))
            })
        writer.endLines()
        writer.endObject()
        return writer.bytes
    }

    private func place(of name: String) -> Int? {
        if let places { return places[name] }
        return edits.firstIndex { $0.name == name }
    }

    private func forEach(stored body: (JSONView, JSONView) -> Void, edited: (Edit) -> Void) {
        var isWritten = [Bool](repeating: false, count: edits.count)
        if let stored {
            for (name, value) in stored.members {
                guard let place = placeOfEdit(replacing: name) else {
                    body(name, value)
                    continue
                }
                isWritten[place] = true
                if !edits[place].instances.isEmpty { edited(edits[place]) }
            }
        }
        for (place, edit) in edits.enumerated() where !isWritten[place] && !edit.instances.isEmpty {
            edited(edit)
        }
    }

    private func placeOfEdit(replacing name: JSONView) -> Int? {
        if places != nil { return name.string.flatMap(place(of:)) }
        return edits.firstIndex { name.isString($0.name) }
    }
}

extension Attributes {
    /// What `stored` and `edited` find in each attribute that is there, in the order of the document.
    func flatMap<Found>(
        stored: (_ name: JSONView, _ value: JSONView) -> [Found],
        edited: (_ name: String, _ instances: [AttributeInstance]) -> [Found]
    ) -> [Found] {
        var found: [Found] = []
        forEach(
            stored: { found += stored($0, $1) },
            edited: { found += edited($0.name, $0.instances) })
        return found
    }
}

extension Attributes: Equatable {
    package static func == (left: Attributes, right: Attributes) -> Bool {
        let names = left.names
        return Set(names) == Set(right.names) && names.allSatisfy { left[$0] == right[$0] }
    }
}
