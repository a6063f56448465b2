package import NGSILD
import Storage

extension Broker {
    /// Creates `entity` in `tenant` (5.6.1).
    ///
    /// - Throws: `alreadyExists` where the tenant has an entity of this id.
    package func createEntity(_ entity: Entity, tenant: Tenant) async throws {
        let tenant = try await keyCreating(tenant)
        _ = try await writes.submit(.creation(of: entity, in: tenant))
    }
}

extension Mutation {
    static func creation(of entity: Entity, in tenant: TenantKey) -> Mutation {
        Mutation(of: entity.id, in: tenant, bytes: entity.payloadBytes) { current throws(NGSILDError) in
            guard current == nil else {
                throw NGSILDError(.alreadyExists, "the entity \(entity.id) already exists")
            }
            return Written(entity)
        }
    }
}
