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

extension AttributeInstance {
    /// Whether an update that does not say the type of its attribute suits the one that is there.
    ///
    /// - Throws: `badRequestData` where it has a member that an attribute of `type` cannot have (4.5.2, 4.5.3).
    func checkMembers(fit type: AttributeType?, in name: String) throws(NGSILDError) {
        guard self.type == nil, let type else { return }
        for member in members where !member.value.isNGSILDNull(in: member.name) {
            let fits =
                switch AttributeMember(member.name) {
                case .valueType where type == .languageProperty:
                    member.value.string?.hasSuffix("langString") == true
                case .unitCode?, .valueType?, .objectType?:
                    AttributeMember(member.name)?.isAllowed(in: type) == true
                default: true
                }
            guard !fits else { continue }
            throw NGSILDError(
                .badRequestData,
                "the attribute \(name) is a \(type.rawValue), which cannot have this \"\(member.name)\"",
                at: member.value.view?.path)
        }
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
