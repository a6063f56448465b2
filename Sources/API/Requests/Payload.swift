package import JSON
package import NGSILD

/// The JSON body of a request, with where the `@context` of its parts is to be found (6.3.5).
package struct Payload {
    package let root: JSONView
    private let isLinkedData: Bool
    private let link: String?

    /// - Throws: `badRequestData` where an `application/ld+json` body comes with a Link to a `@context`.
    init(root: JSONView, isLinkedData: Bool, link: String?) throws(NGSILDError) {
        guard !isLinkedData || link == nil else {
            throw NGSILDError(
                .badRequestData,
                "an application/ld+json body carries its @context itself: leave out the Link header, or send application/json",
                at: "Link")
        }
        self.root = root
        self.isLinkedData = isLinkedData
        self.link = link
    }

    /// Where the `@context` of `object`, the body or an element of it, is to be found.
    ///
    /// - Throws: `badRequestData` where it stands in an `application/json` body, or in no `ld+json` one.
    package func source(of object: JSONView) throws(NGSILDError) -> ContextSource {
        let embedded = object["@context"]
        if isLinkedData {
            guard let embedded else {
                throw NGSILDError(
                    .badRequestData,
                    "an application/ld+json document needs an @context member: add it, or send application/json",
                    at: object.path)
            }
            return try ContextSource(embedded)
        }
        guard embedded == nil else {
            throw NGSILDError(
                .badRequestData,
                "an application/json body has no @context member: send application/ld+json, or name the @context in a Link header",
                at: "\(object.path)/@context")
        }
        return link.map(ContextSource.url) ?? .none
    }
}
