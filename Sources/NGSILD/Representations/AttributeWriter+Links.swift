import JSON

extension AttributeWriter {
    /// The linked entities beside `object` or `objectList`, where they were asked for and are known (4.5.23.2).
    func writeLinked(of instance: StoredInstance, named name: JSONCursor, into writer: inout JSONWriter) {
        guard renderer.linked != nil, let targets = instance.value else { return }
        let isList = instance.kind == .objectList
        guard isList || instance.kind == .object else { return }
        let entities = AttributeWriter.ids(targets).compactMap { entity($0) }
        guard let first = entities.first, let inner = linkedRenderer(name) else { return }
        writer.name(isList ? "entityList" : "entity")
        if targets.kind == .array { return inner.write(entities, into: &writer) }
        inner.write(first, into: &writer)
    }

    /// The targets of a Relationship alone, URIs or the entities that they link to.
    func writeTargets(_ targets: JSONCursor, linkedBy name: JSONCursor? = nil, into writer: inout JSONWriter)
    {
        let inner = name.flatMap(linkedRenderer)
        func write(_ id: JSONCursor) {
            if let inner, let entity = id.string.flatMap(entity) {
                inner.write(entity, into: &writer)
            } else {
                writer.raw(id)
            }
        }
        guard targets.kind == .array else { return write(targets) }
        writer.beginArray()
        for target in targets.elements { write(target["object"] ?? target) }
        writer.endArray()
    }

    private static func ids(_ targets: JSONCursor) -> [String] {
        guard targets.kind == .array else { return targets.string.map { [$0] } ?? [] }
        return targets.elements.compactMap { ($0["object"] ?? $0).string }
    }

    /// The entity of this id, unless this one is inside of it.
    private func entity(_ id: String) -> StoredEntity? {
        guard id != entityID, !renderer.path.contains(id) else { return nil }
        return renderer.linked?.entity(id)
    }

    private func linkedRenderer(_ name: JSONCursor) -> EntityRenderer? {
        guard let linked = renderer.linked, linked.depth > 0 else { return nil }
        let below =
            linked.depth > 1
            ? EntityRenderer.LinkedEntities(depth: linked.depth - 1, entity: linked.entity) : nil
        var inner = EntityRenderer(
            representation.linked(by: name.string ?? ""), context: context, now: renderer.now, linked: below)
        inner.path = renderer.path + [entityID]
        return inner
    }
}
