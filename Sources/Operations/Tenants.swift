package import NGSILD
import Storage

/// A tenant and what it holds.
package struct TenantSummary: Sendable {
    /// Empty: the default tenant.
    package let name: String
    package let entities: Int64
}

extension Broker {
    /// The tenants whose names come after `name` in the order of their bytes, at most `limit`: for administrators.
    package func tenants(after name: String?, limit: Int) async throws -> [TenantSummary] {
        try await tenants.tenants(after: name, limit: Int32(limit))
            .map { TenantSummary(name: $0.name, entities: $0.entities) }
    }

    /// Deletes `tenant` with all that it holds; its name is free at once.
    ///
    /// - Throws: `nonexistentTenant`; `badRequestData` for the default tenant, which always is.
    package func deleteTenant(_ tenant: Tenant) async throws {
        guard !tenant.isDefault else {
            throw NGSILDError(.badRequestData, "the default tenant cannot be deleted; purge its entities")
        }
        guard try await tenants.delete(tenant) else {
            throw NGSILDError(.nonexistentTenant, "there is no tenant \"\(tenant.name)\"")
        }
    }
}
