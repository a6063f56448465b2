import Glibc

/// The members of an attribute that are not sub-attributes: terms of the core context that the text does not
/// let anybody use as attribute names (4.5.1).
package enum AttributeMember: Equatable, Sendable {
    case type
    case value(ValueMember)
    case observedAt, unitCode, datasetId, expiresAt, valueType, objectType
    case entityIdSealed, entityTypeSealed
    /// Made by brokers, as the next case is; what clients send of them is ignored (5.2.2).
    case createdAt, modifiedAt
    /// `deletedAt`, `instanceId`, `lang`.
    case generated
    /// Linked entities of an answer (4.5.23.2); ignored where they may stand.
    case entity, entityList
    /// What an attribute was before a change; only in notifications.
    case previous
    case context
    case identifier

    package init?(_ name: String) {
        var name = name
        guard let member = name.withUTF8({ AttributeMember(utf8: $0) }) else { return nil }
        self = member
    }

    /// By the length first: it is asked of every member of every attribute that is read or served.
    package init?(utf8 name: UnsafeBufferPointer<UInt8>) {
        let member: AttributeMember? =
            switch name.count {
            case 2: name.isText("id") ? .identifier : nil
            case 3: name.isText("@id") ? .identifier : nil
            case 4:
                name.isText("type")
                    ? .type : name.isText("json") ? .value(.json) : name.isText("lang") ? .generated : nil
            case 5:
                name.isText("value")
                    ? .value(.value)
                    : name.isText("vocab") ? .value(.vocab) : name.isText("@type") ? .type : nil
            case 6: name.isText("object") ? .value(.object) : name.isText("entity") ? .entity : nil
            case 8: name.isText("unitCode") ? .unitCode : name.isText("@context") ? .context : nil
            case 9: AttributeMember.ofNineLetters(name)
            case 10: AttributeMember.ofTenLetters(name)
            case 11: name.isText("languageMap") ? .value(.languageMap) : nil
            case 14: name.isText("entityIdSealed") ? .entityIdSealed : nil
            case 16: name.isText("entityTypeSealed") ? .entityTypeSealed : nil
            default: nil
            }
        if let member {
            self = member
        } else if AttributeMember.isPrevious(name) {
            self = .previous
        } else {
            return nil
        }
    }

    private static func ofNineLetters(_ name: UnsafeBufferPointer<UInt8>) -> AttributeMember? {
        if name.isText("createdAt") { return .createdAt }
        if name.isText("datasetId") { return .datasetId }
        if name.isText("expiresAt") { return .expiresAt }
        if name.isText("valueType") { return .valueType }
        if name.isText("valueList") { return .value(.valueList) }
        return name.isText("deletedAt") ? .generated : nil
    }

    private static func ofTenLetters(_ name: UnsafeBufferPointer<UInt8>) -> AttributeMember? {
        if name.isText("observedAt") { return .observedAt }
        if name.isText("modifiedAt") { return .modifiedAt }
        if name.isText("objectType") { return .objectType }
        if name.isText("objectList") { return .value(.objectList) }
        if name.isText("instanceId") { return .generated }
        return name.isText("entityList") ? .entityList : nil
    }

    /// `previousValue`, `previousObject` and so on.
    private static func isPrevious(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard name.count > 11, name[0] == UInt8(ascii: "p") else { return false }
        let names: [StaticString] = [
            "previousValue", "previousObject", "previousLanguageMap", "previousVocab", "previousJson",
            "previousValueList", "previousObjectList",
        ]
        return names.contains { $0.utf8CodeUnitCount == name.count && name.isText($0) }
    }

    var isValue: Bool {
        if case .value = self { true } else { false }
    }

    /// Whether an attribute of `type` may have this member, apart from its own value.
    func isAllowed(in type: AttributeType) -> Bool {
        switch self {
        case .unitCode: type == .property || type == .geoProperty || type == .listProperty
        case .valueType: !type.isRelationship
        case .objectType: type.isRelationship
        case .entity: type == .relationship
        case .entityList: type == .listRelationship
        case .type, .value, .observedAt, .datasetId, .expiresAt, .createdAt, .modifiedAt, .generated: true
        case .entityIdSealed, .entityTypeSealed, .previous, .context, .identifier: false
        }
    }

    /// Whether it is made by brokers, so that what clients send of it is ignored (5.2.2).
    var isOutputOnly: Bool {
        switch self {
        case .createdAt, .modifiedAt, .generated, .entity, .entityList: true
        default: false
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these are the bytes of a text that has as many.
    @inline(__always)
    func isText(_ text: StaticString) -> Bool {
        guard let start = baseAddress else { return true }
        return memcmp(start, text.utf8Start, count) == 0
    }
}
