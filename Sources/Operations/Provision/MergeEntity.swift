package import NGSILD
import Storage

extension Broker {
    /// Merges `fragment` into the target (5.6.17, 5.5.12).
    ///
    /// - Throws: `resourceNotFound` where the target is not there.
    package func mergeEntity(
        _ target: Target, with fragment: EntityFragment, options: MergeOptions, tenant: Tenant
    ) async throws {
        let tenant = try await key(of: tenant)
        _ = try await writes.submit(
            .merge(of: fragment, into: target, options: options, in: tenant, at: clock.now))
    }
}

extension Mutation {
    static func merge(
        of fragment: EntityFragment, into target: Target, options: MergeOptions = MergeOptions(),
        in tenant: TenantKey, at now: Timestamp
    ) -> Mutation {
        Mutation(of: target.id, in: tenant, bytes: fragment.payloadBytes) { current throws(NGSILDError) in
            let (entity, result) = try target.required(current)
                .merging(fragment, options: options, at: now)
            return Written(entity, result: result)
        }
    }
}
