import JSON

/// What comes of reading an @context with the documents at hand.
package enum ContextParse: Sendable {
    case complete(Context)
    /// URLs, each once, that have to be fetched before reading can go on.
    case needs([String])
}

extension Context {
    /// Reads an @context (JSON-LD 1.1, section 4.1; NGSI-LD 4.4, 5.5.7).
    ///
    /// `documents` holds what was fetched so far, by the URLs that an earlier call asked for. What is wrong comes as
    /// BadRequestData with its JSON Pointer.
    package static func parse(
        _ source: ContextSource, documents: [String: RemoteContext] = [:]
    ) throws(NGSILDError) -> ContextParse {
        var parser = ContextParser(documents: documents)
        switch source {
        case .none: return .complete(.core)
        case .url(let url): try parser.include(.string(url), base: nil, path: "/@context", chain: [])
        case .inline(let text):
            try parser.include(try value(of: text), base: nil, path: "/@context", chain: [])
        }
        guard parser.missing.isEmpty else { return .needs(parser.missing) }
        return .complete(Context(source: source, vocabulary: parser.builder.vocabulary))
    }

    private static func value(of text: [UInt8]) throws(NGSILDError) -> JSONValue {
        do throws(JSONError) {
            return try JSONValue(parsing: text)
        } catch {
            throw NGSILDError(.badRequestData, error.reason, at: "/@context\(error.path)")
        }
    }
}

/// Walks an @context and what it refers to, in order; each object goes to the builder.
struct ContextParser {
    let documents: [String: RemoteContext]
    private(set) var builder = ContextBuilder()
    private(set) var missing: [String] = []
    private var references = 0

    init(documents: [String: RemoteContext]) { self.documents = documents }

    /// Reads the value of an @context member.
    ///
    /// `base` is the URL of the document in which it stands, nothing for a request; `chain` the documents that are
    /// being read, from the outermost.
    mutating func include(
        _ value: JSONValue, base: String?, path: String, chain: [String]
    ) throws(NGSILDError) {
        guard case .array(let elements) = value else {
            return try includeOne(value, base: base, path: path, chain: chain)
        }
        for (index, element) in elements.enumerated() {
            try includeOne(element, base: base, path: "\(path)/\(index)", chain: chain)
        }
    }

    private mutating func includeOne(
        _ value: JSONValue, base: String?, path: String, chain: [String]
    ) throws(NGSILDError) {
        switch value {
        case .string(let reference): try follow(reference, base: base, path: path, chain: chain)
        case .object(let object):
            let merged = try importing(object, base: base, path: path)
            // With a document missing the definitions may lack what they build on.
            if missing.isEmpty { try builder.add(merged, path: path, document: chain.last) }
        case .null: try builder.reset(path: path, document: chain.last)
        default:
            let shown = ContextBuilder.shown(value)
            throw NGSILDError(
                .badRequestData, "An @context must be a URL, an object or an array of these, not \(shown).",
                at: path)
        }
    }

    private mutating func follow(
        _ reference: String, base: String?, path: String, chain: [String]
    ) throws(NGSILDError) {
        let url = try resolve(reference, base: base, path: path)
        if CoreContext.isCore(url: url) { return }
        guard !chain.contains(url) else {
            throw NGSILDError(.badRequestData, "The @context \(url) includes itself.", at: path)
        }
        guard chain.count < ContextLimits.chainMax else {
            throw NGSILDError(
                .badRequestData,
                "The @context \(url) is included over more than \(ContextLimits.chainMax) documents.",
                at: path)
        }
        guard let document = try document(url, path: path) else { return }
        try include(document.context, base: document.url, path: path, chain: chain + [url])
    }

    /// An object with the members of the document that its `@import` names under its own (JSON-LD 1.1, 4.1.10).
    private mutating func importing(
        _ object: JSONObject, base: String?, path: String
    ) throws(NGSILDError) -> JSONObject {
        guard let reference = object["@import"] else { return object }
        guard let reference = reference.string else {
            throw NGSILDError(
                .badRequestData, "\"@import\" must be a URL, not \(ContextBuilder.shown(reference)).",
                at: "\(path)/@import")
        }
        let url = try resolve(reference, base: base, path: "\(path)/@import")
        var own = object
        own["@import"] = nil
        if CoreContext.isCore(url: url) { return own }
        guard let document = try document(url, path: path) else { return own }
        guard var merged = document.context.object, merged["@import"] == nil else {
            throw NGSILDError(
                .badRequestData,
                "The @context \(url) must be one object without an \"@import\" to be imported.",
                at: "\(path)/@import")
        }
        for (name, value) in own { merged[name] = value }
        return merged
    }

    private func resolve(_ reference: String, base: String?, path: String) throws(NGSILDError) -> String {
        guard let url = IRIReference.resolve(reference, base: base), IRI.isValid(url) else {
            throw NGSILDError(
                .badRequestData, "The @context \"\(reference)\" is not a valid absolute URL.", at: path)
        }
        return url
    }

    private mutating func document(_ url: String, path: String) throws(NGSILDError) -> RemoteContext? {
        references += 1
        guard references <= ContextLimits.referencesMax else {
            throw NGSILDError(
                .badRequestData, "The @context refers to more than \(ContextLimits.referencesMax) documents.",
                at: path)
        }
        if let document = documents[url] { return document }
        if !missing.contains(url) { missing.append(url) }
        return nil
    }
}
