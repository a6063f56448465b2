import JSON

extension Context {
    /// The URL of the core @context, which answers name where a client gave no @context of its own.
    package static let coreURL = CoreContext.url

    /// Whether a URL is that of a published version of the core @context.
    package static func isCore(url: String) -> Bool { CoreContext.isCore(url: url) }

    /// The core @context as the JSON-LD document that its URL stands for.
    package static let coreDocument: [UInt8] = CoreContext.document
}

extension CoreContext {
    fileprivate static var document: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("@context")
        writer.beginObject()
        writer.name("@version")
        writer.number("1.1")
        writer.name("@protected")
        writer.bool(true)
        for (prefix, iri) in prefixes { member(prefix, iri, of: &writer) }
        member("id", "@id", of: &writer)
        member("type", "@type", of: &writer)
        for group in groups {
            for (term, id) in entries(of: group) { definition(term, id, in: group, of: &writer) }
        }
        member("@vocab", vocabulary, of: &writer)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    private static func definition(_ term: String, _ id: String, in group: Group, of writer: inout JSONWriter)
    {
        let coercion: String? =
            switch group.coercion {
            case .id: "@id"
            case .vocab: "@vocab"
            case .json: "@json"
            case .datatype: "DateTime"
            case nil, .some(.none): nil
            }
        let container: String? =
            switch group.containers {
            case .list: "@list"
            case .set: "@set"
            case .index: "@index"
            case .language: "@language"
            default: nil
            }
        guard coercion != nil || container != nil || term == "ngsildproof" else {
            return member(term, id, of: &writer)
        }
        writer.name(term)
        writer.beginObject()
        member("@id", id, of: &writer)
        if let coercion { member("@type", coercion, of: &writer) }
        if let container { member("@container", container, of: &writer) }
        if term == "ngsildproof" { proofContext(of: &writer) }
        writer.endObject()
    }

    /// The scoped @context under `ngsildproof`, the only one that NGSI-LD knows (annex B).
    private static func proofContext(of writer: inout JSONWriter) {
        writer.name("@context")
        writer.value([
            [
                "entityIdSealed": "ngsi-ld:entityIdSealed",
                "entityTypeSealed": ["@id": "ngsi-ld:entityTypeSealed", "@type": "@vocab"],
            ],
            "https://w3id.org/security/data-integrity/v2",
        ])
    }

    private static func member(_ name: String, _ value: String, of writer: inout JSONWriter) {
        writer.name(name)
        writer.string(value)
    }
}
