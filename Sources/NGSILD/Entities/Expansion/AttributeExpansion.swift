import JSON

/// Turns attributes of a payload, normalized or concise, into their storage form (4.5.2, 4.5.3, 5.5.7).
struct AttributeExpansion {
    let context: Context
    let purpose: ExpansionPurpose
    /// How many attributes this one is inside of.
    var depth = 0

    /// Whether an attribute is one of the core's GeoProperties, which can be nothing else (5.2.4).
    private func isCoreGeo(_ name: String) -> Bool {
        name == "location" || name == "observationSpace" || name == "operationSpace"
    }

    /// The stored name of the attribute `term`, which stands at `name`.
    func storedName(of term: String, at name: JSONView) throws(NGSILDError) -> String {
        guard Name.isValid(term) else {
            throw .fault(name, "the name", "is not a letter followed by letters, digits and _ (4.6.2)")
        }
        let stored = context.storedName(of: term)
        guard AttributeMember(stored) == nil else {
            throw .fault(name, "the name", "stands for a member of attributes and cannot be an attribute")
        }
        guard stored != "scope" || depth > 0 else {
            throw .fault(name, "the name", "stands for the scope of the entity: call it \"scope\" (4.18)")
        }
        guard stored.utf8.count <= EntityLimits.nameBytesMax else {
            throw .fault(
                at: name,
                "the name expands to \(stored.utf8.count) bytes; \(EntityLimits.nameBytesMax) are allowed")
        }
        return stored
    }

    /// The instances of the attribute `name`: one, or those of an array, each with a datasetId of its own (4.5.5).
    func instances(of name: String, from view: JSONView) throws(NGSILDError) -> [InstanceFragment] {
        guard isInstances(view) else { return [try instance(of: name, from: view)] }
        guard view.count <= EntityLimits.instancesMax else {
            throw .fault(
                at: view,
                "the attribute has \(view.count) instances; \(EntityLimits.instancesMax) are allowed")
        }
        var instances: [InstanceFragment] = []
        var datasets: Set<String?> = []
        var faults = Faults()
        for element in view.elements {
            do throws(NGSILDError) {
                guard element.kind == .object else {
                    throw .fault(element, "the instance", "is not an object, as the other instances are")
                }
                let fragment = try instance(of: name, from: element)
                guard datasets.insert(fragment.instance.datasetId).inserted else {
                    throw .fault(
                        at: element,
                        fragment.instance.datasetId.map { "two instances have the datasetId \"\($0)\"" }
                            ?? "two instances are the default instance, without a datasetId")
                }
                instances.append(fragment)
            } catch {
                try faults.add(error)
            }
        }
        try faults.check()
        return instances
    }

    /// One instance: an attribute object, or a bare value (4.5.2.3).
    func instance(of name: String, from view: JSONView) throws(NGSILDError) -> InstanceFragment {
        guard view.kind == .object else { return try bare(view, of: name) }
        if let type = view["type"] ?? view["@type"], view["@value"] == nil {
            if let known = AttributeType.named(type) {
                return try attribute(view, named: name, type: known, isTypeGiven: true)
            }
            if GeoJSON.isGeometry(view) { return try bare(view, of: name) }
            return try attribute(view, named: name, type: attributeType(type), isTypeGiven: true)
        }
        if let member = valueMember(of: view) {
            let isGeometry =
                member == .value && (isCoreGeo(name) || view["value"].map(GeoJSON.isGeometry) == true)
            return try attribute(
                view, named: name, type: isGeometry ? .geoProperty : member.concludedType,
                isTypeGiven: false)
        }
        guard isAttributeWithoutValue(view) else { return try bare(view, of: name) }
        return try attribute(view, named: name, type: nil, isTypeGiven: false)
    }

    /// An attribute object whose members are looked at, whatever they are.
    func attribute(
        _ view: JSONView, named name: String, type: AttributeType?, isTypeGiven: Bool
    ) throws(NGSILDError) -> InstanceFragment {
        if let type, type != .geoProperty, depth == 0, isCoreGeo(name) {
            throw .fault(
                at: view, "the attribute \(name) is a GeoProperty and cannot be a \(type.rawValue) (4.7.1)")
        }
        guard view.count <= EntityLimits.membersMax else {
            throw .fault(
                at: view, "the attribute has \(view.count) members; \(EntityLimits.membersMax) are allowed")
        }
        // Room for a type that is not said, and for two times.
        var instance = AttributeInstance(reserving: view.count + 3)
        if let type { instance.append("type", type.rawValue) }
        var faults = Faults()
        // A value at fault is not missing.
        var hasValue = false
        for (memberName, value) in view.members {
            do throws(NGSILDError) {
                if let member = AttributeMember(memberName) {
                    hasValue = hasValue || member.isValue
                    try append(member, named: memberName, value, to: &instance, ofType: type, named: name)
                } else {
                    try appendSubattribute(memberName, value, to: &instance)
                }
            } catch {
                try faults.add(error)
            }
        }
        if !purpose.mayBeIncomplete, !hasValue {
            let expected = type.map { "\"\($0.valueName)\"" } ?? "\"value\" or \"object\""
            try faults.add(.fault(at: view, "the attribute \(name) has no \(expected)"))
        }
        try faults.check()
        return InstanceFragment(instance: instance, isTypeGiven: isTypeGiven)
    }

    /// The attribute type that `type` names, short or as an IRI.
    func attributeType(_ type: JSONView) throws(NGSILDError) -> AttributeType {
        let name = type.string ?? ""
        guard
            let known = AttributeType(rawValue: name) ?? AttributeType(rawValue: context.storedName(of: name))
        else {
            let names = AttributeType.allCases.map(\.rawValue).joined(separator: ", ")
            throw .fault(
                type, "the attribute type", "is none of \(names), nor a geometry type with coordinates")
        }
        return known
    }

    func bare(_ view: JSONView, of name: String) throws(NGSILDError) -> InstanceFragment {
        var instance = AttributeInstance(reserving: 2)
        if view.isString(NGSILDNull.text), purpose.mayDelete {
            instance.append("value", .verbatim(view))
            return InstanceFragment(instance: instance, isTypeGiven: false)
        }
        try checkIsProof(view, ofAttribute: name)
        let isGeo = GeoJSON.isGeometry(view) || (depth == 0 && isCoreGeo(name))
        let type = isGeo ? AttributeType.geoProperty : .property
        instance.append("type", type.rawValue)
        instance.append("value", try ValueExpansion(context: context, purpose: purpose).value(view, of: type))
        return InstanceFragment(
            instance: instance, isTypeGiven: false, bare: BareValue(view: view, context: context))
    }

    /// Whether an array holds instances, rather than being a value itself.
    private func isInstances(_ view: JSONView) -> Bool {
        guard view.kind == .array, view.count > 0 else { return false }
        if view.elements.contains(where: { hasAttributeType($0) }) { return true }
        // A merge may say something of an instance without its value.
        return view.elements.allSatisfy {
            valueMember(of: $0) != nil
                || (purpose == .merge && $0.kind == .object && isAttributeWithoutValue($0))
        }
    }

    /// The first member of an object that holds a value.
    func valueMember(of view: JSONView) -> ValueMember? {
        for (name, _) in view.members {
            if case .value(let member) = AttributeMember(name) {
                return member
            }
        }
        return nil
    }

    private func hasAttributeType(_ view: JSONView) -> Bool {
        (view["type"] ?? view["@type"]).flatMap(AttributeType.named) != nil
    }

    /// Whether an object without type and value says something about an attribute, rather than being a value.
    private func isAttributeWithoutValue(_ view: JSONView) -> Bool {
        let isAbout = view.members.contains { name, _ in
            switch name.string.flatMap(AttributeMember.init) {
            case .observedAt, .unitCode, .datasetId, .expiresAt, .valueType, .objectType, .context: true
            default: false
            }
        }
        if isAbout { return true }
        // A merge may give sub-attributes alone.
        return purpose.mayBeIncomplete && view.count > 0 && view.members.allSatisfy { hasAttributeType($1) }
    }
}

extension AttributeType {
    /// The type whose short name this is.
    package static func named(_ name: String) -> AttributeType? {
        var name = name
        return name.withUTF8(named)
    }

    static func named(_ type: JSONView) -> AttributeType? {
        var named: AttributeType?
        type.readStringBytes { named = self.named($0) }
        return named
    }

    // By the length first: it is asked of every instance that is read.
    private static func named(_ name: UnsafeBufferPointer<UInt8>) -> AttributeType? {
        switch name.count {
        case 8: name.isText("Property") ? .property : nil
        case 11: name.isText("GeoProperty") ? .geoProperty : nil
        case 12:
            name.isText("Relationship")
                ? .relationship
                : name.isText("JsonProperty")
                    ? .jsonProperty : name.isText("ListProperty") ? .listProperty : nil
        case 13: name.isText("VocabProperty") ? .vocabProperty : nil
        case 16:
            name.isText("LanguageProperty")
                ? .languageProperty : name.isText("ListRelationship") ? .listRelationship : nil
        default: nil
        }
    }
}

extension AttributeMember {
    /// The member that a name in a document names.
    init?(_ name: JSONView) {
        var member: AttributeMember?
        name.readStringBytes { member = AttributeMember(utf8: $0) }
        guard let member else { return nil }
        self = member
    }
}
