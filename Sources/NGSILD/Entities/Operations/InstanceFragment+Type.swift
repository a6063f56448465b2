import JSON

extension InstanceFragment {
    /// Gives the fragment the type of the stored instance that it is merged into, where it did not say one: a
    /// bare value is then what that type makes of it (5.6.17.4).
    mutating func assumeType(
        of old: AttributeInstance, named name: String, lang: String?
    ) throws(NGSILDError) {
        guard !isTypeGiven, let oldType = old.type, let bare else {
            return try assumeKind(of: old, named: name)
        }
        let dataset = instance["datasetId"]
        instance = AttributeInstance(reserving: 3)
        instance.append("type", oldType.rawValue)
        instance.append(oldType.valueName, try bare.value(for: oldType, lang: lang))
        if let dataset { instance.append("datasetId", dataset) }
    }

    /// Property and GeoProperty have the same value member: which one is meant follows from what is there.
    private mutating func assumeKind(of old: AttributeInstance, named name: String) throws(NGSILDError) {
        guard !isTypeGiven, let type = instance.type, let oldType = old.type, type != oldType,
            isSimplified || type.valueName == oldType.valueName
        else { return }
        try checkType(fits: old, in: name)
        instance["type"] = .json(.string(oldType.rawValue))
    }
}

extension BareValue {
    fileprivate func value(for type: AttributeType, lang: String?) throws(NGSILDError) -> MemberValue {
        let values = ValueExpansion(context: context, purpose: .merge)
        guard type == .languageProperty, view.kind == .string || view.kind == .array else {
            return try values.value(view, of: type)
        }
        return .json(.object(try languageMap(lang: lang)))
    }

    /// The one text, by the language of the request or the default one.
    private func languageMap(lang: String?) throws(NGSILDError) -> JSONObject {
        let isText = view.kind == .string || view.elements.allSatisfy { $0.kind == .string }
        guard isText else {
            throw .fault(view, "the text", "of a language is not a string or an array of strings (4.6.5)")
        }
        var map = JSONObject()
        map[lang ?? "@none"] = JSONValue(view)
        return map
    }
}
