package import NGSILD
import Storage

/// An entity of a batch that is created where it is absent, and changes the present one otherwise (5.6.8).
package struct Upsert: Sendable {
    package let id: EntityID
    /// What is created; an error where the fragment makes no whole entity.
    package let entity: Result<Entity, NGSILDError>
    /// What a present entity is updated with; nil: it is replaced by `entity`.
    package let fragment: EntityFragment?
    /// Bytes of its text: what it holds in memory while it waits, about.
    let payloadBytes: Int

    package init(
        id: EntityID, entity: Result<Entity, NGSILDError>, fragment: EntityFragment?, payloadBytes: Int
    ) {
        self.id = id
        self.entity = entity
        self.fragment = fragment
        self.payloadBytes = payloadBytes
    }
}

extension Broker {
    /// Creates or changes an entity for each of `upserts`, in their order (5.6.8, 5.5.11.2).
    ///
    /// `refused` are the entities of the request that could not be read.
    package func upsertEntities(
        _ upserts: [Upsert], refused: [BatchResult.Failure], tenant: Tenant
    ) async throws -> BatchResult {
        let tenant = try await keyCreating(tenant)
        let now = clock.now
        return try await runBatch(
            upserts.map { .upsert($0, in: tenant, at: now) }, refused: refused)
    }
}

extension Mutation {
    fileprivate static func upsert(_ upsert: Upsert, in tenant: TenantKey, at now: Timestamp) -> Mutation {
        Mutation(of: upsert.id, in: tenant, bytes: upsert.payloadBytes) { current throws(NGSILDError) in
            guard let current else { return Written(try upsert.entity.get()) }
            guard let fragment = upsert.fragment else {
                return Written(current.replacing(with: try upsert.entity.get(), at: now))
            }
            let (entity, result) = current.updating(fragment, at: now)
            return Written(entity, result: result)
        }
    }
}
