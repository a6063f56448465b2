package import NGSILD
package import Postgres

/// The value indexes that administrators have declared: made, filled in the background, used, dropped.
///
/// Triggers on `entity` keep them, in the transaction of each write; without a declared index there are none.
package final class ValueIndexes {
    private let pool: QueryPool
    private var known: [TenantKey: (at: Timestamp, indexes: [ValueIndex])] = [:]

    /// Microseconds for which a list of indexes is taken for true.
    private static let freshness: Int64 = 5_000_000
    /// Entities that one step of filling takes; their rows are locked meanwhile.
    package static let stepRows = 500

    package init(pool: QueryPool) {
        self.pool = pool
    }

    /// Declares an index; queries use it once `fill` has come to its end.
    ///
    /// Writers wait a moment: whoever began before it must have ended, or the index would miss what they write.
    ///
    /// - Throws: `badRequestData` where the path follows Relationships or ends in a moment that the hub keeps;
    ///   `alreadyExists`.
    package func declare(type: String, path: AttributePath, tenant: TenantKey) async throws {
        guard path.links.isEmpty, path.names.last.map({ !AttributePath.systemNames.contains($0) }) ?? false
        else {
            throw NGSILDError(.badRequestData, "\(path.text) cannot be indexed", at: "path")
        }
        do {
            _ = try await pool.execute(
                [.begin, Call(Self.lock)] + Self.triggers.map { Call($0) } + [
                    Call(
                        Self.insert, tenant.number, type, path.names, path.members, path.valuePaths,
                        path.elementPaths), .commit,
                ])
        } catch let error as PostgresError where error.sqlState == "23505" {
            throw NGSILDError(.alreadyExists, "there is an index on \(path.text) of \(type) already")
        }
    }

    /// The indexes of `tenant` as they are now.
    package func all(of tenant: TenantKey) async throws -> [ValueIndex] {
        let rows = try await pool.query(Call(Self.list, tenant.number))
        return (0..<rows.count).map { row in
            ValueIndex(
                key: rows.int32(row, 0), type: rows.text(row, 1),
                path: AttributePath(names: rows.textArray(row, 2), members: rows.textArray(row, 3)),
                isReady: rows.bool(row, 5), filled: rows.text(row, 4))
        }
    }

    /// Those that a query may use; the list is a few seconds old.
    func ready(for tenant: TenantKey, at now: Timestamp) async throws -> [ValueIndex] {
        if let (moment, indexes) = known[tenant], abs(now.microseconds - moment.microseconds) < Self.freshness
        {
            return indexes
        }
        let indexes = try await all(of: tenant).filter(\.isReady)
        known[tenant] = (now, indexes)
        return indexes
    }

    /// Takes one step with an index that is not full yet, or with one that was dropped; false: there is nothing to do.
    package func step() async throws -> Bool {
        let unfinished = try await pool.query(Call(Self.unfinished))
        if unfinished.count > 0 {
            let key = unfinished.int32(0, 0)
            _ = try await pool.execute([.begin, Call(Self.fill, key, Int64(Self.stepRows)), .commit])
            return true
        }
        return try await pool.query(Call(Self.sweep)).count > 0
    }

    /// Drops an index: no new query uses it, and `step` removes its rows when no old one can.
    package func drop(type: String, path: AttributePath, tenant: TenantKey) async throws {
        let rows = try await pool.query(Call(Self.markDropped, tenant.number, type, path.names, path.members))
        guard rows.count > 0 else {
            throw NGSILDError(.resourceNotFound, "there is no index on \(path.text) of \(type)")
        }
    }

    // MARK: Statements

    private static let lock = Statement("LOCK TABLE entity IN SHARE ROW EXCLUSIVE MODE")

    private static let triggers = [
        Statement(
            """
            CREATE OR REPLACE TRIGGER value_index_inserted AFTER INSERT ON entity
            REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION value_index_inserted()
            """),
        Statement(
            """
            CREATE OR REPLACE TRIGGER value_index_updated AFTER UPDATE ON entity
            REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION value_index_updated()
            """),
        Statement(
            """
            CREATE OR REPLACE TRIGGER value_index_deleted AFTER DELETE ON entity
            REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION value_index_deleted()
            """),
    ]

    private static let insert = Statement(
        "INSERT INTO value_index (tenant, type, names, members, firsts, places) VALUES ($1, $2, $3, $4, $5, $6)"
    )

    private static let list = Statement(
        """
        SELECT key, type, names, members, filled, ready IS NOT NULL FROM value_index
        WHERE tenant = $1 AND dropped IS NULL ORDER BY type, names, members
        """)

    private static let unfinished = Statement(
        "SELECT key FROM value_index WHERE ready IS NULL AND dropped IS NULL ORDER BY key LIMIT 1")

    /// The rows are locked, so that none changes between its reading and the storing of its values.
    private static let fill = Statement(
        """
        WITH head AS (SELECT * FROM value_index WHERE key = $1 AND ready IS NULL FOR UPDATE),
        part AS (
            SELECT e.id, e.doc FROM head JOIN entity e ON e.tenant = head.tenant
            WHERE e.id IN (SELECT t.id FROM entity_type t WHERE t.tenant = head.tenant AND t.type = head.type
                AND t.id > head.filled ORDER BY t.id LIMIT $2)
            FOR SHARE OF e),
        stored AS (
            INSERT INTO entity_value SELECT head.key, x.rank, x.number, x.text, part.id, x.is_first
            FROM head, part, LATERAL entity_values(part.doc, head.firsts, head.places) x
            ON CONFLICT DO NOTHING),
        reached AS (
            SELECT max(id) AS id FROM (SELECT t.id FROM head JOIN entity_type t ON t.tenant = head.tenant
                AND t.type = head.type AND t.id > head.filled ORDER BY t.id LIMIT $2) AS ids)
        UPDATE value_index SET filled = coalesce(reached.id, filled),
            ready = CASE WHEN reached.id IS NULL THEN now() END
        FROM reached WHERE key = $1 AND ready IS NULL
        """)

    private static let markDropped = Statement(
        """
        UPDATE value_index SET dropped = now(), ready = NULL
        WHERE tenant = $1 AND type = $2 AND names = $3 AND members = $4 AND dropped IS NULL RETURNING key
        """)

    /// A minute is longer than a list of indexes is believed and a query runs.
    private static let sweep = Statement(
        """
        WITH gone AS (DELETE FROM value_index WHERE dropped < now() - interval '1 minute' RETURNING key)
        , rows AS (DELETE FROM entity_value USING gone WHERE index = gone.key)
        SELECT key FROM gone
        """)
}
