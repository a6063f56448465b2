/// The id of an entity: an absolute IRI (5.2.1, 4.6.5).
package struct EntityID: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// - Throws: `badRequestData` where `text` is not an absolute IRI.
    package init(_ text: String) throws(NGSILDError) {
        guard text.contains(":") else {
            throw NGSILDError(.badRequestData, "the entity id \"\(text)\" is not an absolute URI", at: "/id")
        }
        description = text
    }

    /// An id that was checked when it was stored.
    package init(stored text: String) {
        description = text
    }
}
