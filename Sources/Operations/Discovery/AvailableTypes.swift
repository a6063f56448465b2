package import NGSILD
import Storage

/// What is known of an entity type (5.2.25, 5.2.26), by stored names.
package struct TypeDescription: Sendable {
    package let name: String
    package internal(set) var attributes: [AttributeDescription]
    /// nil: not asked for.
    package internal(set) var entityCount: Int?
}

extension Broker {
    /// The stored names of the types that entities of `tenant` have (5.7.5).
    package func availableTypes(tenant: Tenant) async throws -> [String] {
        try await discovery.types(of: try await key(of: tenant), at: clock.now)
    }

    /// The types that entities of `tenant` have, each with its attributes (5.7.6).
    package func describeTypes(tenant: Tenant) async throws -> [TypeDescription] {
        let (tenant, now) = (try await key(of: tenant), clock.now)
        let types = try await discovery.types(of: tenant, at: now)
        let uses = try await discovery.uses(tenant: tenant, at: now)
        return types.map { type in
            let own = uses.filter { $0.types.contains(type) }
            return TypeDescription(name: type, attributes: AttributeDescription.all(own))
        }
    }

    /// The type `name`, a stored name, as entities of `tenant` have it (5.7.7).
    ///
    /// - Throws: `resourceNotFound` where none has it.
    package func describeType(_ name: String, tenant: Tenant) async throws -> TypeDescription {
        let (tenant, now) = (try await key(of: tenant), clock.now)
        let query = EntityQuery(
            selectors: [EntitySelector(types: TypeSelection(anyOf: [name]))],
            page: Page(limit: 0, wantsCount: true))
        let count = try await queries.page(query, tenant: tenant, at: now).count ?? 0
        guard count > 0 else {
            throw NGSILDError(.resourceNotFound, "no entity has the type \(Context.iri(ofStored: name))")
        }
        let uses = try await discovery.uses(by: name, tenant: tenant, at: now)
        return TypeDescription(
            name: name, attributes: AttributeDescription.all(uses), entityCount: count)
    }
}
