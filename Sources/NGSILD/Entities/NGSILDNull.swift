package import JSON

/// The stand-in for null, which JSON-LD cannot carry (4.5.0): in updates it deletes.
package enum NGSILDNull {
    package static let text = "urn:ngsi-ld:null"

    /// Whether `value`, standing in the member `name`, says "nothing": the URI alone, the only element of a list,
    /// or the map `{"@none": …}` of languages.
    package static func isNull(_ value: JSONView, in name: String) -> Bool {
        switch value.kind {
        case .string: value.isString(text)
        case .array:
            (name == "valueList" || name == "objectList") && value.count == 1
                && value.elements.contains { $0.isString(text) }
        case .object: name == "languageMap" && value.count == 1 && value["@none"]?.isString(text) == true
        default: false
        }
    }

    /// The first place in `value` where the null must not stand.
    ///
    /// With `mayRemoveKeys`, as in a merge, it may be a member of an object (5.5.12), though not in an array.
    static func firstMisplaced(in value: JSONView, mayRemoveKeys: Bool) -> JSONView? {
        switch value.kind {
        case .string: return value.isString(text) ? value : nil
        case .array:
            for element in value.elements {
                if let found = firstMisplaced(in: element, mayRemoveKeys: false) { return found }
            }
        case .object:
            for (_, member) in value.members where !(mayRemoveKeys && member.isString(text)) {
                if let found = firstMisplaced(in: member, mayRemoveKeys: mayRemoveKeys) { return found }
            }
        default: break
        }
        return nil
    }
}
