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
    /// Creates or changes an entity for each of `upserts`, in their order (5.6.8, 5.5.11.2); what is changed is modified
    /// at `now`, as what is created was made.
    ///
    /// `refused` are the entities of the request that could not be read; where there are no others, no tenant is made
    /// for them.
    package func upsertEntities(
        _ upserts: [Upsert], refused: [BatchResult.Failure], tenant: Tenant, at now: Timestamp
    ) async throws -> BatchResult {
        if upserts.isEmpty { return BatchResult(refused: refused) }
        let tenant = try await keyCreating(tenant)
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
            var (entity, result) = current.updating(fragment, at: now)
            // A scope where there is none to update is ignored (5.6.2.4): the entity is among the successes.
            result.notUpdated = []
            return Written(entity, result: result)
        }
    }
}
