import NGSILD
import Postgres

/// A query on entities as SQL: where its ids come from, in order, and what else their rows have to meet.
///
/// The ids come from a narrow index (a *driver*), and each is looked up in `entity` by its key, until the page is
/// full. `OFFSET 0` keeps PostgreSQL from turning the look-up into another join: what a page costs must not hang
/// on statistics that are minutes old.
struct EntityStatement {
    let tenant: TenantKey
    let now: Timestamp
    let driver: EntityDriver
    /// What is not decided by the driver, nor by the expiry.
    private let condition: SQLCondition?
    private let ordering: Ordering?

    init(_ query: EntityQuery, tenant: TenantKey, now: Timestamp, by way: EntityDriver.Way? = nil) {
        self.tenant = tenant
        self.now = now
        driver = EntityDriver(for: query, tenant: tenant, by: way)
        ordering = driver.order == nil ? query.ordering : nil
        var parts: [SQLCondition] = []
        if !query.selectors.isEmpty, !driver.decidesSelectors {
            parts.append(.any(query.selectors.map(\.condition)))
        }
        if let scopes = query.scopes, !driver.decidesScopes { parts.append(scopes.condition) }
        var parsed: [SQLCondition] = []
        if !query.attributes.isEmpty {
            parsed.append(.any(query.attributes.map { SQLCondition(RowName.entity.has($0)) }))
        }
        if let geo = query.geo, !driver.decidesPlace { parsed.append(geo.condition(tenant: tenant)) }
        if let filter = query.filter {
            parsed.append(filter.condition(on: .entity, tenant: tenant, now: now))
        }
        looksAtInstances = !parsed.isEmpty || query.geo != nil
        if !parsed.isEmpty {
            // Instances that have expired still stand in the document until they are swept: Swift decides.
            let all = SQLCondition.all(parsed)
            parts.append(
                SQLCondition("(e.due <= \(PostgresTimestamp(now)) OR \(all.sql))", isExact: all.isExact))
        }
        condition = parts.isEmpty ? nil : .all(parts)
    }

    /// Whether attributes' instances matter, which may have expired one by one.
    let looksAtInstances: Bool

    /// Whether SQL alone decides, but for rows that are `stale`.
    var isExact: Bool { condition?.isExact ?? true }

    /// The type whose number of entities is the count of the result; nil where there is none.
    var countedType: String? { condition == nil ? driver.onlyType : nil }

    /// Whether it is in an order that a page can go on in, from the key of an entity.
    var isKeyed: Bool { ordering == nil && driver.order?.isKeyed ?? true }

    /// The key of a row of `page`; nil where the result has none.
    func key(of rows: Rows, row: Int, id: String) -> PageKey? {
        guard isKeyed else { return nil }
        guard driver.order != nil else { return PageKey(id: id) }
        let value = PageKey.Value(
            rank: rows.int32(row, 8), number: rows.text(row, 9), text: rows.text(row, 10))
        return PageKey(id: id, value: value)
    }

    /// The columns of `StoredEntity`, then whether something in the document has expired, then what `key` reads.
    ///
    /// With `after` only what comes behind it, where the statement `isKeyed`.
    func page(limit: Int, offset: Int = 0, after: PageKey? = nil) -> SQL {
        // Without conditions the index alone can be skipped over, but for those that have expired meanwhile.
        let isPlain = condition == nil && ordering == nil && driver.order == nil
        let skipsIndex = isPlain && offset > QueryBudget.exactOffsetMax
        let order = ordering.map { EntityOrder($0, tenant: tenant) }
        let rows = rows(after: after, skipping: skipsIndex ? offset : 0, joining: order?.values ?? "")
        var sql: SQL = """
            SELECT e.id, e.types, e.scopes, e.created, e.modified, e.expires, e.doc,
            coalesce(e.due <= \(PostgresTimestamp(now)), false)\(driver.order?.keys ?? "")
            FROM \(rows)
            """
        if let order {
            sql += " ORDER BY \(order.keys), \(driver.id)\(order.direction)"
        } else if driver.order == nil {
            // The rows of an index that has the order are joined one by one as they come.
            sql += " ORDER BY \(driver.id)"
        }
        sql += " LIMIT \(Int64(limit))"
        if offset > 0, !skipsIndex { sql += " OFFSET \(Int64(offset))" }
        return sql
    }

    /// How many entities there are, and how many of them are stale.
    var count: SQL {
        """
        SELECT count(*), count(*) FILTER (WHERE e.due <= \(PostgresTimestamp(now)))
        FROM \(rows(after: nil, skipping: 0))
        """
    }

    /// `FROM` what: the driver and the entities' rows, `e`, that meet the condition, with the `values` to order by.
    private func rows(after: PageKey?, skipping offset: Int, joining values: SQL = "") -> SQL {
        let alive: SQL = "(e.expires IS NULL OR e.expires > \(PostgresTimestamp(now)))"
        let met: SQL = condition.map { "\(alive) AND \($0.sql)" } ?? alive
        guard let ids = driver.ids(after: after, skipping: offset) else {
            let cursor: SQL = after.map { " AND e.id > \($0.id)" } ?? ""
            return "entity e\(values) WHERE e.tenant = \(tenant.number)\(cursor) AND \(met)"
        }
        return """
            (\(ids)) t CROSS JOIN LATERAL (SELECT * FROM entity e
            WHERE e.tenant = \(tenant.number) AND e.id = t.id AND \(met) OFFSET 0) e\(values)
            """
    }
}
