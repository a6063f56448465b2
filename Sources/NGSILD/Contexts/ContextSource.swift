package import JSON

/// The @context as the client sent it (6.3.5).
package enum ContextSource: Sendable, Hashable {
    /// None: the core alone (5.5.5).
    case none
    /// A URL, from a `Link` header or as the value of `@context`.
    case url(String)
    /// An object or an array from a body, as compact JSON; the pointers of errors begin at `/@context`.
    case inline([UInt8])

    /// Reads the `@context` member of a body.
    package init(_ view: JSONView) throws(NGSILDError) {
        switch view.kind {
        case .string: self = .url(view.string ?? "")
        case .object, .array:
            var writer = JSONWriter()
            writer.raw(view)
            self = .inline(writer.bytes)
        default:
            throw NGSILDError(
                .badRequestData, "An @context must be a URL, an object or an array of these.", at: view.path)
        }
    }

    /// The URL to answer with in a `Link` header; nothing where no single one says it all, so that the broker has
    /// to make one (5.13.1, ImplicitlyCreated).
    package var linkURL: String? {
        switch self {
        case .none: return CoreContext.url
        case .url(let url): return url
        case .inline(let text):
            // The text has been read once, so that it cannot fail now.
            guard let document = try? JSONDocument(parsing: text) else { return nil }
            let elements = document.root.elements.map { $0.string }
            let own = elements.compactMap { $0 }.filter { !CoreContext.isCore(url: $0) }
            guard !elements.isEmpty, !elements.contains(nil), own.count <= 1 else { return nil }
            return own.first ?? elements[0]
        }
    }

    /// Whether a URL is that of a published version of the core @context, which is built in.
    package static func isCore(url: String) -> Bool { CoreContext.isCore(url: url) }

    /// The value of the `Link` header that names an @context (JSON-LD 1.1, section 6.2).
    package static func link(to url: String) -> String {
        url == CoreContext.url ? linkToCore : linkText(url)
    }

    private static let linkToCore = linkText(CoreContext.url)

    private static func linkText(_ url: String) -> String {
        "<\(url)>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\""
    }

    /// Writes the value of `@context` for an answer: what the client sent, or the core's URL.
    package func write(into writer: inout JSONWriter) {
        switch self {
        case .none: writer.string(CoreContext.url)
        case .url(let url): writer.string(url)
        case .inline(let text): writer.raw(text)
        }
    }
}
