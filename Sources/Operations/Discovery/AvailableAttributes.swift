package import NGSILD
import Storage

/// What is known of an attribute (5.2.28), by stored names.
package struct AttributeDescription: Sendable {
    package let name: String
    /// `Property`, `Relationship`, ….
    package private(set) var kinds: [String] = []
    /// The types of the entities that have it.
    package private(set) var types: [String] = []
    /// Its instances.
    package private(set) var count = 0

    /// One for each attribute of `uses`, in the order of their names.
    static func all(_ uses: [AttributeUse]) -> [AttributeDescription] {
        Dictionary(grouping: uses, by: \.attribute)
            .map { AttributeDescription(name: $0, $1) }
            .sorted { $0.name < $1.name }
    }

    private init(name: String, _ uses: [AttributeUse]) {
        self.name = name
        kinds = Set(uses.map(\.kind)).sorted()
        types = Set(uses.flatMap(\.types)).sorted()
        count = uses.reduce(0) { $0 + $1.count }
    }
}

extension Broker {
    /// The attributes that entities of `tenant` have (5.7.8, 5.7.9).
    package func describeAttributes(tenant: Tenant) async throws -> [AttributeDescription] {
        AttributeDescription.all(
            try await discovery.uses(tenant: try await key(of: tenant), at: clock.now))
    }

    /// The attribute `name`, a stored name, as entities of `tenant` have it (5.7.10).
    ///
    /// - Throws: `resourceNotFound` where none has it.
    package func describeAttribute(_ name: String, tenant: Tenant) async throws -> AttributeDescription {
        let uses = try await discovery.uses(of: name, tenant: try await key(of: tenant), at: clock.now)
        guard let description = AttributeDescription.all(uses).first else {
            throw NGSILDError(.resourceNotFound, "no entity has the attribute \(Context.iri(ofStored: name))")
        }
        return description
    }
}
