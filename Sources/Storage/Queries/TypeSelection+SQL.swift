import NGSILD
import Postgres

extension TypeSelection {
    /// On the row `e` of table `entity`.
    var condition: SQLCondition {
        let singles = alternatives.filter { $0.count == 1 }.map { $0[0] }
        let conjunctions = alternatives.filter { $0.count > 1 }
        return .any(
            (singles.isEmpty ? [] : [SQLCondition("e.types && \(singles)")])
                + conjunctions.map { SQLCondition("e.types @> \($0)") })
    }

    /// One type of each alternative: no entity is selected that has none of them.
    var drivers: [String] {
        var types: [String] = []
        for type in alternatives.map({ $0[0] }) where !types.contains(type) { types.append(type) }
        return types
    }

    /// Whether having one of `drivers` is all that is asked.
    var isDisjunction: Bool { alternatives.allSatisfy { $0.count == 1 } }
}

extension EntitySelector {
    /// On the row `e` of table `entity`.
    var condition: SQLCondition {
        var parts: [SQLCondition] = []
        if !ids.isEmpty { parts.append(SQLCondition("e.id = ANY(\(ids.map(\.description)))")) }
        if let idPattern { parts.append(idPattern.condition(on: "e.id")) }
        if let types { parts.append(types.condition) }
        return .all(parts)
    }
}

extension Pattern {
    /// Found in the id `id`, a column under `COLLATE "C"`.
    func condition(on id: SQL) -> SQLCondition {
        let range: SQL =
            literalPrefix.isEmpty
            ? "true" : "\(id) >= \(literalPrefix) AND \(id) < \(literalPrefix + Self.greatestCharacter)"
        guard isPortable else { return SQLCondition(range, isExact: false) }
        return SQLCondition("(\(range) AND \(id) ~ ('(?e)' || \(text)))")
    }

    /// Sorts after all that may follow a prefix.
    private static let greatestCharacter = "\u{10FFFF}"
}
