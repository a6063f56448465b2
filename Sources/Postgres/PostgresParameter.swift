/// A value that a statement takes as a parameter, in PostgreSQL's binary format.
package protocol PostgresParameter: Sendable {
    /// The OID of its type (`pg_type`): a statement is prepared for the types of its first call.
    static var typeOID: UInt32 { get }

    /// Appends its bytes as the type's `…recv` function reads them; false: it is NULL.
    func encode(into bytes: inout [UInt8]) -> Bool
}

/// A parameter that may stand in an array.
package protocol PostgresElement: PostgresParameter {
    /// The OID of the type of arrays of it.
    static var arrayOID: UInt32 { get }
}

/// The UTF-8 text of a JSON document, for a parameter of type jsonb.
package struct JSONB: Hashable, Sendable {
    package var text: [UInt8]

    package init(_ text: [UInt8]) {
        self.text = text
    }
}

/// The UTF-8 bytes of a text, for a parameter of type text.
package struct UTF8Text: Hashable, Sendable {
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

/// A moment for a parameter of type timestamptz, in microseconds since 1970-01-01T00:00:00Z.
package struct PostgresTimestamp: Hashable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// 2000-01-01T00:00:00Z, from which PostgreSQL counts.
    static let epoch: Int64 = 946_684_800_000_000
}

extension String: PostgresElement {
    package static var typeOID: UInt32 { 25 }
    package static var arrayOID: UInt32 { 1009 }
    package func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(contentsOf: utf8)
        return true
    }
}

extension UTF8Text: PostgresElement {
    package static var typeOID: UInt32 { String.typeOID }
    package static var arrayOID: UInt32 { String.arrayOID }
    package func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(contentsOf: self.bytes)
        return true
    }
}

extension Bool: PostgresElement {
    package static var typeOID: UInt32 { 16 }
    package static var arrayOID: UInt32 { 1000 }
    package func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(self ? 1 : 0)
        return true
    }
}

extension Int32: PostgresElement {
    package static var typeOID: UInt32 { 23 }
    package static var arrayOID: UInt32 { 1007 }
    package func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(bigEndian: UInt32(bitPattern: self))
        return true
    }
}

extension Int64: PostgresElement {
    package static var typeOID: UInt32 { 20 }
    package static var arrayOID: UInt32 { 1016 }
    package func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(bigEndian: UInt64(bitPattern: self))
        return true
    }
}

extension Double: PostgresElement {
    package static var typeOID: UInt32 { 701 }
    package static var arrayOID: UInt32 { 1022 }
    package func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(bigEndian: bitPattern)
        return true
    }
}

extension JSONB: PostgresElement {
    package static var typeOID: UInt32 { 3802 }
    package static var arrayOID: UInt32 { 3807 }
    /// The version of jsonb's binary format, before its text.
    static let version: UInt8 = 1

    package func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(Self.version)
        bytes.append(contentsOf: text)
        return true
    }
}

extension PostgresTimestamp: PostgresElement {
    package static var typeOID: UInt32 { 1184 }
    package static var arrayOID: UInt32 { 1185 }
    package func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(bigEndian: UInt64(bitPattern: microseconds - Self.epoch))
        return true
    }
}

extension Optional: PostgresParameter where Wrapped: PostgresParameter {
    package static var typeOID: UInt32 { Wrapped.typeOID }
    package func encode(into bytes: inout [UInt8]) -> Bool {
        guard let value = self else { return false }
        return value.encode(into: &bytes)
    }
}

extension Optional: PostgresElement where Wrapped: PostgresElement {
    package static var arrayOID: UInt32 { Wrapped.arrayOID }
}

/// Bytes, for a parameter of type bytea.
///
/// A type of its own: `[UInt8]` would be an array of what PostgreSQL does not have.
package struct ByteString: Hashable, Sendable {
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension ByteString: PostgresElement {
    package static var typeOID: UInt32 { 17 }
    package static var arrayOID: UInt32 { 1001 }
    package func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(contentsOf: self.bytes)
        return true
    }
}

extension Array: PostgresParameter where Element: PostgresElement {
    package static var typeOID: UInt32 { Element.arrayOID }

    /// One dimension, lower bound 1: (dimensions, has NULLs, element type, count, lower bound) and the elements.
    package func encode(into bytes: inout [UInt8]) -> Bool {
        bytes.append(bigEndian: UInt32(isEmpty ? 0 : 1))
        // PostgreSQL looks for NULLs itself; the flag has to be 0 or 1, no more.
        bytes.append(bigEndian: UInt32(0))
        bytes.append(bigEndian: Element.typeOID)
        guard !isEmpty else { return true }
        bytes.append(bigEndian: UInt32(count))
        bytes.append(bigEndian: UInt32(1))
        for element in self { bytes.appendField(element) }
        return true
    }
}

extension [UInt8] {
    mutating func append<Number: FixedWidthInteger>(bigEndian number: Number) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    /// Appends `value` after its length, which is -1 for NULL.
    mutating func appendField(_ value: some PostgresParameter) {
        let start = count
        append(bigEndian: UInt32.max)
        guard value.encode(into: &self) else {
            removeSubrange((start + 4)...)
            return
        }
        let length = UInt32(count - start - 4)
        for index in 0..<4 {
            self[start + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32(index)))
        }
    }
}
