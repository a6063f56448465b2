package import NGSILD
import JSON
import Storage

/// The retrieval of linked entities (4.5.23).
package struct Join: Sendable {
    package enum Style: String, CaseIterable, Sendable {
        case flat, inline
        case none = "@none"
    }

    package let style: Style
    /// How many Relationships are followed one after another.
    package let level: Int
    /// Entities that the client has met already: they are not served again.
    package let containedBy: Set<String>
    /// Of the entities that link only these instances are served, and followed (4.5.5, 5.7.2.4); nil: all.
    package let datasetIds: Set<String>?

    package init(_ style: Style, level: Int, containedBy: Set<String>, datasetIds: Set<String>? = nil) {
        self.style = style
        self.level = level
        self.containedBy = containedBy
        self.datasetIds = datasetIds
    }

    /// Linked entities of one answer, so that a page of 1 000 with two links each fits; beyond: TooManyResults.
    static let entitiesMax = 2_000
}

/// An entity that a Relationship of another one leads to.
package struct LinkedEntity: Sendable {
    package let entity: StoredEntity
    /// What of it is served, as `pick` and `omit` say it about the Relationship.
    package let projection: Projection

    package init(entity: StoredEntity, projection: Projection) {
        self.entity = entity
        self.projection = projection
    }
}

extension Broker {
    /// The entities that `roots` link to, over `join.level` Relationships, each once and nearest first.
    ///
    /// - Throws: `tooManyResults` beyond `Join.entitiesMax`.
    func linkedEntities(
        of roots: [StoredEntity], _ join: Join, _ projection: Projection, tenant: TenantKey
    ) async throws -> [LinkedEntity] {
        var known = join.containedBy.union(roots.map(\.id))
        var found: [LinkedEntity] = []
        var border = roots.map { LinkedEntity(entity: $0, projection: projection) }
        for level in 0..<join.level {
            let datasetIds = level == 0 ? join.datasetIds : nil
            let links = try border.flatMap { try Link.all(of: $0, datasetIds) }.filter {
                known.insert($0.target).inserted
            }
            guard !links.isEmpty else { break }
            guard found.count + links.count <= Join.entitiesMax else {
                throw NGSILDError(
                    .tooManyResults,
                    "the answer links to more than \(Join.entitiesMax) entities: ask for fewer, or join less deep",
                    at: "joinLevel")
            }
            border = try await resolve(links, tenant: tenant)
            found += border
        }
        return found
    }

    private func resolve(_ links: [Link], tenant: TenantKey) async throws -> [LinkedEntity] {
        let ids = links.map { EntityID(stored: $0.target) }
        let rows = try await entities.entities(ids, tenant: tenant, at: clock.now)
        let byID = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
        return links.compactMap { link in
            byID[link.target].map { LinkedEntity(entity: $0, projection: link.projection) }
        }
    }
}

/// A Relationship's way to another entity.
private struct Link {
    let target: String
    let projection: Projection

    /// Those of `linking`, of the instances `datasetIds` alone where they are given.
    static func all(of linking: LinkedEntity, _ datasetIds: Set<String>?) throws -> [Link] {
        let document = try JSONDocument(parsing: linking.entity.document, limits: .stored)
        return document.root.members.flatMap { name, value in
            let name = name.string ?? ""
            guard linking.projection.serves(name) else { return [Link]() }
            let projection = linking.projection.linked(by: name)
            return targets(of: value, datasetIds).map { Link(target: $0, projection: projection) }
        }
    }

    private static func targets(of attribute: JSONView, _ datasetIds: Set<String>?) -> [String] {
        let instances = attribute.kind == .array ? Array(attribute.elements) : [attribute]
        return instances.flatMap { instance -> [String] in
            if let datasetIds, !datasetIds.contains(instance["datasetId"]?.string ?? "@none") { return [] }
            guard let value = instance["object"] ?? instance["objectList"] else { return [] }
            guard value.kind == .array else { return value.string.map { [$0] } ?? [] }
            return value.elements.compactMap { ($0["object"] ?? $0).string }
        }
    }
}

extension Projection {
    /// Whether the attribute `name` is in an answer.
    fileprivate func serves(_ name: String) -> Bool {
        if let attributes { return attributes.contains(name) }
        if let pick, !pick.contains(where: { $0.name == name }) { return false }
        return !omit.contains { $0.name == name && $0.children.isEmpty }
    }
}
