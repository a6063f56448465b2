package import NGSILD
import Storage

extension Broker {
    /// Deletes the entities `ids`; one that is named twice is absent the second time (5.6.10).
    ///
    /// `refused` are the ids of the request that could not be read.
    package func deleteEntities(
        _ ids: [EntityID], refused: [BatchResult.Failure], tenant: Tenant
    ) async throws -> BatchResult {
        let tenant = try await key(of: tenant)
        return try await runBatch(ids.map { .deletion(of: Target($0), in: tenant) }, refused: refused)
    }
}
