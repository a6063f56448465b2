import JSON

/// A part of an entity that a client sends to change one (5.4).
package struct EntityFragment: Sendable {
    /// Where the fragment names the entity as well.
    package var id: EntityID?
    /// Stored names; none where the fragment says nothing of types.
    package var types: [String] = []
    package var scopes: Change<[String]>?
    package var expiresAt: Change<Timestamp>?
    package var attributes: [AttributeFragment] = []
    /// Bytes of the text that it was read from: what it holds in memory while it waits, about.
    package internal(set) var payloadBytes = 0

    package init() {}

    /// What becomes of a member of the entity itself; nil where the fragment does not mention it.
    package enum Change<Value: Sendable>: Sendable {
        case set(Value)
        case remove
    }
}

/// An attribute of a fragment.
package struct AttributeFragment: Sendable {
    /// Stored name.
    package let name: String
    var instances: [InstanceFragment]
    /// Bytes of the text that it was read from: what it holds in memory while it waits, about.
    package let payloadBytes: Int
}

/// An instance of a fragment: in storage form, with the NGSI-LD Nulls that it may contain.
struct InstanceFragment: Sendable {
    var instance: AttributeInstance
    /// Whether the client said the type; else it was concluded, or is not known.
    var isTypeGiven: Bool
    /// The value where it came without an attribute around it.
    var bare: BareValue?
    /// Whether it came in the simplified representation, which cannot change a type (6.5.3.4).
    var isSimplified = false

    init(instance: AttributeInstance, isTypeGiven: Bool, bare: BareValue? = nil) {
        self.instance = instance
        self.isTypeGiven = isTypeGiven
        self.bare = bare
    }
}

/// A value that means what the type of the attribute it meets makes of it (5.6.17.4).
struct BareValue: Sendable {
    let view: JSONView
    let context: Context
}
