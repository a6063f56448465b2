/// The encoded parameters of one call: one buffer, and where each value lies in it.
package struct Parameters: Sendable {
    private var bytes: [UInt8] = []
    // A length of -1 is NULL.
    private var fields: [(offset: Int, length: Int32)] = []
    private(set) var types: [UInt32] = []

    package init() {}

    package var count: Int { fields.count }

    mutating func append<Value: PostgresParameter>(_ value: Value) {
        let offset = bytes.count
        let isPresent = value.encode(into: &bytes)
        fields.append((offset, isPresent ? Int32(bytes.count - offset) : -1))
        types.append(Value.typeOID)
        precondition(count <= PostgresLimits.parametersMax, "more parameters than the protocol can count")
    }

    mutating func append(contentsOf others: Parameters) {
        let start = bytes.count
        bytes += others.bytes
        fields += others.fields.map { (start + $0.offset, $0.length) }
        types += others.types
        precondition(count <= PostgresLimits.parametersMax, "more parameters than the protocol can count")
    }

    /// Hands them to `body` as libpq takes them: values, lengths and formats (all binary).
    func withPointers<Answer>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Answer
    ) -> Answer {
        guard count > 0 else { return body(nil, nil, nil) }
        let lengths = fields.map(\.length)
        let formats = [Int32](repeating: 1, count: count)
        return bytes.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
                for (index, field) in fields.enumerated() {
                    // Only NULL has no address: an empty value takes any, since nothing is read there.
                    let address =
                        bytes.baseAddress.map { $0 + field.offset } ?? UnsafeRawPointer(values.baseAddress)
                    values.initializeElement(
                        at: index,
                        to: field.length < 0 ? nil : address?.assumingMemoryBound(to: CChar.self))
                }
                return body(UnsafePointer(values.baseAddress), lengths, formats)
            }
        }
    }
}
