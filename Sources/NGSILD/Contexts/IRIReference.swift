/// References between documents, and how they resolve (RFC 3986, section 5).
package enum IRIReference {
    /// Whether bytes are the scheme of an IRI (section 3.1).
    static func isScheme(_ bytes: some Sequence<UInt8>) -> Bool {
        var isFirst = true
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "."):
                if isFirst { return false }
            default: return false
            }
            isFirst = false
        }
        return !isFirst
    }

    /// A reference as an absolute IRI without its fragment.
    ///
    /// `base` is the address of the document in which it stands; a request's body has none, and a reference there
    /// that is relative has no meaning: nothing comes back.
    package static func resolve(_ reference: String, base: String?) -> String? {
        let reference = Parts(reference)
        guard reference.scheme == nil else { return reference.text }
        guard let base = base.map(Parts.init), base.scheme != nil else { return nil }
        var target = Parts(scheme: base.scheme, authority: base.authority, path: "", query: reference.query)
        if reference.authority != nil {
            target.authority = reference.authority
            target.path = removeDotSegments(reference.path)
        } else if reference.path.isEmpty {
            target.path = base.path
            target.query = reference.query ?? base.query
        } else if reference.path.hasPrefix("/") {
            target.path = removeDotSegments(reference.path)
        } else {
            target.path = removeDotSegments(merge(base, reference.path))
        }
        return target.text
    }

    /// A relative path in the place of the base's last segment (5.2.3).
    private static func merge(_ base: Parts, _ path: String) -> String {
        if base.authority != nil, base.path.isEmpty { return "/\(path)" }
        guard let slash = base.path.lastIndex(of: "/") else { return path }
        return base.path[...slash] + path
    }

    /// Follows `.` and `..` (5.2.4).
    private static func removeDotSegments(_ path: String) -> String {
        var output: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { output.append("") }
            case "..":
                if output.count > 1 || (output.count == 1 && output[0] != "") { output.removeLast() }
                if isLast { output.append("") }
            default: output.append(segment)
            }
        }
        return output.joined(separator: "/")
    }

    /// The components of a reference; the fragment is dropped, since a document is fetched without it.
    private struct Parts {
        var scheme: Substring?
        var authority: Substring?
        var path: String
        var query: Substring?

        init(scheme: Substring?, authority: Substring?, path: String, query: Substring?) {
            self.scheme = scheme
            self.authority = authority
            self.path = path
            self.query = query
        }

        init(_ text: String) {
            var rest = text.prefix { $0 != "#" }
            if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")), isScheme(rest.utf8[..<colon]) {
                scheme = rest[..<colon]
                rest = rest[rest.utf8.index(after: colon)...]
            }
            if let mark = rest.firstIndex(of: "?") {
                query = rest[rest.index(after: mark)...]
                rest = rest[..<mark]
            }
            if rest.hasPrefix("//") {
                let afterSlashes = rest.dropFirst(2)
                authority = afterSlashes.prefix { $0 != "/" }
                rest = afterSlashes[(authority?.endIndex ?? afterSlashes.startIndex)...]
            }
            path = String(rest)
        }

        var text: String {
            (scheme.map { "\($0):" } ?? "") + (authority.map { "//\($0)" } ?? "") + path
                + (query.map { "?\($0)" } ?? "")
        }
    }
}
