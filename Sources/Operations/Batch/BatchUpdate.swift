package import NGSILD
import Storage

extension Broker {
    /// Appends the attributes of each fragment to its entity, as 5.6.3 does to one (5.6.9).
    ///
    /// `refused` are the entities of the request that could not be read.
    package func updateEntities(
        _ fragments: [(id: EntityID, fragment: EntityFragment)], overwrite: Bool,
        refused: [BatchResult.Failure], tenant: Tenant
    ) async throws -> BatchResult {
        let (tenant, now) = (try await key(of: tenant), clock.now)
        let mutations = fragments.map { id, fragment in
            Mutation.append(of: fragment, to: Target(id), overwrite: overwrite, in: tenant, at: now)
        }
        return try await runBatch(mutations, refused: refused)
    }
}
