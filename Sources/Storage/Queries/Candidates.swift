import NGSILD
import Postgres

/// Entities that an index on places or values finds: all of a result, and maybe others, in no order.
struct Candidates {
    /// Their `id`s, one or several times each.
    let rows: SQL
    /// Whether they are what the geo query asks for, exactly.
    let decidesPlace: Bool

    /// Indexes that are tried for one query: each try costs a statement.
    private static let triesMax = 4

    /// Counts the rows, up to `limit`.
    func count(upTo limit: Int) -> SQL {
        "SELECT count(*) FROM (SELECT FROM (\(rows)) AS candidate LIMIT \(Int64(limit))) AS found"
    }

    /// What may stand for `query`; nothing where it names its entities by id.
    static func all(for query: EntityQuery, tenant: TenantKey, indexes: [ValueIndex]) -> [Candidates] {
        guard query.selectors.allSatisfy(\.ids.isEmpty) else { return [] }
        var all: [Candidates] = []
        if let rows = query.geo?.candidates(tenant: tenant) {
            all.append(Candidates(rows: rows, decidesPlace: true))
        }
        // A value index holds one type: all of the result have to have it.
        let types = query.selectors.count == 1 ? query.selectors[0].types?.drivers ?? [] : []
        if let filter = query.filter, types.count == 1 {
            for index in indexes where index.type == types[0] {
                all += index.candidates(for: filter).map { Candidates(rows: $0, decidesPlace: false) }
            }
        }
        return Array(all.prefix(triesMax))
    }
}
