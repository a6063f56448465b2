package import NGSILD
import Storage

extension Broker {
    /// Creates each of `entities` (5.6.7); of those with the same id the first one is created.
    ///
    /// `refused` are the entities of the request that could not be read; where there are no others, no tenant is made
    /// for them.
    package func createEntities(
        _ entities: [(entity: Entity, payloadBytes: Int)], refused: [BatchResult.Failure], tenant: Tenant
    ) async throws -> BatchResult {
        if entities.isEmpty { return BatchResult(refused: refused) }
        let tenant = try await keyCreating(tenant)
        return try await runBatch(
            entities.map { .creation(of: $0.entity, payloadBytes: $0.payloadBytes, in: tenant) },
            refused: refused)
    }
}
