package import NGSILD
package import Postgres

/// What has to be done now and then, by any process: each step takes what is there, so that it does no harm where
/// two do it at once, and none is missed where one ends.
package struct Housekeeper {
    private let queries: QueryPool
    private let writes: WritePath
    private let tenants: TenantStore
    private let indexes: ValueIndexes

    /// Rows of one step: some 10 ms of work, so that nobody waits for it.
    private static let stepRows: Int32 = 1000

    package init(queries: QueryPool, writes: WritePath, tenants: TenantStore, indexes: ValueIndexes) {
        self.queries = queries
        self.writes = writes
        self.tenants = tenants
        self.indexes = indexes
    }

    /// One round of everything; call it every second or so.
    ///
    /// - Returns: whether there is more to do at once.
    package func run(at now: Timestamp) async throws -> Bool {
        try await tenants.refresh()
        let isMoreDue = try await removeExpired(at: now)
        let isMoreCounted = try await foldCounts()
        let isMoreDeleted = try await removeRowsOfDeletedTenants()
        let isMoreIndexed = try await indexes.keep()
        return isMoreIndexed || isMoreDue || isMoreCounted || isMoreDeleted
    }

    private static let due = Statement(
        "SELECT tenant, id FROM entity WHERE due <= $1 ORDER BY due LIMIT $2")

    /// Removes entities and attributes that expired by `now` (4.22): readers do not see them any more as it is.
    ///
    /// Through the write path like any other write. The mutation is empty: a batch leaves out what has expired.
    func removeExpired(at now: Timestamp) async throws -> Bool {
        let rows = try await reporting {
            try await queries.query(Call(Self.due, PostgresTimestamp(now), Self.stepRows))
        }
        let mutations = (0..<rows.count).map { row in
            Mutation(of: EntityID(stored: rows.text(row, 1)), in: TenantKey(rows.int32(row, 0))) {
                Written($0)
            }
        }
        for result in await writes.submit(mutations) {
            if case .failure(let error) = result, !(error is NGSILDError) { throw error }
        }
        return rows.count == Self.stepRows
    }

    // Each process takes other rows (SKIP LOCKED); the sums go in one order, so that two do not deadlock.
    private static let fold = Statement(
        """
        WITH taken AS (
            DELETE FROM entity_count_delta WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM entity_count_delta LIMIT $1 FOR UPDATE SKIP LOCKED))
            RETURNING tenant, type, entities
        ), folded AS (
            INSERT INTO entity_count (tenant, type, entities)
            SELECT tenant, type, sum(entities) FROM taken GROUP BY tenant, type ORDER BY tenant, type
            ON CONFLICT (tenant, type) DO UPDATE SET entities = entity_count.entities + excluded.entities
        )
        SELECT count(*) FROM taken
        """)

    /// Folds deltas into the counts of types.
    func foldCounts() async throws -> Bool {
        let rows = try await reporting { try await queries.query(Call(Self.fold, 10 * Self.stepRows)) }
        return rows.int64(0, 0) == Int64(10 * Self.stepRows)
    }

    // A batch that had read the configuration before the deletion may still bring rows: hence the minute.
    private static let sweep = Statement(
        """
        WITH gone AS (
            SELECT key FROM tenant
            WHERE deleted IS NOT NULL AND NOT swept
                AND (deleted < now() - interval '1 minute' OR EXISTS (SELECT FROM entity WHERE tenant = key))
            LIMIT 1
        ), a AS (
            DELETE FROM entity WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM entity WHERE tenant = (SELECT key FROM gone) LIMIT $1)) RETURNING 1
        ), b AS (
            DELETE FROM entity_type WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM entity_type WHERE tenant = (SELECT key FROM gone) LIMIT $1)) RETURNING 1
        ), c AS (
            DELETE FROM entity_scope WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM entity_scope WHERE tenant = (SELECT key FROM gone) LIMIT $1)) RETURNING 1
        ), d AS (
            DELETE FROM entity_geo WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM entity_geo WHERE tenant = (SELECT key FROM gone) LIMIT $1)) RETURNING 1
        ), e AS (
            DELETE FROM entity_count WHERE tenant = (SELECT key FROM gone) RETURNING 1
        ), removed AS (
            SELECT (SELECT count(*) FROM a) + (SELECT count(*) FROM b) + (SELECT count(*) FROM c)
                + (SELECT count(*) FROM d) + (SELECT count(*) FROM e) AS rows
        ), marked AS (
            UPDATE tenant SET swept = true
            WHERE key = (SELECT key FROM gone) AND deleted < now() - interval '1 minute'
                AND (SELECT rows FROM removed) = 0
        )
        SELECT rows FROM removed
        """)

    /// Removes rows of a tenant that was deleted.
    func removeRowsOfDeletedTenants() async throws -> Bool {
        let rows = try await reporting { try await queries.query(Call(Self.sweep, Self.stepRows)) }
        return rows.int64(0, 0) > 0
    }
}
