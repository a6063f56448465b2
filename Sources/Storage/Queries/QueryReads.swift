import JSON
import Networking
import Postgres

/// The statements of one query, each within its time; counted where it is to be explained.
final class QueryReads {
    private let pool: QueryPool
    let budget: QueryBudget
    private let counts: Bool
    /// Rows of `entity` that PostgreSQL has looked at, and of the narrow tables: index entries.
    private(set) var entities = 0
    private(set) var entries = 0
    /// Whether Swift had to decide on rows.
    var decides = false

    init(_ pool: QueryPool, _ budget: QueryBudget, counting: Bool = false) {
        self.pool = pool
        self.budget = budget
        counts = counting
    }

    func fetch(_ sql: SQL) async throws -> Rows {
        if counts {
            let plan = try await pool.query(Call("\(Self.analysis)\(sql)"), within: budget.time)
            for plan in try JSONDocument(parsing: plan.bytes(0, 0)).root.elements { add(plan["Plan"]) }
        }
        return try await fetch(Call(sql))
    }

    /// Runs a statement that is not counted.
    func fetch(_ call: Call) async throws -> Rows {
        try await pool.query(call, within: budget.time)
    }

    private static let analysis: SQL = "EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off, FORMAT json) "

    /// Adds the rows of a node of a plan and of those below: given on, and dropped by a filter.
    private func add(_ node: JSONView?) {
        guard let node else { return }
        if let relation = node["Relation Name"]?.string {
            let loops = node["Actual Loops"]?.number?.integer ?? 0
            let each = ["Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck"]
                .reduce(0) { $0 + (node[$1]?.number?.integer ?? 0) }
            if relation == "entity" { entities += each * loops } else { entries += each * loops }
        }
        if let children = node["Plans"] {
            for child in children.elements { add(child) }
        }
    }
}
