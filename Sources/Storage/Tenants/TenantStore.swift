package import NGSILD
package import Postgres

/// The tenants (4.14): their names, and the numbers that stand for them in every key.
package struct TenantStore {
    private let points: PointLane
    private let queries: QueryPool
    private let directory: TenantDirectory

    package init(points: PointLane, queries: QueryPool, directory: TenantDirectory) {
        self.points = points
        self.queries = queries
        self.directory = directory
    }

    private static let find = Statement("SELECT key FROM tenant WHERE name = $1 AND deleted IS NULL")

    /// The key of `tenant`; nil where there is no such tenant.
    package func key(of tenant: Tenant) async throws -> TenantKey? {
        if let known = directory.key(of: tenant) { return known }
        let rows = try await reporting { try await points.query(Call(Self.find, tenant.name)) }
        return learn(rows, of: tenant)
    }

    private static let create = Statement(
        "INSERT INTO tenant (name) VALUES ($1) ON CONFLICT (name) WHERE deleted IS NULL DO NOTHING")

    /// The key of `tenant`, which is made where it does not exist: for operations that create (4.14).
    ///
    /// In a transaction of its own, before the one of the entities.
    package func keyCreating(_ tenant: Tenant) async throws -> TenantKey {
        while true {
            if let key = try await key(of: tenant) { return key }
            _ = try await reporting { try await queries.query(Call(Self.create, tenant.name)) }
        }
    }

    private static let list = Statement(
        """
        SELECT name,
            coalesce((SELECT entities FROM entity_count AS c WHERE c.tenant = key AND type = ''), 0)
            + coalesce((SELECT sum(entities)::bigint FROM entity_count_delta AS d
                        WHERE d.tenant = key AND type = ''), 0)
        FROM tenant WHERE deleted IS NULL AND ($1 IS NULL OR name > $1) ORDER BY name LIMIT $2
        """)

    /// At most `limit` tenants whose names come after `name` in the order of their bytes.
    ///
    /// With the number of their entities. The default tenant's name is empty.
    package func tenants(
        after name: String?, limit: Int32
    ) async throws -> [(name: String, entities: Int64)] {
        let rows = try await reporting {
            try await queries.query(Call(Self.list, name, limit))
        }
        return (0..<rows.count).map { (rows.text($0, 0), rows.int64($0, 1)) }
    }

    private static let delete = Statement(
        """
        WITH gone AS (
            UPDATE tenant SET deleted = now() WHERE name = $1 AND name <> '' AND deleted IS NULL RETURNING key
        ), indexes AS (
            UPDATE value_index SET dropped = now(), ready = NULL
            WHERE tenant IN (SELECT key FROM gone) AND dropped IS NULL
        )
        UPDATE configuration SET version = version + 1 WHERE EXISTS (SELECT FROM gone)
        """)

    /// Deletes `tenant` with all it has; false: there is none, or it is the default one.
    ///
    /// Its name is free at once and no process writes to it any more; the rows go in the background
    /// (`Housekeeper`). A process that reads only may show them for some seconds.
    package func delete(_ tenant: Tenant) async throws -> Bool {
        let rows = try await reporting { try await queries.query(Call(Self.delete, tenant.name)) }
        guard rows.affected > 0 else { return false }
        try await refresh()
        return true
    }

    /// Learns what other processes have deleted.
    package func refresh() async throws {
        let rows = try await reporting { try await queries.query(.readDeletedTenants) }
        directory.update(rows)
    }

    private func learn(_ rows: Rows, of tenant: Tenant) -> TenantKey? {
        guard rows.count > 0 else { return nil }
        let key = TenantKey(rows.int32(0, 0))
        directory.learn(key, of: tenant)
        return key
    }
}

extension Call {
    /// The configuration's version and the tenants that are no more, of one moment.
    static let readDeletedTenants = Call(
        Statement(
            """
            SELECT version, ARRAY(SELECT key FROM tenant WHERE deleted IS NOT NULL)
            FROM configuration
            """))
}

extension TenantDirectory {
    /// Takes over what `Call.readDeletedTenants` gave.
    func update(_ rows: Rows) {
        update(deleted: Set(rows.int32Array(0, 1).map { TenantKey($0) }), version: rows.int64(0, 0))
    }
}
