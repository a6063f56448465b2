import JSON

/// Writes the attributes of one entity in the form that was asked for.
struct AttributeWriter {
    let renderer: EntityRenderer
    /// Of the entity that has the attributes.
    let entityID: String
    private let isStoredForm: Bool
    private let isCore: Bool

    /// The times that an instance has where its own are not stored (`AttributeTimes`).
    struct Times {
        var createdAt: String
        /// nil: its `createdAt`, as it is for the attributes of an entity.
        var modifiedAt: String?
    }

    var representation: Representation { renderer.representation }
    var context: Context { renderer.context }

    init(renderer: EntityRenderer, entityID: String) {
        self.renderer = renderer
        self.entityID = entityID
        isStoredForm = renderer.representation.isStoredForm && renderer.linked == nil
        isCore = renderer.context.isCore
    }

    /// Writes the attribute whose name `attributes` gave last; false where nothing of it is served.
    func write(
        _ name: JSONCursor, in attributes: inout JSONCursor.Members, _ times: Times,
        into writer: inout JSONWriter
    ) -> Bool {
        guard let instance = StoredInstance(in: &attributes, named: name) else {
            return write(name, attributes.value(), times, into: &writer)
        }
        return write(instance, named: name, isSubattribute: false, times, into: &writer)
    }

    private func write(
        _ instance: StoredInstance, named name: JSONCursor, isSubattribute: Bool, _ times: Times,
        into writer: inout JSONWriter
    ) -> Bool {
        guard isServed(instance, isSubattribute), hasWord(for: name) else { return false }
        writeName(name, into: &writer)
        write(instance, named: name, times, into: &writer)
        return true
    }

    /// Writes an attribute, or a sub-attribute, with its name; false where nothing of it is served.
    private func write(
        _ name: JSONCursor, _ attribute: JSONCursor, isSubattribute: Bool = false, _ times: Times,
        into writer: inout JSONWriter
    ) -> Bool {
        if attribute.kind == .object {
            return write(
                StoredInstance(attribute), named: name, isSubattribute: isSubattribute, times, into: &writer)
        }
        let instances = StoredInstance.all(attribute).filter { isServed($0, isSubattribute) }
        guard let first = instances.first, hasWord(for: name) else { return false }
        writeName(name, into: &writer)
        if instances.count == 1 || renderer.isBefore(1, 3) {
            write(instances.first { $0.datasetId == nil } ?? first, named: name, times, into: &writer)
        } else if representation.form == .simplified {
            writeDatasets(instances, named: name, into: &writer)
        } else {
            writer.beginArray()
            for instance in instances { write(instance, named: name, isAlone: false, times, into: &writer) }
            writer.endArray()
        }
        return true
    }

    /// The filter by datasets is about the entity's own attributes.
    private func isServed(_ instance: StoredInstance, _ isSubattribute: Bool) -> Bool {
        isSubattribute ? !instance.isExpired(at: renderer.now) : renderer.isServed(instance)
    }

    private func hasWord(for name: JSONCursor) -> Bool {
        isCore || !name.text.contains(UInt8(ascii: ":")) || !context.hides(stored: name.string ?? "")
    }

    private func writeName(_ name: JSONCursor, into writer: inout JSONWriter) {
        if isCore, !name.text.contains(UInt8(ascii: ":")) { return writer.name(name) }
        writer.name(context.term(ofStored: name.string ?? ""))
    }

    private func write(
        _ instance: StoredInstance, named name: JSONCursor, isAlone: Bool = true, _ times: Times,
        into writer: inout JSONWriter
    ) {
        if isStoredForm, instance.isPlain, isCore { return writeStored(instance, into: &writer) }
        switch representation.form {
        case .simplified: return writeSimplified(instance, named: name, into: &writer)
        case .concise where isAlone && writeBare(instance, into: &writer): return
        case .concise, .normalized: writeMembers(of: instance, named: name, times, into: &writer)
        }
    }

    /// The instance as it is stored, without its times.
    private func writeStored(_ instance: StoredInstance, into writer: inout JSONWriter) {
        guard instance.hasTimes else { return writer.raw(instance.view) }
        writer.beginObject()
        // Neighbours that are kept go as one piece.
        var kept: (name: JSONCursor, value: JSONCursor)?
        for (name, value) in instance.view.members {
            switch AttributeMember(utf8: name.text) {
            case .createdAt, .modifiedAt, .expiresAt:
                if let kept { writer.members(from: kept.name, through: kept.value) }
                kept = nil
            default: kept = (kept?.name ?? name, value)
            }
        }
        if let kept { writer.members(from: kept.name, through: kept.value) }
        writer.endObject()
    }

    /// A map by datasetId (4.5.4).
    private func writeDatasets(
        _ instances: [StoredInstance], named name: JSONCursor, into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.name("dataset")
        writer.beginObject()
        for instance in instances {
            if let datasetId = instance.datasetId { writer.name(datasetId) } else { writer.name("@none") }
            writeSimplified(instance, named: name, into: &writer)
        }
        writer.endObject()
        writer.endObject()
    }

    private func writeMembers(
        of instance: StoredInstance, named name: JSONCursor, _ outer: Times, into writer: inout JSONWriter
    ) {
        let times = self.times(of: instance, inside: outer)
        writer.beginObject()
        writeType(of: instance, into: &writer)
        for (memberName, member) in instance.view.members {
            switch AttributeMember(utf8: memberName.text) {
            case .type, .createdAt, .modifiedAt, .expiresAt: break
            case .value: writeValue(of: instance, named: memberName, into: &writer)
            case .valueType, .objectType, .entityTypeSealed:
                guard !isHidden(memberName) else { break }
                writer.name(memberName)
                writeNames(member, into: &writer)
            case nil:
                _ = write(memberName, member, isSubattribute: true, times, into: &writer)
            default:
                guard !isHidden(memberName) else { break }
                writer.name(memberName)
                writer.raw(member)
            }
        }
        writeLinked(of: instance, named: name, into: &writer)
        if representation.includesSystemAttributes { writeTimes(times, of: instance, into: &writer) }
        writer.endObject()
    }

    private func times(of instance: StoredInstance, inside outer: Times) -> Times {
        guard representation.includesSystemAttributes else { return outer }
        let createdAt = instance.createdAt?.string ?? outer.createdAt
        let modifiedAt = instance.modifiedAt?.string ?? outer.modifiedAt ?? createdAt
        return Times(createdAt: createdAt, modifiedAt: modifiedAt)
    }

    private func writeTimes(_ times: Times, of instance: StoredInstance, into writer: inout JSONWriter) {
        if let expiresAt = instance.expiresAt, !renderer.isBefore(1, 9) {
            writer.name("expiresAt")
            writer.raw(expiresAt)
        }
        writer.name("createdAt")
        writer.string(times.createdAt)
        writer.name("modifiedAt")
        writer.string(times.modifiedAt ?? times.createdAt)
    }

    /// Members that a client of an earlier version does not know (tables 4.3.6.8-2 and 4.3.6.8-3).
    private func isHidden(_ name: JSONCursor) -> Bool {
        guard representation.version != nil else { return false }
        if name.isString("valueType") { return renderer.isBefore(1, 9) }
        if name.isString("objectType") { return renderer.isBefore(1, 8) }
        return renderer.isBefore(1, 3)
    }
}
