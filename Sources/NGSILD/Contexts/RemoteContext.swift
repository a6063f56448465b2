package import JSON

/// A JSON-LD document that was fetched for its @context.
package struct RemoteContext: Sendable {
    /// Where it came from, after redirects: relative URLs inside are relative to it.
    package let url: String
    /// The value of its `@context` member; everything else is discarded (5.13.2.3).
    package let context: JSONValue

    package init(url: String, context: JSONValue) {
        self.url = url
        self.context = context
    }

    /// Reads a fetched document; one that is invalid is the client's mistake (5.5.6).
    package init(url: String, document: [UInt8]) throws(NGSILDError) {
        var limits = JSONLimits.default
        limits.bytesMax = ContextLimits.documentBytesMax
        // Widely used @contexts define a term twice.
        limits.allowsDuplicateNames = true
        do throws(JSONError) {
            let root = try JSONDocument(parsing: document, limits: limits).root
            guard let context = root["@context"] else {
                throw JSONError(offset: 0, path: "", reason: "It has no member \"@context\".")
            }
            self.init(url: url, context: JSONValue(context))
        } catch {
            throw NGSILDError(
                .badRequestData,
                "The document \(url) is no JSON-LD @context: \(error.reason) (byte \(error.offset))",
                at: "/@context")
        }
    }
}
