/// A row of table `entity`, as it was read: not parsed, ready to be rendered.
package struct StoredEntity: Sendable {
    package var id: String
    /// Stored names (`StoredName`).
    package var types: [String]
    package var scopes: [String]
    package var createdAt: Timestamp
    package var modifiedAt: Timestamp
    package var expiresAt: Timestamp?
    /// The attributes, a JSON object by stored name in the storage form (see `Entity`).
    package var document: [UInt8]

    package init(
        id: String, types: [String], scopes: [String], createdAt: Timestamp, modifiedAt: Timestamp,
        expiresAt: Timestamp?, document: [UInt8]
    ) {
        self.id = id
        self.types = types
        self.scopes = scopes
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
        self.expiresAt = expiresAt
        self.document = document
    }
}
