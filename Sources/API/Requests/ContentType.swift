/// What a request's body is (6.3.4).
enum ContentType {
    /// `application/json`; `application/merge-patch+json` means the same.
    case json
    /// `application/ld+json`: the `@context` is in the body.
    case ldJSON

    /// Parameters (`;charset=utf-8`) change nothing; nil: no type that the hub reads.
    init?(_ header: String?, isPatch: Bool = true) {
        // As nearly every client writes them.
        if header == "application/json" {
            self = .json
            return
        }
        switch header.map({ trimmed($0.prefix { $0 != ";" }).lowercased() }) {
        case "application/json": self = .json
        case "application/merge-patch+json" where isPatch: self = .json
        case "application/ld+json": self = .ldJSON
        default: return nil
        }
    }
}
