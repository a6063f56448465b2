import NGSILD
import Postgres

/// Entities that an index on places or values finds: all of a result, and maybe others.
struct Candidates {
    /// Their `id`s in no order, one or several times each.
    let rows: SQL
    /// Places decide what the geo query asks for; of values, the document decides.
    let use: IndexUse
    /// Where an index on values finds them.
    let lookup: ValueLookup?

    /// Indexes that are tried for one query: each try costs a statement.
    private static let triesMax = 4

    /// Counts the rows, up to `limit`.
    func count(upTo limit: Int) -> SQL {
        "SELECT count(*) FROM (SELECT FROM (\(rows)) AS candidate LIMIT \(Int64(limit))) AS found"
    }

    /// What may stand for `query`.
    static func all(for query: EntityQuery, tenant: TenantKey, indexes: [ValueIndex]) -> [Candidates] {
        var all: [Candidates] = []
        if let rows = query.geo?.candidates(tenant: tenant) {
            all.append(Candidates(rows: rows, use: .places, lookup: nil))
        }
        // A value index holds one type: all of the result have to have it.
        guard let type = query.onlyType, let terms = query.filter?.conjuncts else { return all }
        for index in indexes where index.type == type {
            for term in terms where term.path == index.path {
                guard let lookup = ValueLookup(term.test, in: index) else { continue }
                all.append(Candidates(rows: lookup.rows, use: .values(index), lookup: lookup))
            }
        }
        return Array(all.prefix(triesMax))
    }
}

extension EntityQuery {
    /// A type that all of the result have; nil where none can be told.
    var onlyType: String? {
        let types = selectors.count == 1 ? selectors[0].types?.drivers ?? [] : []
        return types.count == 1 ? types[0] : nil
    }
}

extension AttributeQuery {
    /// The terms that all have to be met.
    var conjuncts: [Term] {
        func terms(_ condition: Condition) -> [Term] {
            switch condition {
            case .term(let term): [term]
            case .all(let parts): parts.flatMap(terms)
            case .any: []
            }
        }
        return terms(root)
    }
}
