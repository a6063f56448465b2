/// Header fields in their order; names compare without case (RFC 9110 §5.1).
package struct Headers: Sendable {
    package private(set) var fields: [(name: String, value: String)] = []

    package init() {}

    /// The value of the field `name`; several are joined by ", " (RFC 9110 §5.3).
    package subscript(name: String) -> String? {
        let values = fields.filter { isSameName($0.name, name) }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    package mutating func add(_ name: String, _ value: String) {
        fields.append((name, value))
    }

    package mutating func set(_ name: String, _ value: String) {
        remove(name)
        add(name, value)
    }

    package mutating func remove(_ name: String) {
        fields.removeAll { isSameName($0.name, name) }
    }
}

private func isSameName(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count
        && zip(left.utf8, right.utf8).allSatisfy { lowercased($0) == lowercased($1) }
}

private func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}
