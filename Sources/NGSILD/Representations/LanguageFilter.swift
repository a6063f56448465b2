import JSON

/// The languages that a client wants, as in `fr-CH,fr;q=0.9,en;q=0.8,*;q=0.5` (4.15).
package struct LanguageFilter: Equatable, Sendable {
    /// Lower case, the most wanted first; `*` is any.
    private let ranges: [String]

    /// Languages in one filter.
    private static let rangesMax = 50

    /// - Throws: `badRequestData` where `text` is no list of language tags with weights.
    package init(_ text: String) throws(NGSILDError) {
        var weighted: [(range: String, weight: Double)] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed }
            let weight = pieces.count == 2 ? LanguageFilter.weight(pieces[1]) : 1
            guard pieces.count <= 2, pieces[0] == "*" || LanguageTag.isValid(pieces[0]), let weight else {
                throw NGSILDError(
                    .badRequestData,
                    "\"\(part)\" is not a language such as \"en\", \"fr-CH;q=0.9\" or \"*\" (4.15)",
                    at: "lang")
            }
            if weight > 0 { weighted.append((pieces[0].lowercased(), weight)) }
            guard weighted.count <= LanguageFilter.rangesMax else {
                throw NGSILDError(
                    .badRequestData, "more than \(LanguageFilter.rangesMax) languages are asked for",
                    at: "lang")
            }
        }
        let order = weighted.indices.sorted { left, right in
            let (first, second) = (weighted[left].weight, weighted[right].weight)
            return first != second ? first > second : left < right
        }
        ranges = order.map { weighted[$0].range }
    }

    /// The member of a languageMap that fits best: by each range itself, by what is more special, by what is more
    /// general; where nothing fits the default text, then any.
    func pick(from map: JSONCursor) -> (language: String, text: JSONCursor)? {
        let texts = map.members.map { (language: $0.name.string ?? "", text: $0.value) }
        let tags = texts.map { $0.language.lowercased() }
        for range in ranges {
            if range == "*" { break }
            if let place = LanguageFilter.place(of: range, in: tags) { return texts[place] }
        }
        return texts.first { $0.language == "@none" } ?? texts.first
    }

    private static func place(of range: String, in tags: [String]) -> Int? {
        if let exact = tags.firstIndex(of: range) { return exact }
        if let special = tags.firstIndex(where: { $0.hasPrefix(range + "-") }) { return special }
        var general = range[...]
        while let dash = general.lastIndex(of: "-") {
            general = general[..<dash]
            if let place = tags.firstIndex(where: { $0 == general }) { return place }
        }
        return nil
    }

    /// `q=` and a number from 0 to 1.
    private static func weight(_ text: String) -> Double? {
        guard text.hasPrefix("q="), let weight = Double(text.dropFirst(2)), 0...1 ~= weight else {
            return nil
        }
        return weight
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
