package import NGSILD
import Storage

/// How a query was answered, and what would have helped.
package struct ExplainedQuery: Sendable {
    /// What found the entities: `id`, `type`, `scope`, `place` or `value`.
    package let foundBy: String
    /// The value index, where it was one.
    package let index: IndexSubject?
    /// Entities that were looked at, and rows of narrow indexes.
    package let entitiesRead: Int
    package let entriesRead: Int
    package let returned: Int
    /// Whether rows were left for the hub to decide.
    package let isDecidedByHub: Bool
    package let time: Duration
    /// The index that would help; nil where there is none, or it is there already.
    package let advice: IndexSubject?
    /// Whether that index is declared, and being filled.
    package let isFilling: Bool
}

extension Broker {
    /// How `queryEntities` would find the page, and which index would help: an extension of ours.
    ///
    /// - Throws: as `queryEntities`.
    package func explainEntities(
        _ query: EntityQuery, isLocal: Bool, join: Join?, tenant: Tenant
    ) async throws -> ExplainedQuery {
        try check(query, isLocal: isLocal, join: join)
        let tenant = try await key(of: tenant)
        let found = try await queries.explain(query, tenant: tenant, at: clock.now)
        var isFilling = false
        if let advice = found.advice {
            isFilling = try await indexes.all(of: tenant).contains { advice.isMet(by: $0.index) }
        }
        return ExplainedQuery(
            foundBy: found.use.name,
            index: found.use.index.map { IndexSubject(type: $0.type, path: $0.path) },
            entitiesRead: found.entitiesRead, entriesRead: found.entriesRead, returned: found.rowsReturned,
            isDecidedByHub: found.isDecidedByHub, time: found.time,
            advice: found.advice.map { IndexSubject(type: $0.type, path: $0.path) }, isFilling: isFilling)
    }
}
