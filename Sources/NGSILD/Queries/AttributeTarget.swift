import JSON

/// What a path leads to in an entity (4.9: target element).
enum AttributeTarget {
    /// An attribute, or a sub-attribute.
    case instance(JSONView)
    /// A member of one that is no attribute: `unitCode`, `observedAt`, …
    case member(JSONView)
    /// A moment that the hub keeps.
    case moment(Moment)
}

extension QueriedEntity {
    /// Whether `body` is true of one of the elements that `names` leads to.
    func anyTarget(of names: [String], _ body: (AttributeTarget) -> Bool) -> Bool {
        if names.count == 1, AttributePath.systemNames.contains(names[0]) {
            return systemMoment(names[0]).map { body(.moment($0)) } ?? false
        }
        return anyTarget(of: names[...], in: document, body)
    }

    private func systemMoment(_ name: String) -> Moment? {
        switch name {
        case "createdAt": Moment(row.createdAt)
        case "modifiedAt": Moment(row.modifiedAt)
        case "expiresAt": row.expiresAt.map { Moment($0) }
        default: nil
        }
    }

    private func anyTarget(
        of names: ArraySlice<String>, in parent: JSONView, _ body: (AttributeTarget) -> Bool
    ) -> Bool {
        guard let name = names.first, !Self.isValueMember(name) else { return false }
        let rest = names.dropFirst()
        guard let value = parent[name] else {
            guard rest.isEmpty, let moment = inheritedMoment(name, in: parent) else { return false }
            return body(.moment(moment))
        }
        if rest.isEmpty, Self.isPlainMember(name) {
            guard Self.isTemporalMember(name) else { return body(.member(value)) }
            return value.string.flatMap { Moment($0) }.map { body(.moment($0)) } ?? false
        }
        return anyInstance(of: value) { instance in
            rest.isEmpty ? body(.instance(instance)) : anyTarget(of: rest, in: instance, body)
        }
    }

    /// An instance tells its own moments only where they differ from those above (storage form).
    private func inheritedMoment(_ name: String, in instance: JSONView) -> Moment? {
        guard instance["type"] != nil else { return nil }
        switch name {
        case "createdAt": return Moment(row.createdAt)
        case "modifiedAt":
            return instance["createdAt"]?.string.flatMap { Moment($0) } ?? Moment(row.createdAt)
        default: return nil
        }
    }

    /// A member that holds the value or says what it is: no part of a path.
    package static func isValueMember(_ name: String) -> Bool { valueMembers.contains(name) }

    /// A member of an attribute that is no attribute of its own (5.2.5 and following).
    package static func isPlainMember(_ name: String) -> Bool {
        isTemporalMember(name) || textMembers.contains(name)
    }

    package static func isTemporalMember(_ name: String) -> Bool {
        name == "observedAt" || AttributePath.systemNames.contains(name)
    }

    private static let valueMembers: Set<String> = [
        "type", "value", "object", "languageMap", "vocab", "json", "valueList", "objectList", "entity",
        "entityList",
        "previousValue", "previousObject", "previousLanguageMap", "previousVocab", "previousJson",
        "previousValueList", "previousObjectList",
    ]

    private static let textMembers: Set<String> = [
        "unitCode", "datasetId", "instanceId", "lang", "valueType", "objectType",
    ]
}
