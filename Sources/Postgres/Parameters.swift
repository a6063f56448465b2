/// The encoded parameters of one call: one buffer, and where each value lies in it.
package struct Parameters: Sendable {
    private var bytes: [UInt8] = []
    private var fields: [Field] = []

    private struct Field {
        let type: UInt32
        var offset: Int
        /// -1: NULL.
        let length: Int32
    }

    // As many as nearly all calls have, so that all are binary without an array made for it.
    private static let binaryFormats = [Int32](repeating: 1, count: 16)

    package var count: Int { fields.count }

    /// The OIDs of their types, for which a statement is prepared.
    var types: [UInt32] { fields.map(\.type) }

    func areOf(_ types: [UInt32]) -> Bool {
        fields.count == types.count && zip(fields, types).allSatisfy { $0.type == $1 }
    }

    mutating func append<Value: PostgresParameter>(_ value: Value) {
        let offset = bytes.count
        let length = value.encode(into: &bytes) ? Int32(bytes.count - offset) : -1
        append(Field(type: Value.typeOID, offset: offset, length: length))
    }

    mutating func append(contentsOf others: Parameters) {
        let start = bytes.count
        bytes += others.bytes
        for var field in others.fields {
            field.offset += start
            append(field)
        }
    }

    private mutating func append(_ field: Field) {
        fields.append(field)
        precondition(count <= PostgresLimits.parametersMax, "more parameters than the protocol can count")
    }

    /// Hands them to `body` as libpq takes them: values, lengths and formats (all binary).
    func withPointers<Answer>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Answer
    ) -> Answer {
        guard count > 0 else { return body(nil, nil, nil) }
        let formats =
            count <= Self.binaryFormats.count ? Self.binaryFormats : [Int32](repeating: 1, count: count)
        return bytes.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { lengths in
                    for (index, field) in fields.enumerated() {
                        // Only NULL has no address: an empty value takes any, since nothing is read there.
                        let address =
                            bytes.baseAddress.map { $0 + field.offset }
                            ?? UnsafeRawPointer(values.baseAddress)
                        values.initializeElement(
                            at: index,
                            to: field.length < 0 ? nil : address?.assumingMemoryBound(to: CChar.self))
                        lengths.initializeElement(at: index, to: field.length)
                    }
                    return body(
                        UnsafePointer(values.baseAddress), UnsafePointer(lengths.baseAddress), formats)
                }
            }
        }
    }
}
