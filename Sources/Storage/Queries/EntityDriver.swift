import NGSILD
import Postgres

/// Where the ids of a result come from, in their order: the narrowest index that a query names.
struct EntityDriver {
    private enum Source {
        /// Every entity of the tenant: the key of `entity` itself.
        case entities
        case ids([String])
        case types([String])
        case scopes([String])
        /// Found by an index on places or values, then sorted: it costs what it finds.
        case candidates(SQL)
    }

    private let source: Source
    private let tenant: TenantKey
    /// A text that all ids begin with.
    private let prefix: String
    /// Whether nothing is left to be asked of the row for this part of the query.
    let decidesSelectors: Bool
    let decidesScopes: Bool
    let decidesPlace: Bool

    // `indexes` are the tenant's value indexes that are full; `narrows`: whether candidates that have to be
    // sorted may be taken.
    init(for query: EntityQuery, tenant: TenantKey, indexes: [ValueIndex], narrows: Bool) {
        self.tenant = tenant
        let selector = query.selectors.count == 1 ? query.selectors[0] : nil
        let pattern = selector?.idPattern
        prefix = pattern?.literalPrefix ?? ""
        let place = narrows ? query.geo?.candidates(tenant: tenant) : nil
        let candidates = place ?? (narrows ? Self.candidates(for: query, selector, indexes) : nil)
        source = Self.source(for: query, selector: selector, candidates)
        switch source {
        case .types:
            decidesSelectors = query.selectors.allSatisfy { selector in
                selector.ids.isEmpty && selector.idPattern == nil && (selector.types?.isDisjunction ?? false)
            }
        case .ids: decidesSelectors = selector?.types == nil
        case .entities, .scopes, .candidates: decidesSelectors = false
        }
        if case .scopes = source {
            decidesScopes = query.scopes?.alternatives.allSatisfy { $0.count == 1 } ?? true
        } else {
            decidesScopes = false
        }
        if case .candidates = source { decidesPlace = place != nil } else { decidesPlace = false }
    }

    /// A value index on the type that all of the result have.
    private static func candidates(
        for query: EntityQuery, _ selector: EntitySelector?, _ indexes: [ValueIndex]
    ) -> SQL? {
        guard let filter = query.filter, let types = selector?.types?.drivers, types.count == 1 else {
            return nil
        }
        return indexes.lazy.filter { $0.type == types[0] }.compactMap { $0.candidates(for: filter) }.first
    }

    private static func source(
        for query: EntityQuery, selector: EntitySelector?, _ candidates: SQL?
    ) -> Source {
        if let selector, !selector.ids.isEmpty { return .ids(selector.ids.map(\.description)) }
        if let candidates { return .candidates(candidates) }
        if let scopes = query.scopes?.drivers { return .scopes(scopes) }
        let types = query.selectors.compactMap(\.types).flatMap(\.drivers)
        let haveAllTypes = query.selectors.allSatisfy { $0.types != nil }
        return types.isEmpty || !haveAllTypes ? .entities : .types(types)
    }

    /// The type whose entities these are, all of them and no others.
    var onlyType: String? {
        if case .types(let types) = source, types.count == 1, decidesSelectors, prefix.isEmpty {
            types[0]
        } else {
            nil
        }
    }

    /// Counts candidates, up to `limit`: with more it is cheaper to look at entities in their order.
    func probe(upTo limit: Int) -> SQL? {
        guard case .candidates(let rows) = source else { return nil }
        return "SELECT count(*) FROM (SELECT FROM (\(rows)) AS candidate LIMIT \(Int64(limit))) AS some"
    }

    /// The column to order by: the driver's, where there is one, or PostgreSQL would sort.
    var id: SQL {
        if case .entities = source { "e.id" } else { "t.id" }
    }

    /// The ids in order, each once; nil: those of the table `entity` itself.
    func ids(after: String?, skipping offset: Int) -> SQL? {
        var range: SQL = ""
        if let after { range += " AND id > \(after)" }
        if !prefix.isEmpty { range += " AND id >= \(prefix)" }
        let skip: SQL = offset > 0 ? " OFFSET \(Int64(offset))" : ""
        switch source {
        case .entities: return nil
        case .ids(let ids):
            return """
                SELECT id FROM (SELECT DISTINCT wanted COLLATE "C" AS id FROM unnest(\(ids)) AS wanted) AS ids
                WHERE true\(range) ORDER BY id
                """
        case .types(let types):
            return merged(
                types.map { "SELECT id FROM entity_type WHERE tenant = \(tenant.number) AND type = \($0)" },
                range, skip)
        case .scopes(let scopes):
            return merged(
                scopes.map {
                    "SELECT id FROM entity_scope WHERE tenant = \(tenant.number) AND scope = \($0)"
                }, range, skip)
        case .candidates(let rows):
            return "SELECT DISTINCT id FROM (\(rows)) AS candidate WHERE true\(range) ORDER BY id\(skip)"
        }
    }

    /// Index scans merged as they are ordered; what stands in several of them comes once.
    private func merged(_ scans: [SQL], _ range: SQL, _ skip: SQL) -> SQL {
        guard scans.count > 1 else { return "\(scans[0])\(range) ORDER BY id\(skip)" }
        let all = scans.map { "(\($0)\(range) ORDER BY id)" as SQL }.joined(separator: " UNION ALL ")
        return "SELECT DISTINCT id FROM (\(all)) AS merged ORDER BY id\(skip)"
    }
}
