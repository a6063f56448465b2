import NGSILD
import Postgres

/// What found the entities of a result.
package enum IndexUse: Equatable, Sendable {
    /// The entities' own key: ids that the query names, or every entity of the tenant.
    case ids, types, scopes, places
    case values(ValueIndex)

    package var index: ValueIndex? {
        if case .values(let index) = self { index } else { nil }
    }

    /// In an explanation.
    package var name: String {
        switch self {
        case .ids: "id"
        case .types: "type"
        case .scopes: "scope"
        case .places: "place"
        case .values: "value"
        }
    }
}

/// Where the ids of a result come from, in their order: the narrowest index that a query names.
struct EntityDriver {
    /// A way to use an index on places or values.
    enum Way {
        /// What it finds is sorted, so it costs what it finds; beyond `most` it finds nothing.
        case sorted(Candidates, most: Int?)
        /// Its ids come in their order: it costs what is taken.
        case walked(ValueLookup)
        /// The result's order is its own.
        case ordered(IndexedOrder)
    }

    private enum Source {
        /// Every entity of the tenant: the key of `entity` itself.
        case entities
        case ids([String])
        case types([String])
        case scopes([String])
        case index(Way)
    }

    private let source: Source
    private let tenant: TenantKey
    /// A text that all ids begin with.
    private let prefix: String
    /// Whether nothing is left to be asked of the row for this part of the query.
    let decidesSelectors: Bool
    let decidesScopes: Bool
    let decidesPlace: Bool

    init(for query: EntityQuery, tenant: TenantKey, by way: Way? = nil) {
        self.tenant = tenant
        let selector = query.selectors.count == 1 ? query.selectors[0] : nil
        let pattern = selector?.idPattern
        prefix = pattern?.literalPrefix ?? ""
        source = way.map { .index($0) } ?? Self.source(for: query, selector: selector)
        switch source {
        case .types:
            decidesSelectors = query.selectors.allSatisfy { selector in
                selector.ids.isEmpty && selector.idPattern == nil && (selector.types?.isDisjunction ?? false)
            }
        case .ids: decidesSelectors = selector?.types == nil
        case .entities, .scopes, .index: decidesSelectors = false
        }
        if case .scopes = source {
            decidesScopes = query.scopes?.alternatives.allSatisfy { $0.count == 1 } ?? true
        } else {
            decidesScopes = false
        }
        if case .index(.sorted(let candidates, _)) = source {
            decidesPlace = candidates.use == .places
        } else {
            decidesPlace = false
        }
    }

    private static func source(for query: EntityQuery, selector: EntitySelector?) -> Source {
        if let selector, !selector.ids.isEmpty { return .ids(selector.ids.map(\.description)) }
        if let scopes = query.scopes?.drivers { return .scopes(scopes) }
        let types = query.selectors.compactMap(\.types).flatMap(\.drivers)
        let haveAllTypes = query.selectors.allSatisfy { $0.types != nil }
        return types.isEmpty || !haveAllTypes ? .entities : .types(types)
    }

    var use: IndexUse {
        switch source {
        case .entities, .ids: .ids
        case .types: .types
        case .scopes: .scopes
        case .index(.sorted(let candidates, _)): candidates.use
        case .index(.walked(let lookup)): .values(lookup.index)
        case .index(.ordered(let order)): order.use
        }
    }

    /// The type whose entities these are, all of them and no others.
    var onlyType: String? {
        if case .types(let types) = source, types.count == 1, decidesSelectors, prefix.isEmpty {
            types[0]
        } else {
            nil
        }
    }

    /// The order that its rows come in, where it is the one that the query asks for.
    var order: IndexedOrder? {
        if case .index(.ordered(let order)) = source { order } else { nil }
    }

    /// The column to order by: the driver's, where there is one, or PostgreSQL would sort.
    var id: SQL {
        if case .entities = source { "e.id" } else { "t.id" }
    }

    /// The ids in order, each once; nil: those of the table `entity` itself.
    func ids(after key: PageKey?, skipping offset: Int) -> SQL? {
        var range: SQL = ""
        if let key { range += " AND id > \(key.id)" }
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
        case .index(.sorted(let candidates, let most)): return sorted(candidates, upTo: most, range, skip)
        case .index(.walked(let lookup)): return merged(lookup.scans, range, skip, canRepeat: true)
        case .index(.ordered(let order)): return order.rows(after: key, tenant: tenant)
        }
    }

    /// Counts the ids, up to `limit`; of every entity of a tenant it says `limit`.
    func count(upTo limit: Int) -> SQL {
        guard let ids = ids(after: nil, skipping: 0) else { return "SELECT \(Int64(limit))::bigint" }
        return "SELECT count(*) FROM (SELECT FROM (\(ids)) AS id LIMIT \(Int64(limit))) AS found"
    }

    private func sorted(_ candidates: Candidates, upTo most: Int?, _ range: SQL, _ skip: SQL) -> SQL {
        guard let most else {
            return """
                SELECT DISTINCT id FROM (\(candidates.rows)) AS candidate WHERE true\(range) ORDER BY id\(skip)
                """
        }
        return """
            WITH found AS MATERIALIZED (SELECT id FROM (\(candidates.rows)) AS candidate LIMIT \(Int64(most + 1)))
            SELECT DISTINCT id FROM found WHERE (SELECT count(*) FROM found) <= \(Int64(most))\(range)
            ORDER BY id\(skip)
            """
    }

    /// Index scans merged as they are ordered; what stands in several of them comes once.
    private func merged(_ scans: [SQL], _ range: SQL, _ skip: SQL, canRepeat: Bool = false) -> SQL {
        guard scans.count > 1 || canRepeat else { return "\(scans[0])\(range) ORDER BY id\(skip)" }
        let all = scans.map { "(\($0)\(range) ORDER BY id)" as SQL }.joined(separator: " UNION ALL ")
        return "SELECT DISTINCT id FROM (\(all)) AS merged ORDER BY id\(skip)"
    }
}
