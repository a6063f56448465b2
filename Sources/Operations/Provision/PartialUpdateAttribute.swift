package import NGSILD
import Storage

extension Broker {
    /// Changes members of the instance that `fragment` is about (5.6.4, 5.5.8).
    ///
    /// - Throws: `resourceNotFound` where the target, or this instance of its attribute, is not there.
    package func partiallyUpdateAttribute(
        of target: Target, with fragment: AttributeFragment, tenant: Tenant
    ) async throws {
        let (tenant, now) = (try await key(of: tenant), clock.now)
        _ = try await writes.submit(
            Mutation(of: target.id, in: tenant, bytes: fragment.payloadBytes) { current throws(NGSILDError) in
                let (entity, result) = try target.required(current).partiallyUpdating(fragment, at: now)
                return Written(entity, result: result)
            })
    }
}
