import JSON

extension AttributeWriter {
    /// What a LanguageProperty is in the language that was asked for.
    private func text(of instance: StoredInstance) -> (language: String, text: JSONCursor)? {
        guard instance.kind == .languageMap, let filter = representation.language else { return nil }
        return instance.value.flatMap { filter.pick(from: $0) }
    }

    /// The type, where the form has it: the concise one only where it would be misread.
    func writeType(of instance: StoredInstance, into writer: inout JSONWriter) {
        let isProperty = text(of: instance) != nil || fallback(of: instance) == .property
        if representation.form == .concise {
            guard let value = instance.value, instance.kind == .value, GeoJSON.isGeometry(value),
                instance.type?.isString(AttributeType.property.rawValue) == true
            else { return }
        }
        writer.name("type")
        if isProperty {
            writer.string(AttributeType.property.rawValue)
        } else if fallback(of: instance) == .relationship {
            writer.string(AttributeType.relationship.rawValue)
        } else if let type = instance.type {
            writer.raw(type)
        }
    }

    /// The type that a client of an earlier version gets instead (table 4.3.6.8-1); nil: it knows the instance's.
    private func fallback(of instance: StoredInstance) -> AttributeType? {
        switch instance.kind {
        case .value, .object: nil
        case .languageMap: renderer.isBefore(1, 4) ? .property : nil
        case .vocab, .json, .valueList: renderer.isBefore(1, 8) ? .property : nil
        case .objectList: renderer.isBefore(1, 8) ? .relationship : nil
        }
    }

    /// The member with the value, by its name or by the one that a filter or an earlier version gives it.
    func writeValue(of instance: StoredInstance, named name: JSONCursor, into writer: inout JSONWriter) {
        guard let value = instance.value else { return }
        if let (language, text) = text(of: instance) {
            writer.name("value")
            writer.raw(text)
            writer.name("lang")
            writer.string(language)
            return
        }
        switch fallback(of: instance) {
        case .property: writer.name("value")
        case .relationship: writer.name("object")
        default: writer.name(name)
        }
        let isBareList = representation.form == .concise || fallback(of: instance) != nil
        switch instance.kind {
        case .vocab: writeNames(value, into: &writer)
        case .objectList where isBareList: writeTargets(value, into: &writer)
        default: writer.raw(value)
        }
    }

    /// In the concise form the value alone, where nothing else is to say and nobody can misread it (4.5.2.3).
    func writeBare(_ instance: StoredInstance, into writer: inout JSONWriter) -> Bool {
        guard instance.kind == .value, let value = instance.value, instance.datasetId == nil,
            !instance.hasMore,
            !representation.includesSystemAttributes
        else { return false }
        let isGeo = instance.type?.isString(AttributeType.geoProperty.rawValue) == true
        guard isGeo || !isMisread(value) else { return false }
        writer.raw(value)
        return true
    }

    /// Whether a bare value would be taken for an attribute or its instances.
    private func isMisread(_ value: JSONCursor) -> Bool {
        switch value.kind {
        case .object: value.members.contains { name, _ in AttributeMember(utf8: name.text) != nil }
        case .array: value.elements.contains { $0.kind == .object }
        default: false
        }
    }

    /// What the instance says, and nothing about it (4.5.4).
    func writeSimplified(_ instance: StoredInstance, named name: JSONCursor, into writer: inout JSONWriter) {
        guard let value = instance.value else { return writer.null() }
        if let (_, text) = text(of: instance) { return writer.raw(text) }
        let isWrapped = fallback(of: instance) == nil
        switch instance.kind {
        case .value, .valueList: writer.raw(value)
        case .languageMap: writeWrapped("languageMap", isWrapped, into: &writer) { $0.raw(value) }
        case .json: writeWrapped("json", isWrapped, into: &writer) { $0.raw(value) }
        case .vocab: writeWrapped("vocab", isWrapped, into: &writer) { writeNames(value, into: &$0) }
        case .object, .objectList: writeTargets(value, linkedBy: name, into: &writer)
        }
    }

    private func writeWrapped(
        _ name: String, _ isWrapped: Bool, into writer: inout JSONWriter, _ write: (inout JSONWriter) -> Void
    ) {
        guard isWrapped else { return write(&writer) }
        writer.beginObject()
        writer.name(name)
        write(&writer)
        writer.endObject()
    }

    /// Stored names as the client calls them: one, or an array.
    func writeNames(_ names: JSONCursor, into writer: inout JSONWriter) {
        guard names.kind == .array else { return writer.string(context.term(ofStored: names.string ?? "")) }
        writer.beginArray()
        for name in names.elements { writer.string(context.term(ofStored: name.string ?? "")) }
        writer.endArray()
    }
}
