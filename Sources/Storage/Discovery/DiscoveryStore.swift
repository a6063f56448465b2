package import NGSILD
package import Postgres

/// An attribute as the entities of some types have it.
package struct AttributeUse: Sendable {
    /// The types of those entities, by stored names: all of them have all of these.
    package let types: [String]
    /// The stored name.
    package let attribute: String
    /// `Property`, `Relationship`, ….
    package let kind: String
    /// Its instances.
    package let count: Int
}

/// Which types and attributes there are (5.7.5–5.7.10): read from the entities, as nothing else is always true.
package struct DiscoveryStore {
    private let pool: QueryPool

    /// Entities of each type that are looked at for attributes, in the order of their ids: beyond, an attribute that
    /// only others have is not found, and counts are estimates (5.7.11).
    private static let sampleMax: Int32 = 10_000

    package init(pool: QueryPool) {
        self.pool = pool
    }

    // Jumps from type to type over the key: what a type costs does not depend on its entities.
    private static let typeWalk = """
        WITH RECURSIVE walk (type) AS (
            (SELECT type FROM entity_type WHERE tenant = $1 ORDER BY type LIMIT 1)
            UNION ALL
            SELECT (SELECT type FROM entity_type WHERE tenant = $1 AND type > walk.type ORDER BY type LIMIT 1)
            FROM walk WHERE walk.type IS NOT NULL
        )
        """

    // With its OFFSET the EXISTS is asked for each type; without, PostgreSQL joins all entities before it looks.
    private static let types = Statement(
        """
        \(typeWalk)
        SELECT type FROM walk
        WHERE EXISTS (SELECT FROM entity_type t JOIN entity e USING (tenant, id)
            WHERE t.tenant = $1 AND t.type = walk.type AND (e.expires IS NULL OR e.expires > $2) OFFSET 0)
        ORDER BY type
        """)

    /// The stored names of the types that entities have at `now`, in the order of their bytes.
    package func types(of tenant: TenantKey, at now: Timestamp) async throws -> [String] {
        let rows = try await reporting {
            try await pool.query(Call(Self.types, tenant.number, PostgresTimestamp(now)))
        }
        return (0..<rows.count).map { rows.text($0, 0) }
    }

    private static let uses = Statement(
        """
        \(typeWalk), sample (id) AS (
            SELECT DISTINCT t.id FROM walk, LATERAL (
                SELECT id FROM entity_type
                WHERE tenant = $1 AND type = walk.type ORDER BY id LIMIT $3
            ) t
            WHERE $4::text IS NULL OR walk.type = $4
        )
        SELECT e.types, a.name, coalesce(i.instance ->> 'type', ''), count(*)
        FROM sample JOIN entity e ON e.tenant = $1 AND e.id = sample.id, jsonb_each(e.doc::jsonb) a (name, value),
            LATERAL jsonb_array_elements(
                CASE jsonb_typeof(a.value) WHEN 'array' THEN a.value ELSE jsonb_build_array(a.value) END
            ) i (instance)
        WHERE (e.expires IS NULL OR e.expires > $2) AND ($5::text IS NULL OR a.name = $5)
        GROUP BY 1, 2, 3 ORDER BY 2, 1, 3
        """)

    /// How entities, those of `type` where it is given, use attributes, or the one of this name.
    package func uses(
        of attribute: String? = nil, by type: String? = nil, tenant: TenantKey, at now: Timestamp
    ) async throws -> [AttributeUse] {
        let rows = try await reporting {
            try await pool.query(
                Call(Self.uses, tenant.number, PostgresTimestamp(now), Self.sampleMax, type, attribute))
        }
        return (0..<rows.count).map { row in
            AttributeUse(
                types: rows.textArray(row, 0), attribute: rows.text(row, 1), kind: rows.text(row, 2),
                count: Int(rows.int64(row, 3)))
        }
    }
}
