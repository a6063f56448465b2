import NGSILD
import Networking
import Postgres

// What the housekeepers of all processes do for the value indexes.
extension ValueIndexes {
    /// Learns what is ready, and takes one step with an index that is not full yet or was dropped.
    ///
    /// - Returns: whether there is more to do at once.
    func keep() async throws -> Bool {
        let now = MonotonicTime.now
        let state = try await reporting { try await queries.query(Call(Self.state)) }
        if !directory.confirm(state.int64(0, 0), at: now) { try await refresh() }
        if state.bool(0, 1) { return try await fill() }
        if state.bool(0, 2) { return try await sweep() }
        if state.bool(0, 3) { try await rest() }
        return false
    }

    /// Learns what is ready.
    func refresh() async throws {
        let now = MonotonicTime.now
        let rows = try await reporting { try await queries.query(Call(Self.ready)) }
        var indexes: [TenantKey: [ValueIndex]] = [:]
        for row in 0..<rows.count where !rows.isNull(row, 0) {
            indexes[TenantKey(rows.int32(row, 4)), default: []].append(ValueIndex(rows, row: row))
        }
        directory.update(indexes, version: rows.int64(0, 5), at: now)
    }

    private static let state = Statement(
        """
        SELECT version, EXISTS (SELECT FROM value_index WHERE ready IS NULL AND dropped IS NULL),
            EXISTS (SELECT FROM value_index WHERE dropped < now() - interval '6 minutes'),
            EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'entity'::regclass AND tgname = 'value_index_inserted')
                AND NOT EXISTS (SELECT FROM value_index)
        FROM configuration
        """)

    private static let ready = Statement(
        """
        SELECT key, type, names, members, tenant, version
        FROM configuration LEFT JOIN value_index ON ready IS NOT NULL AND dropped IS NULL ORDER BY key
        """)

    // MARK: Filling

    /// Entities that one step takes: their rows are locked meanwhile, some 10 ms.
    private static let fillRows: Int64 = 500

    // Of several processes one takes a step with an index (SKIP LOCKED). The entities' rows are locked, so that none
    // changes between its reading and the storing of its values.
    private static let fill = Statement(
        """
        WITH head AS (
            SELECT * FROM value_index WHERE ready IS NULL AND dropped IS NULL ORDER BY key LIMIT 1
            FOR UPDATE SKIP LOCKED
        ), ids AS (
            SELECT t.id FROM head, LATERAL (SELECT id FROM entity_type WHERE tenant = head.tenant
                AND type = head.type AND id > head.filled ORDER BY id LIMIT $1) AS t
        ), part AS (
            SELECT e.id, entity_part(e.doc, E'\n' || to_json(head.names[1]) || ':') AS doc
            FROM head CROSS JOIN ids JOIN entity e ON e.tenant = head.tenant AND e.id = ids.id
            FOR SHARE OF e
        ), stored AS (
            INSERT INTO entity_value SELECT head.key, x.is_first, x.rank, x.number, x.text, part.id
            FROM head, part, LATERAL entity_values(part.doc, head.plain, head.firsts, head.places) x
            ON CONFLICT DO NOTHING
        ), reached AS (
            SELECT max(id) AS id, count(*) AS entities FROM ids
        ), done AS (
            UPDATE value_index v SET filled = coalesce(reached.id, v.filled), entities = v.entities + reached.entities,
                ready = CASE WHEN reached.id IS NULL THEN now() END
            FROM head, reached WHERE v.key = head.key RETURNING v.ready
        ), told AS (
            UPDATE configuration SET version = version + 1 WHERE EXISTS (SELECT FROM done WHERE ready IS NOT NULL)
        )
        SELECT count(*), coalesce(bool_or(ready IS NOT NULL), false) FROM done
        """)

    /// Takes the next entities into the oldest index that nobody else fills now; false: there is none.
    private func fill() async throws -> Bool {
        let rows = try await reporting { try await queries.query(Call(Self.fill, Self.fillRows)) }
        if rows.bool(0, 1) { try await refresh() }
        return rows.int64(0, 0) > 0
    }

    // MARK: Dropping

    /// Rows that one step removes: some 10 ms of work.
    private static let sweepRows: Int64 = 2_000

    // A minute after writes have ceased to keep it (`value_index_kept`), so that none adds a row any more.
    private static let sweep = Statement(
        """
        WITH gone AS (
            SELECT key FROM value_index WHERE dropped < now() - interval '6 minutes' ORDER BY key LIMIT 1
            FOR UPDATE SKIP LOCKED
        ), rows AS (
            DELETE FROM entity_value WHERE ctid = ANY (ARRAY(
                SELECT v.ctid FROM gone JOIN entity_value v ON v.index = gone.key LIMIT $1)) RETURNING 1
        ), removed AS (
            DELETE FROM value_index USING gone
            WHERE value_index.key = gone.key AND NOT EXISTS (SELECT FROM rows)
        )
        SELECT count(*) FROM gone
        """)

    private func sweep() async throws -> Bool {
        let rows = try await reporting { try await queries.query(Call(Self.sweep, Self.sweepRows)) }
        return rows.int64(0, 0) > 0
    }

    // Whoever reads or writes entities has to end first, and whoever comes next waits for that: not for long.
    private static let limitRest = Statement("SELECT set_config('lock_timeout', '50ms', true)")
    private static let rest = Statement("SELECT value_index_rest()")

    /// Takes the triggers away; where the table is busy, another round will.
    private func rest() async throws {
        do {
            _ = try await queries.execute([.begin, Call(Self.limitRest), Call(Self.rest), .commit])
        } catch let error as PostgresError where error.sqlState == "55P03" {
            return
        } catch let error as PostgresError {
            throw error.reported
        }
    }
}
