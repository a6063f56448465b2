import CLibPQ

/// What a call gave back: rows of values in binary format, in libpq's memory.
///
/// Rows and columns count from 0. Reading a value as what it is not, or a NULL, is our mistake and traps.
///
/// `@unchecked Sendable`: libpq changes a result no more once it has handed it over.
package final class Rows: @unchecked Sendable {
    private let result: OpaquePointer
    package let count: Int

    /// Takes over `result`.
    init(_ result: OpaquePointer) {
        self.result = result
        count = Int(PQntuples(result))
    }

    deinit {
        PQclear(result)
    }

    /// Rows that an INSERT, UPDATE, DELETE or SELECT has touched.
    package var affected: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// Bytes that the result takes in memory.
    package var size: Int { PQresultMemorySize(result) }

    package func isNull(_ row: Int, _ column: Int) -> Bool {
        PQgetisnull(result, Int32(row), Int32(column)) == 1
    }

    /// The value's bytes in binary format, without a copy, for the time of `body`.
    package func withBytes<Answer>(
        _ row: Int, _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Answer
    ) rethrows -> Answer {
        try body(value(row, column))
    }

    /// A text of any kind (text, varchar, name, json).
    package func text(_ row: Int, _ column: Int) -> String {
        String(decoding: value(row, column), as: UTF8.self)
    }

    /// A bytea, or the UTF-8 bytes of a text.
    package func bytes(_ row: Int, _ column: Int) -> [UInt8] {
        [UInt8](value(row, column))
    }

    package func bool(_ row: Int, _ column: Int) -> Bool {
        number(row, column, as: UInt8.self) != 0
    }

    package func int32(_ row: Int, _ column: Int) -> Int32 {
        number(row, column, as: Int32.self)
    }

    package func int64(_ row: Int, _ column: Int) -> Int64 {
        number(row, column, as: Int64.self)
    }

    package func double(_ row: Int, _ column: Int) -> Double {
        Double(bitPattern: number(row, column, as: UInt64.self))
    }

    /// A timestamptz, in microseconds since 1970-01-01T00:00:00Z.
    package func timestamp(_ row: Int, _ column: Int) -> Int64 {
        number(row, column, as: Int64.self) + PostgresTimestamp.epoch
    }

    /// A text[] of one dimension without NULLs.
    package func textArray(_ row: Int, _ column: Int) -> [String] {
        var texts: [String] = []
        forEachElement(row, column) { texts.append(String(decoding: $0, as: UTF8.self)) }
        return texts
    }

    package func int32Array(_ row: Int, _ column: Int) -> [Int32] {
        var numbers: [Int32] = []
        forEachElement(row, column) { numbers.append(Int32(bigEndian: $0.loadUnaligned(as: Int32.self))) }
        return numbers
    }

    package func int64Array(_ row: Int, _ column: Int) -> [Int64] {
        var numbers: [Int64] = []
        forEachElement(row, column) { numbers.append(Int64(bigEndian: $0.loadUnaligned(as: Int64.self))) }
        return numbers
    }

    private func value(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer {
        precondition(!isNull(row, column), "column \(column) of row \(row) is NULL")
        return UnsafeRawBufferPointer(
            start: PQgetvalue(result, Int32(row), Int32(column)),
            count: Int(PQgetlength(result, Int32(row), Int32(column))))
    }

    private func number<Number: FixedWidthInteger>(_ row: Int, _ column: Int, as type: Number.Type) -> Number
    {
        let value = value(row, column)
        precondition(value.count == MemoryLayout<Number>.size, "column \(column) is no \(Number.self)")
        return Number(bigEndian: value.loadUnaligned(as: Number.self))
    }

    // The header is: dimensions, has NULLs, type of the elements, then per dimension length and lower bound.
    private func forEachElement(_ row: Int, _ column: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        let value = value(row, column)
        func int32(at offset: Int) -> Int {
            Int(Int32(bigEndian: value.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
        }
        let dimensions = int32(at: 0)
        guard dimensions > 0 else { return }
        precondition(dimensions == 1, "column \(column) is no array of one dimension")
        var offset = 20
        for _ in 0..<int32(at: 12) {
            let length = int32(at: offset)
            precondition(length >= 0, "an element of column \(column) is NULL")
            body(UnsafeRawBufferPointer(rebasing: value[offset + 4..<offset + 4 + length]))
            offset += 4 + length
        }
    }
}
