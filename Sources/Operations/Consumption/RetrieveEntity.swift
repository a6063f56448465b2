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
}
