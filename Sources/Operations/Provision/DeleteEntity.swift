package import NGSILD
import Storage

extension Broker {
    /// Deletes the target (5.6.6).
    ///
    /// - Throws: `resourceNotFound` where it is not there.
    package func deleteEntity(_ target: Target, tenant: Tenant) async throws {
        let tenant = try await key(of: tenant)
        _ = try await writes.submit(.deletion(of: target, in: tenant))
    }
}

extension Mutation {
    static func deletion(of target: Target, in tenant: TenantKey) -> Mutation {
        Mutation(of: target.id, in: tenant) { current throws(NGSILDError) in
            _ = try target.required(current)
            return Written(nil)
        }
    }
}
