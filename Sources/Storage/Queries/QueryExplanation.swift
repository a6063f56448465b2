import JSON
package import NGSILD

/// How a query was answered, and what would have helped.
package struct QueryExplanation: Sendable {
    /// What found the entities.
    package let use: IndexUse
    /// Rows of entities, with their documents, that were looked at, and rows of narrow indexes.
    package let entitiesRead: Int
    package let entriesRead: Int
    package let rowsReturned: Int
    /// Whether rows were left for Swift to decide.
    package let isDecidedByHub: Bool
    /// From the beginning of the query to its page.
    package let time: Duration
    /// The index to declare; nil where none would help, or queries use it already.
    package let advice: IndexAdvice?

    /// Entities that are looked at in vain before an index is worth its place: about a millisecond.
    static let wasteMax = 100
}

/// A value index that would make a query cheaper.
package struct IndexAdvice: Equatable, Sendable {
    /// Stored name.
    package let type: String
    package let path: AttributePath

    /// nil: no index would help that is not there already.
    init?(for query: EntityQuery, indexes: [ValueIndex]) {
        guard let type = query.onlyType else { return nil }
        var paths: [AttributePath] = []
        if let ordering = query.ordering, ordering.collation == nil, let key = ordering.onlyKey,
            !key.direction.isByDistance, case .path(let path) = key.subject
        {
            paths.append(path)
        }
        paths += (query.filter?.conjuncts ?? []).filter(\.test.isSelective).map(\.path)
        let missing = paths.first { path in
            path.isIndexable && !indexes.contains { $0.type == type && $0.path == path }
        }
        guard let missing else { return nil }
        self.type = type
        path = missing
    }

    package func isMet(by index: ValueIndex) -> Bool { index.type == type && index.path == path }

    /// For an error: what to send where.
    var sentence: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("type")
        writer.string(type)
        writer.name("attribute")
        writer.string(path.text)
        writer.endObject()
        return "POST /atria/v1/indexes \(String(decoding: writer.bytes, as: UTF8.self))"
    }
}

extension AttributeQuery.Test {
    /// Whether an index finds less than all that have the attribute.
    fileprivate var isSelective: Bool {
        switch self {
        case .equals(_, negated: false): true
        case .ordered(_, let literal):
            switch literal {
            case .number, .string, .moment: true
            case .bool, .uri, .expanded: false
            }
        case .matches(let pattern, negated: false): !pattern.literalPrefix.isEmpty
        case .exists, .absent, .equals, .matches: false
        }
    }
}
