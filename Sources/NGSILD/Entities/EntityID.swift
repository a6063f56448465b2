/// The id of an entity: an absolute IRI (4.5.1, 5.2.1).
package struct EntityID: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// The `path` says where it stands in the payload, for the error.
    ///
    /// - Throws: `badRequestData` where `text` is no absolute IRI, too long, or the NGSI-LD Null.
    package init(_ text: String, at path: @autoclosure () -> String? = "/id") throws(NGSILDError) {
        guard IRI.isValid(text), text != NGSILDNull.text else {
            throw NGSILDError(
                .badRequestData,
                "the entity id \"\(text)\" is not an absolute URI such as urn:ngsi-ld:Room:1", at: path())
        }
        guard text.utf8.count <= EntityLimits.idBytesMax else {
            throw NGSILDError(
                .badRequestData,
                "the entity id has \(text.utf8.count) bytes; at most \(EntityLimits.idBytesMax) are allowed",
                at: path())
        }
        description = text
    }

    /// An id that was checked when it was stored.
    package init(stored text: String) {
        description = text
    }
}
