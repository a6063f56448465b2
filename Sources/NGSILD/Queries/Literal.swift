/// A value in a query, with the type that decides what it compares with (4.9).
package enum Literal: Equatable, Sendable {
    case number(Decimal)
    case bool(Bool)
    /// A quoted string.
    case string(String)
    /// An unquoted one: a URI, or any other text, which then equals what it says.
    case uri(String)
    /// A term whose value was expanded (`expandValues`): its IRI.
    case expanded(iri: String)
    case moment(Moment)

    /// The text that a string in a document may equal.
    package var text: String? {
        switch self {
        case .string(let text), .uri(let text), .expanded(let text): text
        case .number, .bool, .moment: nil
        }
    }
}

/// A date, a time or both (4.6.3), with a key that orders as the moments do.
///
/// Days are taken up to 31 whatever the month, so that PostgreSQL, by a pattern, accepts exactly the same texts.
package struct Moment: Equatable, Sendable {
    package enum Kind: Int, Sendable { case time, date, dateTime }

    package let kind: Kind
    /// The text without `Z`, with six digits of the second's fraction: it compares by its bytes.
    package let key: String

    /// nil where `text` is none of the three.
    package init?(_ text: String) {
        var bytes = Array(text.utf8)
        let hasDate = bytes.count >= 10 && Self.isDate(bytes[..<10])
        guard !(hasDate && bytes.count == 10) else {
            kind = .date
            key = text
            return
        }
        let start = hasDate ? 11 : 0
        guard !hasDate || bytes[10] == UInt8(ascii: "T"), bytes.count >= start + 9,
            bytes.removeLast() == UInt8(ascii: "Z"), Self.isTime(bytes[start..<(start + 8)])
        else { return nil }
        var fraction = bytes[(start + 8)...]
        if let separator = fraction.popFirst() {
            guard separator == UInt8(ascii: ".") || separator == UInt8(ascii: ","), (1...6).contains(fraction.count),
                fraction.allSatisfy(\.isDigit)
            else { return nil }
        }
        fraction += [UInt8](repeating: UInt8(ascii: "0"), count: 6 - fraction.count)
        kind = hasDate ? .dateTime : .time
        key = String(decoding: bytes[..<(start + 8)] + [UInt8(ascii: ".")] + fraction, as: UTF8.self)
    }

    /// `YYYY-MM-DD`
    private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard number(bytes.prefix(4)) != nil, let month = number(bytes.dropFirst(5).prefix(2)),
            let day = number(bytes.dropFirst(8).prefix(2))
        else { return false }
        let dashes = [bytes.startIndex + 4, bytes.startIndex + 7]
        return dashes.allSatisfy { bytes[$0] == UInt8(ascii: "-") } && (1...12).contains(month)
            && (1...31).contains(day)
    }

    /// `hh:mm:ss`, a leap second included
    private static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let hour = number(bytes.prefix(2)), let minute = number(bytes.dropFirst(3).prefix(2)),
            let second = number(bytes.dropFirst(6).prefix(2))
        else { return false }
        let colons = [bytes.startIndex + 2, bytes.startIndex + 5]
        return colons.allSatisfy { bytes[$0] == UInt8(ascii: ":") } && hour <= 23 && minute <= 59 && second <= 60
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
