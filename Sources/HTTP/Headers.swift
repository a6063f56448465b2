/// Header fields in their order; names compare without case (RFC 9110 §5.1).
///
/// The text of all fields stands in one buffer and a field is a range of it: a request of twenty fields
/// costs two allocations, and a `String` is made where one is asked for.
package struct Headers: Sendable {
    private var bytes: [UInt8]
    private var slices: [Slice]

    /// Where a field's name and its value stand in `bytes`.
    struct Slice: Sendable {
        var name: Range<Int>
        var value: Range<Int>
    }

    package init() {
        bytes = []
        slices = []
    }

    /// Fields that a parser has found in `bytes`.
    init(bytes: [UInt8], slices: [Slice]) {
        self.bytes = bytes
        self.slices = slices
    }

    package var isEmpty: Bool { slices.isEmpty }

    /// All fields as text.
    package var fields: [(name: String, value: String)] {
        slices.map { (text($0.name), text($0.value)) }
    }

    /// The value of the field `name`; several are joined by ", " (RFC 9110 §5.3).
    package subscript(name: String) -> String? {
        var found: String?
        for slice in slices where matches(slice, name) {
            found = found.map { "\($0), \(text(slice.value))" } ?? text(slice.value)
        }
        return found
    }

    package func contains(_ name: String) -> Bool {
        slices.contains { matches($0, name) }
    }

    /// Whether the field `name` has `token` among its comma-separated values, compared without case.
    package func contains(_ token: String, in name: String) -> Bool {
        slices.contains { slice in
            matches(slice, name)
                && bytes[slice.value].split(separator: UInt8(ascii: ",")).contains { part in
                    isSame(part.trimmed, token)
                }
        }
    }

    /// Appends a field; control characters in its value become spaces, so that no text from outside can
    /// carry another field along.
    package mutating func add(_ name: String, _ value: String) {
        if slices.isEmpty { reserve() }
        let start = bytes.count
        bytes.append(contentsOf: name.utf8)
        let middle = bytes.count
        bytes.append(contentsOf: value.utf8)
        for index in middle..<bytes.count where !Characters.isFieldValue(bytes[index]) { bytes[index] = 0x20 }
        slices.append(Slice(name: start..<middle, value: middle..<bytes.count))
    }

    /// Room for the fields of a usual answer.
    private mutating func reserve() {
        bytes.reserveCapacity(256)
        slices.reserveCapacity(6)
    }

    package mutating func set(_ name: String, _ value: String) {
        remove(name)
        add(name, value)
    }

    // The text stays in the buffer: headers are short-lived, and removing is rare.
    package mutating func remove(_ name: String) {
        slices.removeAll { [bytes] in isSame(bytes[$0.name], name) }
    }

    /// Calls `body` with the bytes of each field's name and value, in order.
    func forEachField(_ body: (_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Void) {
        for slice in slices { body(bytes[slice.name], bytes[slice.value]) }
    }

    /// The bytes of the value of the first field `name`.
    func bytes(of name: String) -> ArraySlice<UInt8>? {
        slices.first { matches($0, name) }.map { bytes[$0.value] }
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private func matches(_ slice: Slice, _ name: String) -> Bool {
        isSame(bytes[slice.name], name)
    }
}

/// Whether the bytes are `text`, apart from the case of ASCII letters.
func isSame(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
    guard bytes.count == text.utf8.count else { return false }
    var index = bytes.startIndex
    for byte in text.utf8 {
        guard lowercased(bytes[index]) == lowercased(byte) else { return false }
        index += 1
    }
    return true
}

func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}

extension ArraySlice<UInt8> {
    /// Without the spaces and tabs at both ends (OWS, RFC 9110 §5.6.3).
    var trimmed: ArraySlice<UInt8> {
        var slice = self
        while let first = slice.first, first == 0x20 || first == 0x09 { slice.removeFirst() }
        while let last = slice.last, last == 0x20 || last == 0x09 { slice.removeLast() }
        return slice
    }
}
