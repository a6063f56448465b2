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

    package var isMoment: Bool {
        if case .moment = self { true } else { false }
    }

    /// The text that a string in a document may equal.
    package var text: String? {
        switch self {
        case .string(let text), .uri(let text), .expanded(let text): text
        case .number, .bool, .moment: nil
        }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
