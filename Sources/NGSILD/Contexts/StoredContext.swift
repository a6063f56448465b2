/// An `@context` that is kept (5.13).
package struct StoredContext: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// Given to the hub to be served (5.13.2).
        case hosted = "Hosted"
        /// Made of an inline one, so that it has an address (5.13.1).
        case implicitlyCreated = "ImplicitlyCreated"
        /// Downloaded; its id is its URL.
        case cached = "Cached"
    }

    package let id: String
    package let kind: Kind
    /// The document with its member `@context`.
    package let body: [UInt8]
    package let created: Timestamp
    /// Until when a cached one is used without asking again.
    package var expires: Timestamp?
    package var entityTag: String?
    package var lastModified: String?
    /// nil: nobody counts it.
    package var usage: ContextUsage?

    package init(id: String, kind: Kind, body: [UInt8], created: Timestamp) {
        self.id = id
        self.kind = kind
        self.body = body
        self.created = created
    }
}
