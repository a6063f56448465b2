package import NGSILD
import Storage

extension Broker {
    /// Puts `entity` in the place of the target, whose createdAt it keeps (5.6.18); `payloadBytes` is what it holds
    /// in memory while it waits, about.
    ///
    /// - Throws: `resourceNotFound` where the target is not there.
    package func replaceEntity(
        _ target: Target, by entity: Entity, payloadBytes: Int, tenant: Tenant
    ) async throws {
        let (tenant, now) = (try await key(of: tenant), clock.now)
        _ = try await writes.submit(
            Mutation(of: target.id, in: tenant, bytes: payloadBytes) { current throws(NGSILDError) in
                Written(try target.required(current).replacing(with: entity, at: now))
            })
    }
}
