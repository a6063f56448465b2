import JSON

/// JSON Merge Patch (RFC 7396) with the NGSI-LD Null for null.
enum MergePatch {
    /// The member `name` of an attribute after a merge of `patch`.
    static func merged(
        _ patch: MemberValue, into target: MemberValue?, named name: String, of type: AttributeType?
    ) -> MemberValue {
        let isMerged =
            switch type {
            case .property: name == "value"
            case .languageProperty: name == "languageMap"
            case .jsonProperty: name == "json"
            // A geometry is one thing; the other values are arrays or names.
            default: false
            }
        guard isMerged, patch.view?.kind ?? .object == .object, case .object(let object) = patch.json else {
            return patch
        }
        return .json(.object(merged(object, into: target?.json.object ?? JSONObject())))
    }

    private static func merged(_ patch: JSONObject, into target: JSONObject) -> JSONObject {
        var result = target
        for (name, value) in patch {
            switch value {
            case .string(NGSILDNull.text): result[name] = nil
            case .object(let inner):
                result[name] = .object(merged(inner, into: result[name]?.object ?? JSONObject()))
            default: result[name] = value
            }
        }
        return result
    }
}
