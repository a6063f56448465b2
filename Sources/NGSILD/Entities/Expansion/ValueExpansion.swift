import JSON

/// Checks what an attribute says, by its type, and gives its storage form.
struct ValueExpansion {
    let context: Context
    let purpose: ExpansionPurpose

    /// The value, or the wish to delete where the purpose has one.
    func valueOrNull(_ value: JSONView, of type: AttributeType, named name: String) throws(NGSILDError)
        -> MemberValue
    {
        guard NGSILDNull.isNull(value, in: name) else { return try self.value(value, of: type) }
        guard purpose.mayDelete else { throw .misplacedNull(value) }
        return .verbatim(value)
    }

    func value(_ value: JSONView, of type: AttributeType) throws(NGSILDError) -> MemberValue {
        switch type {
        case .property: try property(value)
        case .geoProperty: try geometry(value)
        case .languageProperty: try languageMap(value)
        case .vocabProperty: try vocab(value)
        case .jsonProperty: try json(value)
        case .listProperty: try list(value)
        case .relationship: try object(value)
        case .listRelationship: try objectList(value)
        }
    }

    private func property(_ value: JSONView) throws(NGSILDError) -> MemberValue {
        guard !value.isNull else {
            throw .fault(
                at: value,
                purpose.mayDelete
                    ? "the value is null, which NGSI-LD does not have; send \"\(NGSILDNull.text)\" to delete"
                    : "the value is null, which NGSI-LD does not have")
        }
        if let null = NGSILDNull.firstMisplaced(in: value, mayRemoveKeys: purpose == .merge) {
            throw .misplacedNull(null)
        }
        return .verbatim(value)
    }

    /// An object, or its text as a string (4.7.2), which is stored as the object.
    private func geometry(_ value: JSONView) throws(NGSILDError) -> MemberValue {
        var geometry = value
        if let text = value.string {
            guard let parsed = try? JSONDocument(parsing: Array(text.utf8)).root else {
                throw .fault(value, "the value", "is not the text of a GeoJSON geometry")
            }
            geometry = parsed
        }
        do throws(GeoJSON.Fault) {
            try GeoJSON.check(geometry)
        } catch {
            let place = value.kind == .string ? value : error.view
            throw .fault(at: place, NGSILDError.fault(error.view, "the geometry:", error.reason).detail)
        }
        return .verbatim(geometry)
    }

    private func languageMap(_ map: JSONView) throws(NGSILDError) -> MemberValue {
        guard map.kind == .object else {
            throw .fault(map, "the languageMap", "is not an object of language tags with strings (4.6.5)")
        }
        var faults = Faults()
        for (tag, text) in map.members {
            do throws(NGSILDError) { try checkText(text, of: tag) } catch { try faults.add(error) }
        }
        try faults.check()
        return .verbatim(map)
    }

    private func checkText(_ text: JSONView, of tag: JSONView) throws(NGSILDError) {
        guard tag.isString("@none") || tag.string.map(LanguageTag.isValid) == true else {
            throw .fault(tag, "the language", "is neither an RFC 5646 tag such as \"en\" nor \"@none\"")
        }
        if purpose == .merge, text.isString(NGSILDNull.text) { return }
        let isText =
            text.kind == .string
            || (text.kind == .array && text.elements.allSatisfy { $0.kind == .string })
        guard isText else {
            throw .fault(text, "the text", "of a language is not a string or an array of strings (4.6.5)")
        }
        if let null = NGSILDNull.firstMisplaced(in: text, mayRemoveKeys: false) {
            throw .misplacedNull(null)
        }
    }

    private func vocab(_ value: JSONView) throws(NGSILDError) -> MemberValue {
        try AttributeExpansion(context: context, purpose: purpose).vocabulary(value, "vocab")
    }

    private func json(_ value: JSONView) throws(NGSILDError) -> MemberValue {
        let isObjects = value.kind == .array && value.elements.allSatisfy { $0.kind == .object }
        guard value.kind == .object || isObjects else {
            throw .fault(value, "the json", "is not an object or an array of objects (4.5.24.2)")
        }
        return .verbatim(value)
    }

    private func list(_ value: JSONView) throws(NGSILDError) -> MemberValue {
        guard value.kind == .array else { throw .fault(value, "the valueList", "is not an array (4.5.21.2)") }
        if let null = value.elements.first(where: { $0.isNull }) {
            throw .fault(at: null, "an element of the valueList is null, which NGSI-LD does not have")
        }
        if let null = NGSILDNull.firstMisplaced(in: value, mayRemoveKeys: false) {
            throw .misplacedNull(null)
        }
        return .verbatim(value)
    }

    private func object(_ value: JSONView) throws(NGSILDError) -> MemberValue {
        guard value.kind == .array else {
            try checkTarget(value)
            return .verbatim(value)
        }
        var faults = Faults()
        for target in value.elements {
            do throws(NGSILDError) { try checkTarget(target) } catch { try faults.add(error) }
        }
        try faults.check()
        return .verbatim(value)
    }

    /// URIs, or objects with a URI each; stored as such objects (4.5.22).
    private func objectList(_ value: JSONView) throws(NGSILDError) -> MemberValue {
        guard value.kind == .array else {
            throw .fault(value, "the objectList", "is not an array (4.5.22.2)")
        }
        var objects: [JSONValue] = []
        var faults = Faults()
        for element in value.elements {
            let isObject = element.kind == .object && element.count == 1
            let target = (isObject ? element["object"] : nil) ?? element
            do throws(NGSILDError) { try checkTarget(target) } catch { try faults.add(error) }
            objects.append(["object": .string(target.string ?? "")])
        }
        try faults.check()
        return .json(.array(objects))
    }

    private func checkTarget(_ target: JSONView) throws(NGSILDError) {
        let isIRI = target.withStringBytes {
            $0.count <= EntityLimits.objectBytesMax && IRI.isValid(utf8: $0)
        }
        guard isIRI == true else {
            throw .fault(
                target, "the object",
                "is not an absolute URI of at most \(EntityLimits.objectBytesMax) bytes, such as urn:ngsi-ld:Room:1"
            )
        }
        if target.isString(NGSILDNull.text) { throw .misplacedNull(target) }
    }
}
