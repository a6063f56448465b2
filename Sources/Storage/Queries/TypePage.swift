import NGSILD
import Postgres

/// The page that is asked for most: the entities of one type by id, and nothing else said of them.
///
/// Its statement never changes and costs what its rows cost, whatever the table holds: so it goes with the reads by
/// key, which share one Sync, and not alone over a connection of the pool.
struct TypePage {
    private let type: String
    private let page: Page
    private let offset: Int

    /// Rows that other reads may have to wait for.
    private static let rowsMax = 100

    /// nil: `query` asks for something else, or for more.
    init?(_ query: EntityQuery) {
        guard query.selectors.count == 1, query.attributes.isEmpty, query.filter == nil, query.geo == nil,
            query.scopes == nil, query.ordering == nil, !query.page.wantsCount,
            1...Self.rowsMax ~= query.page.limit,
            query.page.after != nil || query.page.offset <= QueryBudget.exactOffsetMax
        else { return nil }
        let selector = query.selectors[0]
        guard selector.ids.isEmpty, selector.idPattern == nil, let types = selector.types,
            types.alternatives.count == 1, types.alternatives[0].count == 1
        else { return nil }
        type = types.alternatives[0][0]
        page = query.page
        // The key wins over the offset, which a link has beside it.
        offset = query.page.after == nil ? query.page.offset : 0
    }

    /// One row more than the page has, which tells whether there are more.
    func call(tenant: TenantKey, at now: Timestamp) -> Call {
        Call(
            Self.statement, tenant.number, type, page.after ?? "", PostgresTimestamp(now),
            Int64(page.limit + 1), Int64(offset))
    }

    // No id is empty, so that all lie behind ''. For `OFFSET 0` see `EntityStatement`.
    private static let statement = Statement(
        """
        SELECT e.id, e.types, e.scopes, e.created, e.modified, e.expires, e.doc
        FROM (SELECT id FROM entity_type WHERE tenant = $1 AND type = $2 AND id > $3 ORDER BY id) t
        CROSS JOIN LATERAL (SELECT * FROM entity e
            WHERE e.tenant = $1 AND e.id = t.id AND (e.expires IS NULL OR e.expires > $4) OFFSET 0) e
        ORDER BY t.id LIMIT $5 OFFSET $6
        """)
}
