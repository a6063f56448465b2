package import NGSILD
package import Postgres

/// The entities as they are now, read by id: table `entity`, a row each.
package struct EntityStore {
    private let points: PointLane

    package init(points: PointLane) {
        self.points = points
    }

    private static let one = Statement(
        """
        SELECT id, types, scopes, created, modified, expires, doc FROM entity
        WHERE tenant = $1 AND id = $2 AND (expires IS NULL OR expires > $3)
        """)

    private static let several = Statement(
        """
        SELECT id, types, scopes, created, modified, expires, doc
        FROM entity JOIN unnest($2::text[]) AS wanted (id) USING (id)
        WHERE tenant = $1 AND (expires IS NULL OR expires > $3)
        """)

    /// The entity `id` of `tenant`, as it was last stored; nil where there is none, or it has expired (4.22).
    package func entity(_ id: EntityID, tenant: TenantKey, at now: Timestamp) async throws -> StoredEntity? {
        let rows = try await reporting {
            try await points.query(Call(Self.one, tenant.number, id.description, PostgresTimestamp(now)))
        }
        return rows.count == 0 ? nil : StoredEntity(rows, row: 0, id: id.description)
    }

    /// Those of `ids` that are there, in no order.
    package func entities(
        _ ids: [EntityID], tenant: TenantKey, at now: Timestamp
    ) async throws -> [StoredEntity] {
        let rows = try await reporting {
            try await points.query(
                Call(Self.several, tenant.number, ids.map(\.description), PostgresTimestamp(now)))
        }
        return (0..<rows.count).map { StoredEntity(rows, row: $0) }
    }
}
