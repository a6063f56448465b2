extension JSONParser {
    /// Whether the object's members before `name`, `count` of them, have its name, however it is escaped.
    ///
    /// Few names are compared one by one. Beyond `JSONNameTable.linearMax` they are hashed, so that an object with
    /// very many members costs no more per member than another.
    @inline(__always)
    mutating func isDuplicate(_ source: Span<UInt8>, name: Int, of object: Int, after count: Int) -> Bool {
        if count >= JSONNameTable.linearMax {
            return isHashedDuplicate(
                source, name: name, of: object, isFirst: count == JSONNameTable.linearMax)
        }
        let added = node(name)
        var index = object + 1
        while index < name {
            let other = node(index)
            if other.isEscaped || added.isEscaped {
                if decoded(source, other) == decoded(source, added) { return true }
            } else if other.length == added.length, sameText(source, other, added) {
                return true
            }
            index = Int(node(index + 1).next)
        }
        return false
    }

    @inline(__always)
    private func sameText(_ source: Span<UInt8>, _ left: JSONNode, _ right: JSONNode) -> Bool {
        var index = 0
        while index < Int(left.length) {
            if source[Int(left.offset) + index] != source[Int(right.offset) + index] { return false }
            index += 1
        }
        return true
    }

    @inline(never)
    private mutating func isHashedDuplicate(
        _ source: Span<UInt8>, name: Int, of object: Int, isFirst: Bool
    ) -> Bool {
        if isFirst {
            var index = object + 1
            while index < name {
                names.insert(decoded(source, node(index)), of: object)
                index = Int(node(index + 1).next)
            }
        }
        return !names.insert(decoded(source, node(name)), of: object)
    }

    private func decoded(_ source: Span<UInt8>, _ node: JSONNode) -> [UInt8] {
        source.extracting(Int(node.offset)..<Int(node.offset + node.length)).withUnsafeBufferPointer {
            node.isEscaped ? JSONText.unescape($0) : [UInt8]($0)
        }
    }
}

/// The names of large objects that are open.
struct JSONNameTable {
    /// Members that are compared one by one before hashing pays.
    static let linearMax = 16

    private struct Key: Hashable {
        let object: Int
        let name: [UInt8]
    }

    private var keys: Set<Key> = []

    /// Adds the name of a member of the object whose node is `object`; false where it was there.
    @discardableResult
    mutating func insert(_ name: [UInt8], of object: Int) -> Bool {
        keys.insert(Key(object: object, name: name)).inserted
    }
}
