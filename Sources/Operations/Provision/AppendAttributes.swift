package import NGSILD
import Storage

extension Broker {
    /// Adds the attributes of `fragment` to the target (5.6.3); where `overwrite`, in the place of present ones.
    ///
    /// - Throws: `resourceNotFound` where the target is not there.
    package func appendAttributes(
        _ fragment: EntityFragment, to target: Target, overwrite: Bool, tenant: Tenant
    ) async throws -> UpdateResult {
        let tenant = try await key(of: tenant)
        let mutation = Mutation.append(
            of: fragment, to: target, overwrite: overwrite, in: tenant, at: clock.now)
        return try await writes.submit(mutation).result
    }
}

extension Mutation {
    static func append(
        of fragment: EntityFragment, to target: Target, overwrite: Bool, in tenant: TenantKey,
        at now: Timestamp
    ) -> Mutation {
        Mutation(of: target.id, in: tenant, bytes: fragment.payloadBytes) { current throws(NGSILDError) in
            let (entity, result) = try target.required(current)
                .appending(fragment, overwrite: overwrite, at: now)
            return Written(entity, result: result)
        }
    }
}
