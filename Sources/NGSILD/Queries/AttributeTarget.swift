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
        return anyTarget(of: names[...], in: document, made: nil, body)
    }

    private func systemMoment(_ name: String) -> Moment? {
        switch name {
        case "createdAt": Moment(row.createdAt)
        case "modifiedAt": Moment(row.modifiedAt)
        case "expiresAt": row.expiresAt.map { Moment($0) }
        default: nil
        }
    }

    /// `times` are those of `parent`; nil: it is the entity's document.
    private func anyTarget(
        of names: ArraySlice<String>, in parent: JSONView, made times: InstanceMoments?,
        _ body: (AttributeTarget) -> Bool
    ) -> Bool {
        guard let name = names.first, !Self.isValueMember(name) else { return false }
        let rest = names.dropFirst()
        guard let value = parent[name] else {
            guard rest.isEmpty, let moment = times?.moment(named: name) else { return false }
            return body(.moment(moment))
        }
        if rest.isEmpty, Self.isPlainMember(name) {
            guard Self.isTemporalMember(name) else { return body(.member(value)) }
            return value.string.flatMap { Moment($0) }.map { body(.moment($0)) } ?? false
        }
        return anyInstance(of: value) { instance in
            if rest.isEmpty { return body(.instance(instance)) }
            let own = InstanceMoments(of: instance, inside: times, of: row)
            return anyTarget(of: rest, in: instance, made: own, body)
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

/// When an instance was made and changed: it tells this itself only where it differs from what is above (storage form).
private struct InstanceMoments {
    let createdAt: Moment
    let modifiedAt: Moment

    /// `outer` is the attribute around it, if there is one.
    init(of instance: JSONView, inside outer: InstanceMoments?, of row: StoredEntity) {
        func own(_ name: String) -> Moment? { instance[name]?.string.flatMap { Moment($0) } }
        createdAt = own("createdAt") ?? outer?.createdAt ?? Moment(row.createdAt)
        modifiedAt = own("modifiedAt") ?? outer?.modifiedAt ?? createdAt
    }

    func moment(named name: String) -> Moment? {
        switch name {
        case "createdAt": createdAt
        case "modifiedAt": modifiedAt
        default: nil
        }
    }
}
