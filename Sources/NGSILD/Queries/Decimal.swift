/// A JSON number that compares exactly, as PostgreSQL's `numeric` does: no digit is lost in a double.
package struct Decimal: Comparable, Hashable, Sendable {
    /// The number as it was written.
    package let text: String
    private let isNegative: Bool
    /// Significant digits, without zeros at either end; empty: zero.
    private let digits: [UInt8]
    /// The decimal point stands this many places after the first digit's left.
    private let exponent: Int

    /// Decimal places that an exponent may shift: with the digits, what a double can hold.
    private static let exponentMax = 400

    /// nil where `text` is no number as RFC 8259 has it, or beyond the range of a double.
    package init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes.removeFirst() }
        let integer = bytes.prefix(while: \.isDigit)
        bytes = bytes.dropFirst(integer.count)
        guard !integer.isEmpty, integer.count == 1 || integer.first != UInt8(ascii: "0") else { return nil }
        var fraction: ArraySlice<UInt8> = []
        if bytes.first == UInt8(ascii: ".") {
            fraction = bytes.dropFirst().prefix(while: \.isDigit)
            guard !fraction.isEmpty else { return nil }
            bytes = bytes.dropFirst(fraction.count + 1)
        }
        var shift = 0
        if let mark = bytes.first {
            guard mark | 0x20 == UInt8(ascii: "e"),
                let value = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)),
                abs(value) <= Self.exponentMax, bytes.last?.isDigit == true
            else { return nil }
            shift = value
        }
        guard Double(text)?.isFinite == true else { return nil }
        let all = integer + fraction
        let significant = all.drop { $0 == UInt8(ascii: "0") }
        let leadingZeros = all.count - significant.count
        var digits = Array(significant)
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        self.text = text
        self.isNegative = isNegative && !digits.isEmpty
        self.digits = digits
        exponent = digits.isEmpty ? 0 : integer.count - leadingZeros + shift
    }

    package static func == (left: Decimal, right: Decimal) -> Bool {
        left.isNegative == right.isNegative && left.exponent == right.exponent && left.digits == right.digits
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(isNegative)
        hasher.combine(exponent)
        hasher.combine(digits)
    }

    package static func < (left: Decimal, right: Decimal) -> Bool {
        guard left.sign == right.sign else { return left.sign < right.sign }
        return left.isNegative ? right.isNearerToZero(than: left) : left.isNearerToZero(than: right)
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    private func isNearerToZero(than other: Decimal) -> Bool {
        exponent != other.exponent
            ? exponent < other.exponent : digits.lexicographicallyPrecedes(other.digits)
    }
}
