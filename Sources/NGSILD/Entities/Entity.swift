/// An entity as it is edited: its document parsed into attributes (4.5.1, 5.2.4).
package struct Entity: Equatable, Sendable {
    package let id: EntityID
    /// Stored names.
    package var types: [String]
    package var scopes: [String]
    package var createdAt: Timestamp
    package var modifiedAt: Timestamp
    package var expiresAt: Timestamp?
    /// The storage form of the attributes; to be replaced by the parsed attributes.
    package var document: [UInt8]

    package init(_ row: StoredEntity) {
        id = EntityID(stored: row.id)
        types = row.types
        scopes = row.scopes
        createdAt = row.createdAt
        modifiedAt = row.modifiedAt
        expiresAt = row.expiresAt
        document = row.document
    }

    /// The earliest moment at which it, or an attribute of it, expires (4.22).
    package var due: Timestamp? { expiresAt }

    /// The geometries of its GeoProperties: stored name, datasetId ("" for the default instance), GeoJSON text.
    package var geometries: [(attribute: String, instance: String, geoJSON: [UInt8])] { [] }
}
