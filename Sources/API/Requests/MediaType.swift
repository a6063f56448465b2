import NGSILD

/// The representations that the hub serves (6.3.4), in the order that decides between equals.
package enum MediaType: String, CaseIterable, Sendable {
    case json = "application/json"
    case ldJSON = "application/ld+json"
    case geoJSON = "application/geo+json"
}

extension MediaType {
    /// What of `offered` the client likes best by its Accept header (RFC 9110 §12.5.1); nil: nothing.
    ///
    /// The weight of a type is that of the most specific range that covers it; equal weights go by the
    /// order of `offered`; a weight that is no number counts as absent.
    static func negotiated(accept: String?, offered: [MediaType]) -> MediaType? {
        guard let accept, accept != "*/*", accept != MediaType.json.rawValue else { return .json }
        if accept == MediaType.ldJSON.rawValue { return .ldJSON }
        let ranges = accept.split(separator: ",").compactMap(MediaRange.init)
        guard !ranges.isEmpty else { return .json }
        var best: (type: MediaType, weight: Double)?
        for type in offered {
            let weight =
                ranges.filter { $0.covers(type) }.max { $0.specificity < $1.specificity }?.weight ?? 0
            if weight > best?.weight ?? 0 { best = (type, weight) }
        }
        return best?.type
    }
}

/// One element of an Accept header: `application/*;q=0.5`.
private struct MediaRange {
    let type: Substring
    let subtype: Substring
    var weight = 1.0

    init?(_ text: Substring) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
        let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2 else { return nil }
        type = names[0]
        subtype = names[1]
        for parameter in parts.dropFirst() where parameter.hasPrefix("q=") || parameter.hasPrefix("Q=") {
            guard let weight = Double(parameter.dropFirst(2)), (0...1).contains(weight) else { continue }
            self.weight = weight
        }
    }

    /// 0: `*/*`, 1: `application/*`, 2: a whole type.
    var specificity: Int { type == "*" ? 0 : subtype == "*" ? 1 : 2 }

    func covers(_ media: MediaType) -> Bool {
        switch specificity {
        case 0: subtype == "*"
        case 1: type.lowercased() == "application"
        default: "\(type)/\(subtype)".lowercased() == media.rawValue
        }
    }
}

/// `text` without the blanks around it.
func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
}
