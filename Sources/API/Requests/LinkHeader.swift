import NGSILD

/// The Link header (RFC 8288) as far as NGSI-LD reads it.
enum LinkHeader {
    static let contextRelation = "http://www.w3.org/ns/json-ld#context"

    /// The address of the `@context` that `header` names (JSON-LD 1.1 §6.2); nil: none of its links is one.
    ///
    /// - Throws: `badRequestData` where it names several, or one in a form that cannot be read.
    static func context(in header: String) throws(NGSILDError) -> String? {
        var found: String?
        for link in links(in: header) where link.relations.contains(Substring(contextRelation)) {
            guard found == nil else {
                throw NGSILDError(
                    .badRequestData, "the Link header names more than one JSON-LD @context", at: "Link")
            }
            found = String(link.target)
        }
        // Read as nothing it would silently give every name another meaning.
        guard found != nil || !header.contains(contextRelation) else {
            throw NGSILDError(
                .badRequestData,
                "the Link header names a JSON-LD @context in another form than <URL>; rel=\"\(contextRelation)\": \(header)",
                at: "Link")
        }
        return found
    }

    private struct Link {
        var target: Substring
        var relations: [Substring] = []
    }

    /// `<target>; name="value"; …, <target> …`; what does not follow this grammar is passed over.
    private static func links(in header: String) -> [Link] {
        var links: [Link] = []
        var rest = header[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            var link = Link(target: rest[rest.index(after: open)..<close])
            rest = rest[rest.index(after: close)...]
            while let parameter = nextParameter(&rest) {
                guard parameter.name.lowercased() == "rel" else { continue }
                link.relations = parameter.value.split(separator: " ")
            }
            links.append(link)
        }
        return links
    }

    /// Takes `; name=value` or `; name="value"` off the front of `rest`; nil: the link ends here.
    private static func nextParameter(_ rest: inout Substring) -> (name: Substring, value: Substring)? {
        rest = trimmed(rest)
        guard rest.first == ";" else { return nil }
        rest = trimmed(rest.dropFirst())
        let name = trimmed(rest.prefix { $0 != "=" && $0 != ";" && $0 != "," })
        rest = trimmed(rest.drop { $0 != "=" && $0 != ";" && $0 != "," })
        guard rest.first == "=" else { return (name, "") }
        rest = trimmed(rest.dropFirst())
        guard rest.first == "\"" else {
            let value = trimmed(rest.prefix { $0 != ";" && $0 != "," })
            rest = rest.drop { $0 != ";" && $0 != "," }
            return (name, value)
        }
        let value = rest.dropFirst().prefix { $0 != "\"" }
        rest = rest.dropFirst(value.count + 2)
        return (name, value)
    }
}
