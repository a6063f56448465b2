import NGSILD
import Postgres

/// The ids of a type in the order that a query asks for, as an index has them: a page costs the page.
struct IndexedOrder {
    private enum Index {
        case values(ValueIndex)
        /// Nearest first: the attribute and the place that distances are measured from.
        case places(attribute: String, reference: GeoShape, type: String)
    }

    private let index: Index
    private let isDescending: Bool

    /// nil: no index has this order.
    ///
    /// Of one key alone, since a second one would need all that the first has equal; strings by code points.
    init?(_ ordering: Ordering, type: String, indexes: [ValueIndex]) {
        guard let key = ordering.onlyKey, case .path(let path) = key.subject else { return nil }
        isDescending = key.direction.isDescending
        if key.direction.isByDistance, let reference = ordering.reference {
            // The other way around, an index has no order.
            guard !isDescending else { return nil }
            index = .places(attribute: path.names[0], reference: reference, type: type)
        } else {
            let found = indexes.first { $0.type == type && $0.path == path }
            guard let found, ordering.collation == nil else { return nil }
            index = .values(found)
        }
    }

    /// What it is in an explanation.
    var use: IndexUse {
        switch index {
        case .values(let index): .values(index)
        case .places: .places
        }
    }

    /// Whether it can go on from a `PageKey`.
    var isKeyed: Bool {
        if case .values = index { true } else { false }
    }

    /// What the rows `t` have beside their id: the parts of a `PageKey.Value`.
    var keys: SQL { isKeyed ? ", t.rank::integer, t.number::text, t.text" : "" }

    /// Rows with an id each, in order; the parts of a UNION ALL come one after another.
    func rows(after key: PageKey?, tenant: TenantKey) -> SQL {
        switch index {
        case .values(let index): Self.values(index, isDescending: isDescending, after: key)
        case .places(let attribute, let reference, let type):
            Self.places(attribute, reference, type: type, tenant: tenant)
        }
    }

    /// Descending turns the order around, but null (8) and nothing (9) stay behind.
    private static func values(_ index: ValueIndex, isDescending: Bool, after key: PageKey?) -> SQL {
        let ranks: [ClosedRange<Int32>] = isDescending ? [0...7, 8...8, 9...9] : [0...9]
        let start = key?.value?.rank ?? 0
        let direction: SQL = isDescending ? " DESC" : ""
        return ranks.filter { $0.upperBound >= start }.map { ranks -> SQL in
            var behind: SQL = ""
            if let key, let value = key.value, ranks.contains(value.rank) {
                let order: SQL = isDescending ? "<" : ">"
                behind = """
                     AND (rank, number, text, id) \(order)
                    (\(value.rank)::smallint, \(value.number)::numeric, \(value.text), \(key.id))
                    """
            }
            return """
                (SELECT id, rank, number, text FROM entity_value WHERE index = \(index.key) AND is_first
                AND rank BETWEEN \(ranks.lowerBound) AND \(ranks.upperBound)\(behind)
                ORDER BY rank\(direction), number\(direction), text\(direction), id\(direction))
                """
        }
        .joined(separator: " UNION ALL ")
    }

    /// An entity counts with its nearest geometry; those without one come last.
    private static func places(
        _ attribute: String, _ reference: GeoShape, type: String, tenant: TenantKey
    ) -> SQL {
        let distance = GeoQuery.distance(to: reference)
        // Each row alone is in the order of the index; ids break ties among those that are equally near.
        return """
            (SELECT n.id FROM (SELECT g.id, g.instance, \(distance) AS distance FROM entity_geo g
            WHERE g.tenant + 0 = \(tenant.number) AND g.attribute = \(attribute) ORDER BY distance OFFSET 0) n
            WHERE NOT EXISTS (SELECT FROM entity_geo g WHERE g.tenant = \(tenant.number) AND g.id = n.id
            AND g.attribute = \(attribute) AND g.instance <> n.instance
            AND (\(distance), g.instance) < (n.distance, n.instance))
            ORDER BY n.distance, n.id)
            UNION ALL
            (SELECT t.id FROM entity_type t WHERE t.tenant = \(tenant.number) AND t.type = \(type)
            AND NOT EXISTS (SELECT FROM entity_geo g WHERE g.tenant = \(tenant.number) AND g.id = t.id
            AND g.attribute = \(attribute)) ORDER BY t.id)
            """
    }
}

extension Ordering {
    /// The key that decides but for the ids; nil where there are more.
    var onlyKey: Key? {
        guard let first = keys.first, let second = keys.dropFirst().first else { return keys.first }
        // Behind an id nothing is left to be decided.
        return second.subject == .id && second.direction.isDescending == first.direction.isDescending
            ? first : nil
    }
}

extension Ordering.Direction {
    var isDescending: Bool { self == .descending || self == .distanceDescending }
}
