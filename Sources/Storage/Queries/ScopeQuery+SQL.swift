import NGSILD
import Postgres

extension ScopeQuery {
    /// On the row `e` of table `entity`.
    var condition: SQLCondition {
        .any(alternatives.map { .all($0.map(\.condition)) })
    }

    /// One scope of each alternative, so that no entity is selected that has none of them; nil where an
    /// alternative names none without a wildcard.
    var drivers: [String]? {
        var scopes: [String] = []
        for alternative in alternatives {
            guard let scope = alternative.lazy.compactMap(\.exactScope).first else { return nil }
            if !scopes.contains(scope) { scopes.append(scope) }
        }
        return scopes
    }
}

extension ScopeQuery.ScopePattern {
    fileprivate var exactScope: String? { includesDescendants ? nil : literal }

    fileprivate var condition: SQLCondition {
        if levels.isEmpty { return SQLCondition("cardinality(e.scopes) > 0") }
        if let exactScope { return SQLCondition("e.scopes @> ARRAY[\(exactScope)] COLLATE \"C\"") }
        // Levels are letters, digits and `_` (4.19): nothing in them is special in a pattern.
        let pattern = levels.map { "/" + ($0 ?? "[^/]+") }.joined() + (includesDescendants ? "(/.*)?" : "")
        return SQLCondition(
            "EXISTS (SELECT FROM unnest(e.scopes) AS scope WHERE scope COLLATE \"C\" ~ ('(?e)' || \("^\(pattern)$")))"
        )
    }
}
