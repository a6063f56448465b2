package import NGSILD
import Storage

extension Broker {
    /// Creates `entity` in `tenant` (5.6.1); `payloadBytes` is what it holds in memory while it waits, about.
    ///
    /// - Throws: `alreadyExists` where the tenant has an entity of this id.
    package func createEntity(_ entity: Entity, payloadBytes: Int, tenant: Tenant) async throws {
        let tenant = try await keyCreating(tenant)
        _ = try await writes.submit(.creation(of: entity, payloadBytes: payloadBytes, in: tenant))
    }
}

extension Mutation {
    static func creation(of entity: Entity, payloadBytes: Int, in tenant: TenantKey) -> Mutation {
        Mutation(of: entity.id, in: tenant, bytes: payloadBytes) { current throws(NGSILDError) in
            guard current == nil else {
                throw NGSILDError(.alreadyExists, "the entity \(entity.id) already exists")
            }
            return Written(entity)
        }
    }
}
