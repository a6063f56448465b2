package import NGSILD
import Storage

/// What a query found: a page of it, and what that links to (5.7.2.5).
package struct QueryResult: Sendable {
    package let entities: [StoredEntity]
    package let linked: [LinkedEntity]
    /// How many match in all, where the query asked.
    package let count: Int?
    /// Whether there are more behind these.
    package let hasMore: Bool
    /// The `pageAfter` of the next page; nil where there is none, and in an ordered result.
    package let next: String?
}

extension Broker {
    /// The page of `tenant`'s entities that `query` asks for (5.7.2).
    ///
    /// - Throws: `badRequestData` where the query is too wide and not `isLocal`, or reaches deeper than the
    ///   join (5.7.2.4); `tooComplexQuery`.
    package func queryEntities(
        _ query: EntityQuery, isLocal: Bool, join: Join?, projection: Projection, tenant: Tenant
    ) async throws -> QueryResult {
        try check(query, isLocal: isLocal, join: join)
        let tenant = try await key(of: tenant)
        let page = try await queries.page(query, tenant: tenant, at: clock.now)
        var linked: [LinkedEntity] = []
        if let join { linked = try await linkedEntities(of: page.rows, join, projection, tenant: tenant) }
        return QueryResult(
            entities: page.rows, linked: linked, count: page.count, hasMore: page.hasMore, next: page.next)
    }

    /// - Throws: `badRequestData` where the query is too wide and not `isLocal`, or reaches deeper than the join.
    func check(_ query: EntityQuery, isLocal: Bool, join: Join?) throws(NGSILDError) {
        let isNamed = queriesByIDAreLocal && query.namesIDs
        guard isLocal || isNamed || !query.isTooWide else { throw EntityQuery.tooWide }
        let depth = query.filter?.linkDepth ?? 0
        guard depth <= join?.level ?? 0 else {
            throw NGSILDError(
                .badRequestData,
                "the query is too deep (5.7.2.4): q follows \(depth) Relationships; join and joinLevel have to say so",
                at: "q")
        }
    }
}
