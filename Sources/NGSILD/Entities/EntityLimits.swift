/// How large the parts of an entity may be; beyond it the client gets `BadRequestData`.
package enum EntityLimits {
    /// Bytes of an entity id, UTF-8.
    ///
    /// With the two below it fits one PostgreSQL index tuple (2 704 bytes), as the key of `entity_geo` needs.
    package static let idBytesMax = 1024
    /// Bytes of a datasetId.
    package static let datasetIdBytesMax = 1024
    /// Bytes of an attribute or type name once expanded; of a scope too.
    package static let nameBytesMax = 512
    /// Bytes of the target of a Relationship: another broker's id may be longer than ours.
    package static let objectBytesMax = 2048
    /// Types of one entity: each is a row of `entity_type`.
    package static let typesMax = 100
    /// Scopes of one entity: each is a row of `entity_scope`.
    package static let scopesMax = 100
    /// Attributes of one payload, and members of one attribute: they are looked up one by one.
    package static let attributesMax = 2000
    package static let membersMax = 500
    /// Instances of one attribute (4.5.5): they are compared with one another.
    package static let instancesMax = 1000
    /// Sub-attributes within sub-attributes: every step of it recurses.
    package static let depthMax = 16
}
