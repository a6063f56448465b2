import JSON

/// The core @context of version 1.9 (annex B), as a table.
///
/// Each term stands for the name of the same spelling in `ngsi-ld:`, or for what follows its equals sign.
/// Every published version is read as this one: later versions have only added terms.
enum CoreContext {
    static let url = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld"
    static let namespace = "https://uri.etsi.org/ngsi-ld/"
    static let vocabulary = "https://uri.etsi.org/ngsi-ld/default-context/"
    static let prefixes = [("ngsi-ld", namespace), ("geojson", "https://purl.org/geojson/vocab#")]

    /// Keywords of JSON-LD 1.1 (section 1.7).
    static let keywords: Set = [
        "@base", "@container", "@context", "@direction", "@graph", "@id", "@import", "@included", "@index",
        "@json", "@language", "@list", "@nest", "@none", "@prefix", "@propagate", "@protected", "@reverse",
        "@set", "@type", "@value", "@version", "@vocab",
    ]

    /// Whether a URL is that of a published version of the core @context; none of them is ever fetched.
    static func isCore(url: String) -> Bool {
        let address = url.dropping(prefix: "https://") ?? url.dropping(prefix: "http://")
        let file = address?.dropping(prefix: "uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context")
        guard let file, file.hasSuffix(".jsonld") else { return false }
        let version = file.dropLast(".jsonld".count)
        return version.isEmpty
            || (version.hasPrefix("-v") && version.dropFirst(2).allSatisfy { $0.isNumber || $0 == "." })
    }

    struct Group {
        let coercion: ContextTerm.Coercion?
        let containers: ContextTerm.Containers
        let terms: String
    }

    static let groups = [
        Group(
            coercion: nil, containers: [],
            terms: """
                accept aggrMethods aggrParams aggrPeriodDuration Attribute attributeCount attributeDetails
                AttributeList attrs cacheDuration collation containedBy=isContainedBy contextSourceAlias
                ContextSourceIdentity contextSourceInfo ContextSourceNotification ContextSourceRegistration
                contextSourceUptime cooldown csf data Date DateTime description=http://purl.org/dc/terms/description
                detail endpoint entities entity entityCount EntityMap entityMapLifetime=hasEntityMapLifetime
                EntityType EntityTypeInfo EntityTypeList error errors ExecutionResultDetails expandValues
                Feature=geojson:Feature FeatureCollection=geojson:FeatureCollection format
                geometry=geojson:geometry GeometryCollection=geojson:GeometryCollection GeoProperty geoproperty
                geoQ georel idPattern information isActive join joinLevel=hasJoinLevel jsonKeys jsonldContext
                JsonProperty key=hasKey lang langString=http://www.w3.org/1999/02/22-rdf-syntax-ns#langString
                LanguageProperty lastN LineString=geojson:LineString linkedMaps ListProperty ListRelationship
                localOnly location management managementInterval mode MultiLineString=geojson:MultiLineString
                MultiPoint=geojson:MultiPoint MultiPolygon=geojson:MultiPolygon ngsildConformance ngsildproof
                Notification notification notificationTrigger notifierInfo notUpdated observationInterval
                observationSpace omit operations operationSpace ordering pick Point=geojson:Point
                Polygon=geojson:Polygon previousValue=hasPreviousValue properties=geojson:properties Property q
                reason receiverInfo refreshRate registrationId registrationName Relationship resultStatus scope
                scopeQ showChanges Snapshot snapshotId snapshotLifetime SnapshotNotification snapshotPriority
                snapshotStatus splitEntities=hasSplitEntities status Subscription subscriptionName sysAttrs
                TemporalProperty temporalQ throttling Time timeInterval timeout timeproperty timerel timesFailed
                timesSent title=http://purl.org/dc/terms/title triggerReason unchanged unitCode updated uri
                value=hasValue VocabProperty
                """),
        Group(
            coercion: .vocab, containers: [],
            terms: """
                attributeList attributeName attributeNames attributes attributeTypes objectType=hasObjectType
                previousVocab=hasPreviousVocab propertyNames relationshipNames typeList typeName typeNames
                valueType=hasValueType vocab=hasVocab watchedAttributes
                """),
        Group(
            coercion: .id, containers: [],
            terms: """
                datasetId entityId instanceId object=hasObject previousObject=hasPreviousObject subscriptionId
                success tenant
                """),
        Group(
            coercion: .datatype(namespace + "DateTime"), containers: [],
            terms: """
                contextSourceTimeAt createdAt deletedAt endAt endTimeAt expiresAt lastFailure lastNotification
                lastSuccess lastUsedAt modifiedAt notifiedAt observedAt startAt timeAt
                """),
        Group(
            coercion: .json, containers: [],
            terms: "contextSourceExtras json=hasJSON previousJson=hasPreviousJson problemDetails"),
        Group(
            coercion: nil, containers: .list,
            terms: """
                avg bbox=geojson:bbox coordinates=geojson:coordinates distinctCount entityList jsons
                languageMaps=hasLanguageMaps max min objectList=hasObjectList objectLists=hasObjectLists
                objects=hasObjects orderBy previousObjectList=hasPreviousObjectList
                previousValueList=hasPreviousValueList snapshotQueries snapshotQueriesDetails
                snapshotTemporalQueries snapshotTemporalQueriesDetails stddev sum sumsq totalCount
                valueList=hasValueList valueLists=hasValueLists values=hasValues vocabs=hasVocabs
                """),
        Group(coercion: nil, containers: .set, terms: "features=geojson:features"),
        Group(coercion: nil, containers: .index, terms: "dataset=hasDataset entityMap=hasEntityMap"),
        Group(
            coercion: nil, containers: .language,
            terms: "languageMap=hasLanguageMap previousLanguageMap=hasPreviousLanguageMap"),
    ]

    /// The terms of a group with their IRIs as the table has them: `ngsi-ld:…`, `geojson:…` or in full.
    static func entries(of group: Group) -> [(term: String, id: String)] {
        group.terms.split { $0 == " " || $0 == "\n" }.map { entry in
            let parts = entry.split(separator: "=", maxSplits: 1)
            let id = String(parts[parts.count - 1])
            return (String(parts[0]), id.utf8.contains(UInt8(ascii: ":")) ? id : "ngsi-ld:\(id)")
        }
    }

    static let terms: [ExactString: ContextTerm] = {
        var terms = [
            ExactString("id"): ContextTerm(iri: "@id"), ExactString("type"): ContextTerm(iri: "@type"),
        ]
        for (prefix, iri) in prefixes { terms[ExactString(prefix)] = ContextTerm(iri: iri, isPrefix: true) }
        for group in groups {
            for (term, id) in entries(of: group) {
                terms[ExactString(term)] = ContextTerm(
                    iri: expanded(id), coercion: group.coercion, containers: group.containers)
            }
        }
        return terms
    }()

    static let termsByIRI: [ExactString: String] = terms.reduce(into: [:]) { terms, entry in
        if entry.value.iri.utf8.contains(UInt8(ascii: ":")) {
            terms[ExactString(entry.value.iri)] = entry.key.text
        }
    }

    private static func expanded(_ id: String) -> String {
        for (prefix, iri) in prefixes {
            if let name = id.dropping(prefix: "\(prefix):") { return iri + name }
        }
        return id
    }
}
