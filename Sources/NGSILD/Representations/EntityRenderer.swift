package import JSON

/// Writes stored entities as a client asked for them, straight from their documents.
package struct EntityRenderer {
    package let representation: Representation
    package let context: Context
    /// What expired by then is not served (4.22).
    package let now: Timestamp
    /// The value of the member `@context`; nil: served elsewhere.
    package let contextMember: [UInt8]?
    /// Linked entities to serve inside the attributes that link to them (4.5.23.2).
    package let linked: LinkedEntities?
    /// The ids of the entities that this one is served inside of: a cycle ends there.
    var path: [String] = []
    /// Whether nothing is left out.
    private let isAll: Bool
    /// Whether attributes without a mark are served as they are stored (`AttributeInstance.mark`).
    private let copiesLines: Bool

    /// Finds linked entities by id, and says how many links deep they are served.
    package struct LinkedEntities {
        package let depth: Int
        package let entity: (_ id: String) -> StoredEntity?

        package init(depth: Int, entity: @escaping (_ id: String) -> StoredEntity?) {
            self.depth = depth
            self.entity = entity
        }
    }

    /// How much of an entity was left by the projection and the filters.
    package struct Extent: Equatable, Sendable {
        /// Members of the entity, attributes among them.
        package var members = 0
        package var attributes = 0
    }

    package init(
        _ representation: Representation, context: Context, now: Timestamp, contextMember: [UInt8]? = nil,
        linked: LinkedEntities? = nil
    ) {
        self.representation = representation
        self.context = context
        self.now = now
        self.contextMember = contextMember
        self.linked = linked
        isAll = representation.projection.isIdentity
        copiesLines =
            isAll && representation.isStoredForm && representation.datasetIds == nil && linked == nil
            && context.isCore
    }

    /// Writes one entity, or the Feature of it.
    @discardableResult
    package func write(_ entity: StoredEntity, into writer: inout JSONWriter) -> Extent {
        // PostgreSQL gives back what this program has written.
        JSONCursor.with(trusted: entity.document) { root in
            writer.beginObject()
            let extent =
                representation.isGeoJSON
                ? writeFeatureMembers(entity, root, into: &writer) : writeMembers(entity, root, into: &writer)
            writeContext(into: &writer)
            writer.endObject()
            return extent
        }
    }

    /// Writes a list of entities: an array, or a FeatureCollection with one `@context` for all (4.5.16.3).
    package func write(_ entities: [StoredEntity], into writer: inout JSONWriter) {
        guard representation.isGeoJSON else {
            writer.beginArray()
            for entity in entities { write(entity, into: &writer) }
            writer.endArray()
            return
        }
        var inner = EntityRenderer(representation, context: context, now: now, linked: linked)
        inner.path = path
        writer.beginObject()
        writer.name("type")
        writer.string("FeatureCollection")
        writer.name("features")
        writer.beginArray()
        for entity in entities { inner.write(entity, into: &writer) }
        writer.endArray()
        writeContext(into: &writer)
        writer.endObject()
    }

    private func writeContext(into writer: inout JSONWriter) {
        guard let contextMember else { return }
        writer.name("@context")
        writer.raw(contextMember)
    }

    private func writeFeatureMembers(
        _ entity: StoredEntity, _ root: JSONCursor, into writer: inout JSONWriter
    ) -> Extent {
        writer.name("id")
        writer.string(entity.id)
        writer.name("type")
        writer.string("Feature")
        writer.name("geometry")
        if let geometry = geometry(of: root) { writer.raw(geometry) } else { writer.null() }
        writer.name("properties")
        writer.beginObject()
        let extent = writeMembers(entity, root, into: &writer)
        writer.endObject()
        return extent
    }

    /// The geometry of the default instance of the chosen GeoProperty, or of the one that was asked for.
    private func geometry(of root: JSONCursor) -> JSONCursor? {
        guard let attribute = root[representation.geometryProperty] else { return nil }
        let instances = served(attribute).filter {
            $0.type?.isString(AttributeType.geoProperty.rawValue) == true
        }
        return
            (instances.first { $0.datasetId == nil }
            ?? (representation.datasetIds == nil ? nil : instances.first))?
            .value
    }

    private func writeMembers(
        _ entity: StoredEntity, _ root: JSONCursor, into writer: inout JSONWriter
    ) -> Extent {
        var extent = Extent()
        extent.members += writeOwnMembers(entity, into: &writer)
        let times = AttributeWriter.Times(
            createdAt: representation.includesSystemAttributes ? entity.createdAt.description : "",
            modifiedAt: nil)
        // Most have nothing that needs it.
        lazy var attributes = AttributeWriter(renderer: self, entityID: entity.id)
        var members = root.members
        while true {
            if copiesLines, let line = members.nextLine(), line.mark != .blank {
                write(line, into: &writer)
                members.skip(line)
                extent.attributes += 1
                continue
            }
            guard let name = members.nextName() else { break }
            guard isAll || isServed(name) else {
                _ = members.value()
                continue
            }
            if attributes.write(name, in: &members, times, into: &writer) { extent.attributes += 1 }
        }
        extent.members += extent.attributes
        return extent
    }

    /// An attribute that is served as it is stored, but for times at its end.
    private func write(_ line: JSONLine, into writer: inout JSONWriter) {
        guard line.mark == .tab else { return writer.member(line.text) }
        writer.member(line.withoutTimes)
        writer.endObject()
    }

    /// The members that are no attributes; tells how many.
    private func writeOwnMembers(_ entity: StoredEntity, into writer: inout JSONWriter) -> Int {
        var count = 0
        func begin(_ name: StaticString) -> Bool {
            guard isAll || isServed(own: name.description) else { return false }
            writer.name(constant: name)
            count += 1
            return true
        }
        if !representation.isGeoJSON, begin("id") { writer.string(entity.id) }
        if begin("type") { write(types: entity.types, into: &writer) }
        if !entity.scopes.isEmpty, !isBefore(1, 4), begin("scope") { write(entity.scopes, into: &writer) }
        guard representation.includesSystemAttributes else { return count }
        if let expiresAt = entity.expiresAt, !isBefore(1, 9), begin("expiresAt") {
            writer.string(expiresAt.description)
        }
        if begin("createdAt") { writer.string(entity.createdAt.description) }
        if begin("modifiedAt") { writer.string(entity.modifiedAt.description) }
        return count
    }

    private func write(types: [String], into writer: inout JSONWriter) {
        if types.count == 1 || isBefore(1, 3), let first = types.first {
            return writer.string(context.term(ofStored: first))
        }
        write(types.map(context.term), into: &writer)
    }

    /// A string where there is one, an array where there are several.
    private func write(_ strings: [String], into writer: inout JSONWriter) {
        if strings.count == 1, let first = strings.first { return writer.string(first) }
        writer.beginArray()
        for string in strings { writer.string(string) }
        writer.endArray()
    }

    /// Whether the client knows only a version before `major.minor`.
    func isBefore(_ major: Int, _ minor: Int) -> Bool {
        guard let version = representation.version else { return false }
        return version < SpecificationVersion(major, minor)
    }

    /// `attrs` names attributes only: the members of the entity itself stay.
    private func isServed(own name: String) -> Bool {
        let projection = representation.projection
        if let pick = projection.pick, !pick.contains(where: { $0.name == name }) { return false }
        return !projection.omit.contains { $0.name == name && $0.children.isEmpty }
    }

    private func isServed(_ name: JSONCursor) -> Bool {
        let projection = representation.projection
        if let attributes = projection.attributes { return attributes.contains { name.isString($0) } }
        if let pick = projection.pick, !pick.contains(where: { name.isString($0.name) }) { return false }
        return !projection.omit.contains { name.isString($0.name) && $0.children.isEmpty }
    }

    /// The instances of an attribute that are not expired and of a dataset that was asked for.
    func served(_ attribute: JSONCursor) -> [StoredInstance] {
        StoredInstance.all(attribute).filter { isServed($0) }
    }

    func isServed(_ instance: StoredInstance) -> Bool {
        guard !instance.isExpired(at: now) else { return false }
        guard let datasetIds = representation.datasetIds else { return true }
        return datasetIds.contains(instance.datasetId?.string ?? "@none")
    }
}
