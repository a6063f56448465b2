package import NGSILD
import Storage

extension Broker {
    /// Puts `fragment` in the place of the instance that it is about, whose createdAt it keeps (5.6.19).
    ///
    /// - Throws: `resourceNotFound` where the target, or this instance of its attribute, is not there.
    package func replaceAttribute(
        of target: Target, by fragment: AttributeFragment, tenant: Tenant
    ) async throws {
        let (tenant, now) = (try await key(of: tenant), clock.now)
        _ = try await writes.submit(
            Mutation(of: target.id, in: tenant, bytes: fragment.payloadBytes) { current throws(NGSILDError) in
                let (entity, result) = try target.required(current).replacingAttribute(fragment, at: now)
                return Written(entity, result: result)
            })
    }
}
