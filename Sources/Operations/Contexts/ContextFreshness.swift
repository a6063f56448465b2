import HTTP

/// How long a fetched @context may be used without asking again (6.3.16, RFC 9111 §4.2).
enum ContextFreshness {
    /// Where the server says nothing: vocabularies change by the month, and a wrong one should not last a day.
    static let heuristicSeconds: Int64 = 3_600
    /// Beyond, a server's word is not taken: contexts are meant to last, the hub's copy is not.
    static let secondsMax: Int64 = 30 * 86_400

    /// Seconds for which an answer with `headers` is fresh, counted from now.
    static func seconds(_ headers: Headers) -> Int64 {
        let directives = headers["Cache-Control"].map(directives) ?? [:]
        let date = headers["Date"].flatMap { HTTPDate($0) }
        let seconds: Int64 =
            if directives["no-store"] != nil || directives["no-cache"] != nil {
                0
            } else if let age = (directives["s-maxage"] ?? directives["max-age"]).flatMap({ Int64($0) }) {
                age - (headers["Age"].flatMap { Int64($0) } ?? 0)
            } else if let expires = headers["Expires"] {
                // What is no date means "in the past" (RFC 9111 §5.3).
                HTTPDate(expires).map { $0.seconds - (date?.seconds ?? $0.seconds) } ?? 0
            } else {
                heuristicSeconds
            }
        return min(max(seconds, 0), secondsMax)
    }

    /// `max-age=60, public` as names and values.
    private static func directives(_ header: String) -> [String: String] {
        var directives: [String: String] = [:]
        for part in header.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            let name = pair[0].filter { $0 != " " }.lowercased()
            directives[name] = pair.count > 1 ? pair[1].filter { $0 != "\"" && $0 != " " } : ""
        }
        return directives
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7), in seconds since 1970.
struct HTTPDate {
    let seconds: Int64

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// nil: not of this form; the two obsolete ones are not read.
    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int64(parts[1]), (1...31).contains(day),
            let month = Self.months.firstIndex(of: String(parts[2])), let year = Int64(parts[3]),
            (1970...9999).contains(year)
        else { return nil }
        let time = parts[4].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3 else { return nil }
        let days = Self.days(year: year, month: Int64(month) + 1, day: day)
        seconds = days * 86_400 + time[0] * 3_600 + time[1] * 60 + time[2]
    }

    // The year begins in March, so that the leap day is its last one; 719 468 days lie before 1970-01-01.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear / 400
        let yearOfEra = marchYear % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
