package import NGSILD
import Storage

extension Broker {
    /// Deletes the default instance of the attribute `name`, the one of `datasetId`, or, with `all`, each (5.6.5).
    ///
    /// - Throws: `resourceNotFound` where the target, or what is to be deleted of it, is not there.
    package func deleteAttribute(
        _ name: String, of target: Target, datasetId: String?, all: Bool, tenant: Tenant
    ) async throws {
        let (tenant, now) = (try await key(of: tenant), clock.now)
        _ = try await writes.submit(
            Mutation(of: target.id, in: tenant) { current throws(NGSILDError) in
                let (entity, result) = try target.required(current)
                    .deletingAttribute(name, datasetId: datasetId, deleteAll: all, at: now)
                return Written(entity, result: result)
            })
    }
}
