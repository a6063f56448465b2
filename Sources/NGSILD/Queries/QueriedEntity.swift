package import JSON

/// What a query is judged on: a stored entity with its document parsed, at one moment.
package struct QueriedEntity: Sendable {
    package let row: StoredEntity
    package let document: JSONView
    /// Instances of attributes that expired before are as if they were not there (4.22).
    package let now: Timestamp

    /// - Throws: where the document is not JSON, which a stored one is.
    package init(_ row: StoredEntity, now: Timestamp) throws(JSONError) {
        self.row = row
        self.now = now
        document = try JSONDocument(parsing: row.document).root
    }

    package var isExpired: Bool { row.expiresAt.map { $0 <= now } ?? false }

    /// Whether the entity has a living instance of the attribute `name` (a stored name).
    package func has(_ name: String) -> Bool {
        document[name].map { anyInstance(of: $0) { _ in true } } ?? false
    }

    /// Whether `body` is true of one of the instances that stand in `value`: an object, or an array of them.
    func anyInstance(of value: JSONView, _ body: (JSONView) -> Bool) -> Bool {
        guard value.kind == .array else { return isInstance(value) && body(value) }
        return value.elements.contains { isInstance($0) && body($0) }
    }

    private func isInstance(_ value: JSONView) -> Bool {
        guard value["type"]?.kind == .string else { return false }
        guard let expiry = value["expiresAt"]?.string, let moment = Moment(expiry) else { return true }
        return moment.key > Moment(now).key
    }
}

extension Moment {
    /// The date and time of `timestamp`.
    package init(_ timestamp: Timestamp) {
        var (seconds, micros) = timestamp.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        if micros < 0 { (seconds, micros) = (seconds - 1, micros + 1_000_000) }
        var (days, time) = seconds.quotientAndRemainder(dividingBy: 86_400)
        if time < 0 { (days, time) = (days - 1, time + 86_400) }
        let date = Self.civil(day: days)
        func digits(_ number: Int64, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        kind = .dateTime
        key =
            "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))T\(digits(time / 3600, 2)):"
            + "\(digits(time / 60 % 60, 2)):\(digits(time % 60, 2)).\(digits(micros, 6))"
    }

    /// The proleptic Gregorian date of a day counted from 1970-01-01 (H. Hinnant's algorithm: years begin in March).
    private static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }
}
