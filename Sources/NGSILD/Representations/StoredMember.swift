import JSON

/// What a member of a stored attribute is, told by its name's bytes: renderers ask it of every member.
enum StoredMember {
    case type
    case value(ValueKind)
    case createdAt, modifiedAt, expiresAt, datasetId
    /// Names that the @context compacts: `valueType`, `objectType`, `entityTypeSealed`.
    case vocabulary
    /// Any other member that is no sub-attribute.
    case plain
    case subattribute

    /// The members that hold values; a GeoProperty has the `value` of a Property.
    enum ValueKind {
        case value, languageMap, vocab, json, valueList, object, objectList
    }

    init(_ name: JSONView) {
        self = name.withStringBytes { StoredMember($0) } ?? .subattribute
    }

    private init(_ name: UnsafeBufferPointer<UInt8>) {
        self =
            switch name.count {
            case 4: name.isText("type") ? .type : name.isText("json") ? .value(.json) : .subattribute
            case 5:
                name.isText("value") ? .value(.value) : name.isText("vocab") ? .value(.vocab) : .subattribute
            case 6: name.isText("object") ? .value(.object) : .subattribute
            case 8: name.isText("unitCode") ? .plain : .subattribute
            case 9: StoredMember(ofNineLetters: name)
            case 10: StoredMember(ofTenLetters: name)
            case 11: name.isText("languageMap") ? .value(.languageMap) : .subattribute
            case 14: name.isText("entityIdSealed") ? .plain : .subattribute
            case 16: name.isText("entityTypeSealed") ? .vocabulary : .subattribute
            default: .subattribute
            }
    }

    private init(ofNineLetters name: UnsafeBufferPointer<UInt8>) {
        self =
            if name.isText("createdAt") { .createdAt } else if name.isText("datasetId") {
                .datasetId
            } else if name.isText("expiresAt") { .expiresAt } else if name.isText("valueList") {
                .value(.valueList)
            } else if name.isText("valueType") { .vocabulary } else { .subattribute }
    }

    private init(ofTenLetters name: UnsafeBufferPointer<UInt8>) {
        self =
            if name.isText("observedAt") { .plain } else if name.isText("modifiedAt") {
                .modifiedAt
            } else if name.isText("objectList") { .value(.objectList) } else if name.isText("objectType") {
                .vocabulary
            } else { .subattribute }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these are the bytes of a text of the same length.
    @inline(__always)
    fileprivate func isText(_ text: StaticString) -> Bool {
        for index in indices where self[index] != text.utf8Start[index] { return false }
        return true
    }
}
