package import NGSILD
package import Postgres

/// The `@context`s that are kept in table `context`.
package struct ContextStore {
    private let pool: QueryPool

    /// Those of a tenant, and the cached ones, that one list shows.
    package static let listMax: Int32 = 1_000

    private static let columns = "id, kind, body, created, expires, entity_tag, last_modified"
    private static let read = "\(columns), hits, last_usage"

    package init(pool: QueryPool) {
        self.pool = pool
    }

    private static let one = Statement("SELECT \(read) FROM context WHERE id = $1")

    /// The one with this id, whoever's it is: who has its address may use it.
    package func context(_ id: String) async throws -> StoredContext? {
        try await contexts(Call(Self.one, id)).first
    }

    private static let visible = Statement(
        "SELECT \(read) FROM context WHERE id = $1 AND (tenant IS NULL OR tenant = $2)")

    /// The one with this id, where it belongs to `tenant` or to all.
    package func context(_ id: String, visibleTo tenant: TenantKey?) async throws -> StoredContext? {
        try await contexts(Call(Self.visible, id, tenant?.number)).first
    }

    private static let list = Statement(
        """
        SELECT \(read) FROM context
        WHERE (tenant IS NULL OR tenant = $1) AND ($2::text IS NULL OR kind = $2)
        ORDER BY created, id LIMIT \(listMax)
        """)

    /// Those of `tenant` and of all, the oldest first.
    package func contexts(
        of tenant: TenantKey?, kind: StoredContext.Kind?
    ) async throws -> [StoredContext] {
        try await contexts(Call(Self.list, tenant?.number, kind?.rawValue))
    }

    private static let implicit = Statement(
        """
        SELECT \(read) FROM context
        WHERE tenant = $1 AND md5(body) = md5($2) AND body = $2 AND kind = 'ImplicitlyCreated'
        """)

    /// The implicitly created one of `tenant` with this document.
    package func implicitContext(
        _ body: [UInt8], tenant: TenantKey
    ) async throws -> StoredContext? {
        try await contexts(Call(Self.implicit, tenant.number, String(decoding: body, as: UTF8.self))).first
    }

    private static let put = Statement(
        """
        INSERT INTO context (\(columns), tenant) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE SET body = excluded.body, created = excluded.created, expires = excluded.expires,
            entity_tag = excluded.entity_tag, last_modified = excluded.last_modified
        """)

    /// Keeps `context` for `tenant`, or for all; one with its id gets its content, its freshness and its moment: that
    /// is when the copy was made (5.13.1).
    package func put(_ context: StoredContext, tenant: TenantKey?) async throws {
        _ = try await reporting {
            try await pool.query(
                Call(
                    Self.put, context.id, context.kind.rawValue,
                    String(decoding: context.body, as: UTF8.self), PostgresTimestamp(context.created),
                    context.expires.map { PostgresTimestamp($0) }, context.entityTag, context.lastModified,
                    tenant?.number))
        }
    }

    private static let delete = Statement("DELETE FROM context WHERE id = $1")

    package func delete(_ id: String) async throws {
        _ = try await reporting { try await pool.query(Call(Self.delete, id)) }
    }

    // Locked in one order, so that two processes do not deadlock.
    private static let add = Statement(
        """
        WITH used AS MATERIALIZED (
            SELECT id, found.hits, found.last
            FROM context JOIN unnest($1::text[], $2::bigint[], $3::timestamptz[]) AS found (id, hits, last) USING (id)
            ORDER BY id FOR UPDATE OF context
        )
        UPDATE context SET hits = context.hits + used.hits, last_usage = greatest(last_usage, used.last)
        FROM used WHERE context.id = used.id
        """)

    /// Adds to the usage of each `@context`, by its id; one that is no more is passed over.
    package func add(_ usage: [String: ContextUsage]) async throws {
        let used = usage.compactMap { id, usage in
            usage.last.map { (id, Int64(usage.hits), PostgresTimestamp($0)) }
        }
        _ = try await reporting {
            try await pool.query(Call(Self.add, used.map(\.0), used.map(\.1), used.map(\.2)))
        }
    }

    private func contexts(_ call: Call) async throws -> [StoredContext] {
        let rows = try await reporting { try await pool.query(call) }
        return (0..<rows.count).map { row in
            var context = StoredContext(
                id: rows.text(row, 0), kind: StoredContext.Kind(rawValue: rows.text(row, 1)) ?? .cached,
                body: rows.bytes(row, 2), created: Timestamp(microseconds: rows.timestamp(row, 3)))
            if !rows.isNull(row, 4) { context.expires = Timestamp(microseconds: rows.timestamp(row, 4)) }
            if !rows.isNull(row, 5) { context.entityTag = rows.text(row, 5) }
            if !rows.isNull(row, 6) { context.lastModified = rows.text(row, 6) }
            context.usage = ContextUsage(
                hits: Int(rows.int64(row, 7)),
                last: rows.isNull(row, 8) ? nil : Timestamp(microseconds: rows.timestamp(row, 8)))
            return context
        }
    }
}
