package import NGSILD
import Storage

/// What a purge takes of each entity that it finds (5.6.21).
package enum Purge: Sendable {
    case entities
    /// These attributes (stored names).
    case attributes([String])
    /// All attributes but these (stored names).
    case attributesExcept([String])
}

extension Broker {
    /// Deletes the entities that `query` finds, or attributes of theirs (5.6.21).
    ///
    /// It goes through them in the order of their ids, page by page; what is created behind it stays, and so does what
    /// a write has taken out of its reach since it was found.
    ///
    /// - Throws: `badRequestData` where the query is too wide and not `isLocal`, or follows Relationships.
    package func purgeEntities(
        _ query: EntityQuery, _ purge: Purge, isLocal: Bool, tenant: Tenant
    ) async throws {
        guard isLocal || !query.isTooWide else { throw EntityQuery.tooWide }
        guard query.filter?.linkDepth ?? 0 == 0 else {
            throw NGSILDError(
                .badRequestData, "the q of a purge follows no Relationships (5.6.21.4)", at: "q")
        }
        let tenant = try await key(of: tenant)
        var query = query
        query.page = Page(limit: Self.purgePage)
        // Of a place the database judges alone: it measures on the ellipsoid.
        var judged = query
        judged.geo = nil
        let wanted = judged
        repeat {
            let page = try await queries.page(query, tenant: tenant, at: clock.now)
            let now = clock.now
            let mutations = page.rows.map { row in
                Mutation(of: EntityID(stored: row.id), in: tenant) { current in
                    guard let current, wanted.matches(QueriedEntity(current.stored, now: now)) else {
                        return Written(current)
                    }
                    return purge.apply(to: current, at: now)
                }
            }
            for outcome in await writes.submit(mutations) { _ = try outcome.get() }
            query.page.after = page.next
        } while query.page.after != nil
    }

    /// Entities that are found and written at a time: one transaction of the bulk lane.
    private static let purgePage = 500
}

extension Purge {
    fileprivate func apply(to entity: Entity, at now: Timestamp) -> Written {
        switch self {
        case .entities:
            return Written(nil)
        case .attributes(let names):
            let (rest, result) = entity.purging(at: now) { names.contains($0) }
            return Written(rest, result: result)
        case .attributesExcept(let names):
            let (rest, result) = entity.purging(at: now) { !names.contains($0) }
            return Written(rest, result: result)
        }
    }
}
