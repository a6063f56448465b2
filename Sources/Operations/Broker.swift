import NGSILD
package import Storage

/// The NGSI-LD operations (clause 5), one file each in this folder; one `Broker` per worker.
package final class Broker {
    let entities: EntityStore
    let queries: EntityQueries
    let discovery: DiscoveryStore
    let writes: WritePath
    let tenants: TenantStore
    let indexes: ValueIndexes
    package let clock: Clock
    /// Whether a query by ids alone, which 5.7.2.4 calls too wide, is asked of this hub alone.
    let queriesByIDAreLocal: Bool

    package init(
        entities: EntityStore, queries: EntityQueries, discovery: DiscoveryStore, writes: WritePath,
        tenants: TenantStore, indexes: ValueIndexes, clock: Clock, queriesByIDAreLocal: Bool = false
    ) {
        self.entities = entities
        self.queries = queries
        self.discovery = discovery
        self.writes = writes
        self.tenants = tenants
        self.indexes = indexes
        self.clock = clock
        self.queriesByIDAreLocal = queriesByIDAreLocal
    }

    /// - Throws: `nonexistentTenant` where nothing was ever created in it (5.5.10).
    func key(of tenant: Tenant) async throws -> TenantKey {
        if tenant.isDefault { return .default }
        guard let key = try await tenants.key(of: tenant) else {
            throw NGSILDError(
                .nonexistentTenant,
                "there is no tenant \"\(tenant.name)\"; creating an entity in it makes it",
                at: "NGSILD-Tenant")
        }
        return key
    }

    /// The key of `tenant`, which the creation of something makes (5.5.10).
    func keyCreating(_ tenant: Tenant) async throws -> TenantKey {
        if tenant.isDefault { return .default }
        return try await tenants.keyCreating(tenant)
    }
}
