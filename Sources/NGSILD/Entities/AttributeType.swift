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
    package var valueName: String {
        switch self {
        case .property, .geoProperty: "value"
        case .languageProperty: "languageMap"
        case .vocabProperty: "vocab"
        case .jsonProperty: "json"
        case .listProperty: "valueList"
        case .relationship: "object"
        case .listRelationship: "objectList"
        }
    }

    package var isRelationship: Bool { self == .relationship || self == .listRelationship }
}

/// The members of an attribute that are not sub-attributes: terms of the core context that the text does not
/// let anybody use as attribute names (4.5.1).
package enum AttributeMember: Sendable {
    case type
    /// Holds the value; of several types where they share the name.
    case value
    case observedAt, unitCode, datasetId, expiresAt, valueType, objectType
    case entityIdSealed, entityTypeSealed
    /// Made by brokers; what clients send of it is ignored (5.2.2).
    case generated
    /// Linked entities of an answer (4.5.23.2); ignored where they may stand.
    case entity, entityList
    /// What an attribute was before a change; only in notifications.
    case previous
    case context
    case identifier

    package init?(_ name: String) {
        guard let member = AttributeMember.named[name] else { return nil }
        self = member
    }

    private static let named: [String: AttributeMember] = [
        "type": .type, "@type": .type,
        "value": .value, "object": .value, "languageMap": .value, "vocab": .value, "json": .value,
        "valueList": .value, "objectList": .value,
        "observedAt": .observedAt, "unitCode": .unitCode, "datasetId": .datasetId, "expiresAt": .expiresAt,
        "valueType": .valueType, "objectType": .objectType,
        "entityIdSealed": .entityIdSealed, "entityTypeSealed": .entityTypeSealed,
        "createdAt": .generated, "modifiedAt": .generated, "deletedAt": .generated, "instanceId": .generated,
        "lang": .generated,
        "entity": .entity, "entityList": .entityList,
        "previousValue": .previous, "previousObject": .previous, "previousLanguageMap": .previous,
        "previousVocab": .previous, "previousJson": .previous, "previousValueList": .previous,
        "previousObjectList": .previous,
        "@context": .context, "id": .identifier, "@id": .identifier,
    ]

    /// Whether an attribute of `type` may have this member, apart from its own value.
    func isAllowed(in type: AttributeType) -> Bool {
        switch self {
        case .unitCode: type == .property || type == .geoProperty || type == .listProperty
        case .valueType: !type.isRelationship
        case .objectType: type.isRelationship
        case .entity: type == .relationship
        case .entityList: type == .listRelationship
        case .type, .value, .observedAt, .datasetId, .expiresAt, .generated: true
        case .entityIdSealed, .entityTypeSealed, .previous, .context, .identifier: false
        }
    }
}
