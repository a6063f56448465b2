import HTTP
package import Operations

extension Router {
    /// The resources of NGSI-LD (table 6.2-1) that the hub serves, ours for administrators, and their description.
    ///
    /// `Schemas/openapi/openapi.json` describes each; a test of ContextBrokerTests holds it to them.
    package init(
        broker: Broker, contexts: ManagedContexts, identity: SourceIdentity,
        administrators: AdministratorAccess
    ) {
        self.init(administrators: administrators)
        addEntities(EntityHandlers(broker: broker))
        addAttributes(AttributeHandlers(broker: broker))
        addBatches(BatchHandlers(broker: broker))
        addQueries(QueryHandlers(broker: broker, contexts: contexts))
        addDiscovery(DiscoveryHandlers(broker: broker))
        let tenants = TenantHandlers(broker: broker)
        on(.get, "/atria/v1/tenants", taking: ["after", "limit"], tenants.list)
        on(.delete, "/atria/v1/tenants/*", tenants.delete)
        addIndexes(IndexHandlers(broker: broker))
        addContexts(ContextHandlers(contexts: contexts))
        let info = InfoHandlers(identity: identity, clock: broker.clock)
        on(.get, "/ngsi-ld/v1/info/sourceIdentity", info.sourceIdentity)
        on(.get, "/openapi.json") { OpenAPI.answer(to: $0) }
    }

    private mutating func addEntities(_ entities: EntityHandlers) {
        let all = "/ngsi-ld/v1/entities"
        let one = "\(all)/*"
        on(.post, all, taking: ["local"], entities.create)
        on(.get, one, taking: Self.retrieval, entities.retrieve)
        on(.put, one, taking: ["type", "local"], entities.replace)
        on(.patch, one, taking: ["type", "local", "format", "options", "lang", "observedAt"], entities.merge)
        on(.delete, one, taking: ["type", "local"], entities.delete)
        incomplete(.put, all, missing: "an entity's id")
        incomplete(.patch, all, missing: "an entity's id")
    }

    private mutating func addAttributes(_ attributes: AttributeHandlers) {
        let all = "/ngsi-ld/v1/entities/*/attrs"
        let one = "\(all)/*"
        on(.post, all, taking: ["type", "local", "options"], attributes.append)
        on(.patch, all, taking: ["type", "local"], attributes.update)
        on(.patch, one, taking: ["type", "local"], attributes.partiallyUpdate)
        on(.put, one, taking: ["type", "local"], attributes.replace)
        on(.delete, one, taking: ["type", "local", "datasetId", "deleteAll"], attributes.delete)
    }

    private mutating func addBatches(_ batches: BatchHandlers) {
        let path = "/ngsi-ld/v1/entityOperations"
        on(.post, "\(path)/create", taking: ["local"], batches.create)
        on(.post, "\(path)/upsert", taking: ["local", "options"], batches.upsert)
        on(.post, "\(path)/update", taking: ["local", "options"], batches.update)
        on(.post, "\(path)/merge", taking: ["local"], batches.merge)
        on(.post, "\(path)/delete", taking: ["local"], batches.delete)
    }

    private mutating func addContexts(_ contexts: ContextHandlers) {
        on(.post, ManagedContexts.path, contexts.add)
        on(.get, ManagedContexts.path, taking: ["details", "kind"], contexts.list)
        on(.get, "\(ManagedContexts.path)/*", taking: ["details"], contexts.serve)
        on(.delete, "\(ManagedContexts.path)/*", taking: ["reload"], contexts.delete)
        incomplete(.delete, ManagedContexts.path, missing: "the id of an @context")
    }

    private mutating func addDiscovery(_ discovery: DiscoveryHandlers) {
        on(.get, "/ngsi-ld/v1/types", taking: ["count", "details", "local"], discovery.types)
        on(.get, "/ngsi-ld/v1/types/*", taking: ["local"], discovery.type)
        on(.get, "/ngsi-ld/v1/attributes", taking: ["count", "details", "local"], discovery.attributes)
        on(.get, "/ngsi-ld/v1/attributes/*", taking: ["local"], discovery.attribute)
    }

    private mutating func addQueries(_ queries: QueryHandlers) {
        let both = [
            "count", "format", "geometryProperty", "limit", "local", "offset", "options", "pageAfter",
        ]
        let text = [
            "attrs", "collation", "containedBy", "coordinates", "csf", "datasetId", "entityMap",
            "entityMapLifetime", "expandValues", "geometry", "geoproperty", "georel", "id", "idPattern",
            "join",
            "joinLevel", "jsonKeys", "lang", "omit", "orderBy", "orderFrom", "orderGeometry", "pick", "q",
            "scopeQ", "splitEntities", "type",
        ]
        on(.get, "/ngsi-ld/v1/entities", taking: both + text, queries.query)
        on(.delete, "/ngsi-ld/v1/entities", taking: Self.purge, queries.purge)
        on(.post, "/ngsi-ld/v1/entityOperations/query", taking: both, queries.queryByPost)
        on(.get, "/atria/v1/explain/entities", taking: both + text, queries.explain)
        on(.post, "/atria/v1/explain/entityOperations/query", taking: both, queries.explainByPost)
    }

    private mutating func addIndexes(_ indexes: IndexHandlers) {
        on(.post, IndexHandlers.path, indexes.declare)
        on(.get, IndexHandlers.path, indexes.list)
        on(.get, "\(IndexHandlers.path)/*", indexes.retrieve)
        on(.delete, "\(IndexHandlers.path)/*", indexes.drop)
    }

    /// Table 6.4.3.3-1, and `attrs`, which 5.6.21.4 lists.
    private static let purge = [
        "attrs", "coordinates", "csf", "drop", "geometry", "geometryProperty", "geoproperty", "georel", "id",
        "idPattern", "keep", "local", "q", "scopeQ", "type",
    ]

    /// Table 6.5.3.1-1, with those of 6.3.
    private static let retrieval = [
        "type", "attrs", "pick", "omit", "datasetId", "lang", "format", "options", "geometryProperty", "join",
        "joinLevel", "containedBy", "local", "entityMap", "entityMapLifetime",
    ]
}
