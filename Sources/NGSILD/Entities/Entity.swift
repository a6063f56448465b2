package import JSON

/// An entity as it is edited (4.5.1, 5.2.4).
///
/// Its document in storage form has one member per attribute, by stored name: an instance of it, or an array of
/// them where there are several or one has a datasetId:
///
///     {"speed": {"type": "Property", "value": 55, "unitCode": "KMH", "modifiedAt": "2026-01-01T00:00:00Z"}}
package struct Entity: Equatable, Sendable {
    package let id: EntityID
    /// Stored names.
    package var types: [String]
    /// With their leading slash.
    package var scopes: [String]
    package var createdAt: Timestamp
    /// It never runs backwards: what changes an entity is at this moment or later, since requests overtake each other
    /// and the clocks of nodes differ.
    package var modifiedAt: Timestamp
    package var expiresAt: Timestamp?
    package var attributes: Attributes

    package init(
        id: EntityID, types: [String], scopes: [String] = [], createdAt: Timestamp, modifiedAt: Timestamp,
        expiresAt: Timestamp? = nil, attributes: Attributes = Attributes()
    ) {
        self.id = id
        self.types = types
        self.scopes = scopes
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
        self.expiresAt = expiresAt
        self.attributes = attributes
    }

    package init(_ row: StoredEntity) {
        self.init(
            id: EntityID(stored: row.id), types: row.types, scopes: row.scopes, createdAt: row.createdAt,
            modifiedAt: row.modifiedAt, expiresAt: row.expiresAt, attributes: Attributes(stored: row.root))
    }

    /// The attributes in storage form.
    package var document: [UInt8] { attributes.document }

    /// The row that stores it.
    package var stored: StoredEntity {
        StoredEntity(
            id: id.description, types: types, scopes: scopes, createdAt: createdAt, modifiedAt: modifiedAt,
            expiresAt: expiresAt, document: document)
    }
}

extension StoredEntity {
    /// The parsed document.
    package var root: JSONView {
        // PostgreSQL gives back what this program has written: anything else is damage that nobody can work with.
        guard let document = try? JSONDocument(parsing: document, limits: .stored) else {
            preconditionFailure("the document of the entity \(id) is not JSON")
        }
        return document.root
    }
}
