package import NGSILD
import Storage

extension Broker {
    /// Merges each fragment into its entity, as 5.6.17 does with one (5.6.20).
    ///
    /// `refused` are the entities of the request that could not be read.
    package func mergeEntities(
        _ fragments: [(id: EntityID, fragment: EntityFragment)], refused: [BatchResult.Failure],
        tenant: Tenant
    ) async throws -> BatchResult {
        let (tenant, now) = (try await key(of: tenant), clock.now)
        let mutations = fragments.map { id, fragment in
            Mutation.merge(of: fragment, into: Target(id), in: tenant, at: now)
        }
        return try await runBatch(mutations, refused: refused)
    }
}
