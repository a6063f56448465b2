/// A date, a time or both (4.6.3): those of one kind have an order.
package struct Moment: Sendable {
    package enum Kind: Sendable { case time, date, dateTime }

    package let kind: Kind
    /// Microseconds since midnight or since 1970, or days since 1970.
    private let value: Int64
    /// The text up to the whole second, or the date: every text of the same second begins with it.
    package let prefix: String

    /// nil where `text` is none of the three.
    package init?(_ text: String) {
        guard text.utf8.first?.isDigit == true else { return nil }
        var text = text
        guard let (kind, value) = text.withUTF8({ Self.read($0) }) else { return nil }
        self.kind = kind
        self.value = value
        prefix = String(text.prefix(kind == .dateTime ? 19 : kind == .date ? 10 : 8))
    }

    package init(_ timestamp: Timestamp) {
        kind = .dateTime
        value = timestamp.microseconds
        prefix = String(timestamp.description.prefix(19))
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> (Kind, Int64)? {
        if let timestamp = Timestamp(utf8: bytes) { return (.dateTime, timestamp.microseconds) }
        if let days = CalendarDate.days(utf8: bytes) { return (.date, days) }
        guard bytes.last == UInt8(ascii: "Z") else { return nil }
        let time = UnsafeBufferPointer(rebasing: bytes.dropLast())
        return TimeOfDay.microseconds(utf8: time).map { (.time, $0) }
    }

    /// nil where this is no DateTime.
    package var timestamp: Timestamp? { kind == .dateTime ? Timestamp(microseconds: value) : nil }

    /// Below 0, 0 or above: as this stands to `other`; nil where the two are of different kinds.
    package func comparison(with other: Moment) -> Int? {
        guard kind == other.kind else { return nil }
        return value == other.value ? 0 : value < other.value ? -1 : 1
    }
}

extension Moment: Equatable {
    package static func == (left: Moment, right: Moment) -> Bool { left.comparison(with: right) == 0 }
}
