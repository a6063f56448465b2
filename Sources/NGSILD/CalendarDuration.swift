/// A duration of ISO 8601, such as `P1DT2H` or `PT0.5S`.
package enum CalendarDuration {
    /// Whether `text` is one: `P`, numbers with a designator each, in their order, those of the time behind a `T`.
    package static func isValid(_ text: String) -> Bool {
        guard text.utf8.count <= textMax, text.hasPrefix("P") else { return false }
        let parts = text.dropFirst().split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 1 || !parts[1].isEmpty, text != "P" else { return false }
        return hasComponents(parts[0], of: "YMWD") && (parts.count == 1 || hasComponents(parts[1], of: "HMS"))
    }

    /// Bytes: each component with nine digits and more.
    private static let textMax = 100

    private static func hasComponents(_ text: Substring, of designators: String) -> Bool {
        var rest = text[...]
        var left = designators[...]
        while !rest.isEmpty {
            let number = rest.prefix { !$0.isLetter }
            rest = rest.dropFirst(number.count)
            let digits = number.split(separator: ".", omittingEmptySubsequences: false)
            guard digits.count <= 2, digits.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }),
                let designator = rest.popFirst(), let place = left.firstIndex(of: designator)
            else { return false }
            left = left[left.index(after: place)...]
        }
        return true
    }
}
