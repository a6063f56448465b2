import NGSILD
import Postgres

/// The entities that a query has followed Relationships to so far.
struct LinkedCache {
    let now: Timestamp
    private let tenant: TenantKey
    /// nil: there is no such entity.
    private var entities: [String: QueriedEntity?] = [:]

    init(tenant: TenantKey, now: Timestamp) {
        self.tenant = tenant
        self.now = now
    }

    func knows(_ id: String) -> Bool { entities[id] != nil }

    subscript(id: String) -> QueriedEntity? { entities[id] ?? nil }

    mutating func load(_ ids: Set<String>, by reads: QueryReads) async throws {
        let rows = try await reads.fetch(
            Call(Self.byID, tenant.number, Array(ids), PostgresTimestamp(now)))
        for id in ids { entities[id] = .some(nil) }
        for row in 0..<rows.count {
            let entity = StoredEntity(rows, row: row)
            entities[entity.id] = QueriedEntity(entity, now: now)
        }
    }

    private static let byID = Statement(
        """
        SELECT id, types, scopes, created, modified, expires, doc FROM entity
        WHERE tenant = $1 AND id = ANY($2) AND (expires IS NULL OR expires > $3)
        """)
}
