package import NGSILD
package import Postgres

/// The `@context`s that are kept in table `context`.
package struct ContextStore {
    private let pool: QueryPool

    /// Those of a tenant, and the cached ones, that one list shows.
    package static let listMax: Int32 = 1_000

    private static let columns = "id, kind, body, created, expires, entity_tag, last_modified"

    package init(pool: QueryPool) {
        self.pool = pool
    }

    private static let one = Statement("SELECT \(columns) FROM context WHERE id = $1")

    /// The one with this id, whoever's it is: who has its address may use it.
    package func context(_ id: String) async throws -> StoredContext? {
        try await contexts(Call(Self.one, id)).first
    }

    private static let visible = Statement(
        "SELECT \(columns) FROM context WHERE id = $1 AND (tenant IS NULL OR tenant = $2)")

    /// The one with this id, where it belongs to `tenant` or to all.
    package func context(_ id: String, visibleTo tenant: TenantKey?) async throws -> StoredContext? {
        try await contexts(Call(Self.visible, id, tenant?.number)).first
    }

    private static let list = Statement(
        """
        SELECT \(columns) FROM context
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
        SELECT \(columns) FROM context
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
        ON CONFLICT (id) DO UPDATE SET body = excluded.body, expires = excluded.expires,
            entity_tag = excluded.entity_tag, last_modified = excluded.last_modified
        """)

    /// Keeps `context` for `tenant`, or for all; one with its id gets its content and its freshness.
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

    private func contexts(_ call: Call) async throws -> [StoredContext] {
        let rows = try await reporting { try await pool.query(call) }
        return (0..<rows.count).map { row in
            var context = StoredContext(
                id: rows.text(row, 0), kind: StoredContext.Kind(rawValue: rows.text(row, 1)) ?? .cached,
                body: rows.bytes(row, 2), created: Timestamp(microseconds: rows.timestamp(row, 3)))
            if !rows.isNull(row, 4) { context.expires = Timestamp(microseconds: rows.timestamp(row, 4)) }
            if !rows.isNull(row, 5) { context.entityTag = rows.text(row, 5) }
            if !rows.isNull(row, 6) { context.lastModified = rows.text(row, 6) }
            return context
        }
    }
}
