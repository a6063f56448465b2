package import NGSILD
import Storage

extension Broker {
    /// The target as it is stored (5.7.1).
    ///
    /// - Throws: `resourceNotFound` where it is not there.
    package func retrieveEntity(_ target: Target, tenant: Tenant) async throws -> StoredEntity {
        let tenant = try await key(of: tenant)
        guard let entity = try await entities.entity(target.id, tenant: tenant, at: clock.now),
            target.types?.matches(entity.types) ?? true
        else { throw target.absent }
        return entity
    }

    /// What `entity` links to (4.5.23), as far as `join` goes.
    ///
    /// - Throws: `tooManyResults`.
    package func linkedEntities(
        of entity: StoredEntity, _ join: Join, projection: Projection, tenant: Tenant
    ) async throws -> [LinkedEntity] {
        try await linkedEntities(of: [entity], join, projection, tenant: try await key(of: tenant))
    }
}
