import JSON

extension AttributeExpansion {
    /// Checks a member of an attribute object, which is no sub-attribute, and appends its storage form, if it has one.
    func append(
        _ member: AttributeMember, named name: JSONView, _ value: JSONView,
        to instance: inout AttributeInstance,
        ofType type: AttributeType?, named attribute: String
    ) throws(NGSILDError) {
        try checkIsAllowed(member, named: name, value, inAttribute: attribute, ofType: type)
        if member.isOutputOnly { return }
        if value.isNull {
            throw .fault(
                at: value,
                "\"\(name.string ?? "")\" is null, which NGSI-LD does not have; \(adviceOnNull)")
        }
        if !member.isValue, member != .type, value.isString(NGSILDNull.text) {
            try checkMayBeDeleted(member, value)
            return instance.append(name.string ?? "", .verbatim(value))
        }
        switch member {
        case .type, .context, .identifier, .createdAt, .modifiedAt, .generated, .entity, .entityList,
            .previous:
            break
        case .value(let kind):
            try checkIsProof(value, ofAttribute: attribute)
            let values = ValueExpansion(context: context, purpose: purpose)
            let text = kind.rawValue
            instance.append(text, try values.valueOrNull(value, of: type ?? .property, named: text))
        case .datasetId: try appendDatasetId(value, to: &instance)
        case .observedAt: instance.append("observedAt", try dateTime(value, "observedAt"))
        case .expiresAt: instance.append("expiresAt", try dateTime(value, "expiresAt"))
        case .unitCode:
            guard value.withStringBytes({ !$0.isEmpty }) == true else {
                throw .fault(value, "the unitCode", "is not a UN/CEFACT unit code such as \"CEL\"")
            }
            instance.append("unitCode", .verbatim(value))
        case .valueType: instance.append("valueType", try valueType(value, of: type))
        case .objectType: instance.append("objectType", try vocabulary(value, "objectType"))
        case .entityIdSealed:
            guard value.withStringBytes(IRI.isValid(utf8:)) == true else {
                throw .fault(value, "the entityIdSealed", "is not an absolute URI")
            }
            instance.append("entityIdSealed", .verbatim(value))
        case .entityTypeSealed: instance.append("entityTypeSealed", try vocabulary(value, "entityTypeSealed"))
        }
    }

    func checkIsProof(_ value: JSONView, ofAttribute name: String) throws(NGSILDError) {
        guard name == "ngsildproof", value.kind != .object, !value.isString(NGSILDNull.text) else { return }
        throw .fault(value, "the value of ngsildproof", "is not an object with the proof (4.5.2.2)")
    }

    private var adviceOnNull: String {
        purpose.mayDelete ? "send \"\(NGSILDNull.text)\" to delete" : "leave it out"
    }

    private func checkIsAllowed(
        _ member: AttributeMember, named name: JSONView, _ value: JSONView, inAttribute attribute: String,
        ofType type: AttributeType?
    ) throws(NGSILDError) {
        var text: String { name.string ?? "" }
        switch member {
        case .context: throw .fault(at: value, "an attribute cannot have an @context of its own (4.5.1)")
        case .identifier: throw .fault(at: value, "an attribute has no \"\(text)\"; entities do")
        case .entityIdSealed, .entityTypeSealed:
            guard attribute == "ngsildproof" else {
                throw .fault(at: value, "only the attribute ngsildproof has \"\(text)\" (4.5.2.2)")
            }
        case .value(let kind):
            guard let type, kind != type.valueMember else { return }
            throw .fault(
                at: value, "a \(type.rawValue) has \"\(type.valueName)\" and cannot have \"\(text)\" as well")
        default:
            guard let type, !member.isAllowed(in: type) else { return }
            throw .fault(at: value, "a \(type.rawValue) cannot have \"\(text)\"")
        }
    }

    private func checkMayBeDeleted(_ member: AttributeMember, _ value: JSONView) throws(NGSILDError) {
        guard member != .datasetId else {
            throw .fault(at: value, "a datasetId cannot be deleted by \"\(NGSILDNull.text)\" (5.5.8)")
        }
        guard purpose.mayDelete else { throw .misplacedNull(value) }
    }

    private func appendDatasetId(_ value: JSONView, to instance: inout AttributeInstance) throws(NGSILDError)
    {
        // The default instance by another name (4.5.5.1).
        if value.isString("@none") { return }
        let isID = value.withStringBytes {
            $0.count <= EntityLimits.datasetIdBytesMax && IRI.isValid(utf8: $0)
        }
        guard isID == true else {
            throw .fault(
                value, "the datasetId",
                "is not an absolute URI of at most \(EntityLimits.datasetIdBytesMax) bytes, nor \"@none\"")
        }
        instance.append("datasetId", .verbatim(value))
    }

    private func dateTime(_ value: JSONView, _ name: String) throws(NGSILDError) -> MemberValue {
        let isServedAsSent = value.withStringBytes {
            Timestamp(utf8: $0) != nil && !$0.contains(UInt8(ascii: ","))
        }
        if isServedAsSent == true { return .verbatim(value) }
        guard let text = value.string, let served = Timestamp.served(text) else {
            throw .notDateTime(value, name)
        }
        return .json(.string(served))
    }

    private func valueType(_ value: JSONView, of type: AttributeType?) throws(NGSILDError) -> MemberValue {
        let name = value.string ?? ""
        let isOfLanguages =
            name == "langString" || name.hasSuffix(":langString") || name.hasSuffix("#langString")
        guard !name.isEmpty, type != .languageProperty || isOfLanguages else {
            throw .fault(
                value, "the valueType",
                type == .languageProperty
                    ? "of a LanguageProperty can only be \"langString\" (5.2.32)"
                    : "is not the name of a data type")
        }
        return .json(.string(context.storedName(of: name)))
    }

    /// Names that the @context expands, one or several.
    func vocabulary(_ value: JSONView, _ name: String) throws(NGSILDError) -> MemberValue {
        func stored(_ view: JSONView) throws(NGSILDError) -> JSONValue {
            guard let term = view.string, !term.isEmpty else {
                throw .fault(view, "the \(name)", "is not a string or an array of strings")
            }
            if term == NGSILDNull.text { throw .misplacedNull(view) }
            return .string(context.storedName(of: term))
        }
        guard value.kind == .array else { return .json(try stored(value)) }
        guard value.count > 0 else { throw .fault(at: value, "the \(name) is an array without a string") }
        var names: [JSONValue] = []
        for element in value.elements { names.append(try stored(element)) }
        return .json(.array(names))
    }

    func appendSubattribute(
        _ name: JSONView, _ value: JSONView, to instance: inout AttributeInstance
    ) throws(NGSILDError) {
        guard depth < EntityLimits.depthMax else {
            throw .fault(at: value, "sub-attributes are nested deeper than \(EntityLimits.depthMax) levels")
        }
        let stored = try storedName(of: name.string ?? "", at: name)
        guard instance[stored] == nil else {
            throw .fault(name, "the name", "stands for the same sub-attribute as another name here")
        }
        if value.isNull { throw .fault(at: value, "\"\(stored)\" is null; \(adviceOnNull)") }
        let inner = AttributeExpansion(context: context, purpose: purpose.ofSubattributes, depth: depth + 1)
        instance.append(stored, .instances(try inner.instances(of: stored, from: value).map(\.instance)))
    }
}

extension NGSILDError {
    static func notDateTime(_ value: JSONView, _ name: String) -> NGSILDError {
        .fault(value, "the \(name)", "is not a DateTime in UTC such as \"2026-01-31T12:00:00.5Z\" (4.6.3)")
    }

    static func misplacedNull(_ value: JSONView) -> NGSILDError {
        .fault(
            at: value, "\"\(NGSILDNull.text)\" deletes in updates and merges and means nothing here (5.5.4)")
    }
}
