/// The kinds of attributes (4.5.2, 4.5.3, 4.5.18, 4.5.20 to 4.5.24, 4.7).
package enum AttributeType: String, CaseIterable, Sendable {
    case property = "Property"
    case geoProperty = "GeoProperty"
    case languageProperty = "LanguageProperty"
    case vocabProperty = "VocabProperty"
    case jsonProperty = "JsonProperty"
    case listProperty = "ListProperty"
    case relationship = "Relationship"
    case listRelationship = "ListRelationship"

    /// The member that holds what the attribute says.
    package var valueName: String { valueMember.rawValue }

    package var valueMember: ValueMember {
        switch self {
        case .property, .geoProperty: .value
        case .languageProperty: .languageMap
        case .vocabProperty: .vocab
        case .jsonProperty: .json
        case .listProperty: .valueList
        case .relationship: .object
        case .listRelationship: .objectList
        }
    }

    package var isRelationship: Bool { self == .relationship || self == .listRelationship }
}

/// The members that hold values; a GeoProperty has the `value` of a Property.
package enum ValueMember: String, Sendable {
    case value, object, languageMap, vocab, json, valueList, objectList

    /// The type that an attribute without one has by it (4.5.2.3).
    var concludedType: AttributeType {
        switch self {
        case .value: .property
        case .object: .relationship
        case .languageMap: .languageProperty
        case .vocab: .vocabProperty
        case .json: .jsonProperty
        case .valueList: .listProperty
        case .objectList: .listRelationship
        }
    }
}
