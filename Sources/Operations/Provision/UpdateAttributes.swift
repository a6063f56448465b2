package import NGSILD
import Storage

extension Broker {
    /// Replaces attributes of the target by those of `fragment`; a null one is deleted (5.6.2).
    ///
    /// - Throws: `resourceNotFound` where the target is not there.
    package func updateAttributes(
        of target: Target, with fragment: EntityFragment, tenant: Tenant
    ) async throws -> UpdateResult {
        let (tenant, now) = (try await key(of: tenant), clock.now)
        return try await writes.submit(
            Mutation(of: target.id, in: tenant, bytes: fragment.payloadBytes) { current throws(NGSILDError) in
                let (entity, result) = try target.required(current).updating(fragment, at: now)
                return Written(entity, result: result)
            }
        ).result
    }
}
