import HTTP
import NGSILD
import Operations

/// What works on entities by query: `GET` and `DELETE /entities`, `POST /entityOperations/query` (6.4.3, 6.23).
struct QueryHandlers {
    let broker: Broker
    let contexts: ManagedContexts

    /// `GET /entities` (6.4.3.2).
    func query(_ request: APIRequest) async throws -> Response {
        let context = try await request.linkedContext()
        let form = try AnswerForm(request, request.parameters, context: context)
        let query = try EntityQuery(parameters: { request.parameters[$0] }, context: context)
        try request.parameters.checkDistribution(context)
        let isLocal = try request.parameters.isLocal(selecting: [request.parameters["type"]])
        return try await answer(request, query, form, isLocal: isLocal)
    }

    /// `POST /entityOperations/query` (6.23.3.1): the query is the body, its form and paging are parameters.
    func queryByPost(_ request: APIRequest) async throws -> Response {
        let document = try await request.document()
        let body = try QueryDocument(document)
        let inputs = try request.parameters.adding(body.fields)
        var form = try AnswerForm(request, inputs, context: document.context)
        if !form.isContextInBody {
            form.link = try await contexts.address(of: document.context, tenant: request.tenant)
        }
        var query = try EntityQuery(parameters: { inputs[$0] }, context: document.context)
        query.selectors = body.selectors
        try inputs.checkDistribution(document.context)
        let isLocal = try request.parameters.isLocal(selecting: body.typeTexts)
        return try await answer(request, query, form, isLocal: isLocal)
    }

    /// `DELETE /entities` (6.4.3.3): 204.
    func purge(_ request: APIRequest) async throws -> Response {
        let parameters = request.parameters
        let context = try await request.linkedContext()
        let query = try EntityQuery(parameters: { parameters[$0] }, context: context)
        try parameters.checkDistribution(context)
        let isLocal = try parameters.isLocal(selecting: [parameters["type"]])
        try await broker.purgeEntities(
            query, Purge(parameters, context: context), isLocal: isLocal, tenant: request.tenant)
        return .noContent
    }

    private func answer(
        _ request: APIRequest, _ query: EntityQuery, _ form: AnswerForm, isLocal: Bool
    ) async throws -> Response {
        var query = query
        let offset = query.page.offset
        // The key says where the page begins; the offset beside it only counts for the links.
        if query.page.after != nil { query.page.offset = 0 }
        let result = try await broker.queryEntities(
            query, isLocal: isLocal, join: form.join, projection: form.representation.projection,
            tenant: request.tenant)
        let now = broker.clock.now
        func body(_ form: AnswerForm) -> [UInt8] {
            form.list(result.entities, linked: result.linked, at: now)
        }
        var response = form.response(body(form), body)
        if let count = result.count { response.headers.add("NGSILD-Results-Count", String(count)) }
        let links = PageLinks(
            path: request.path, parameters: request.parameters, limit: query.page.limit, offset: offset)
        if let link = links.header(hasNext: result.hasMore, after: result.next, type: form.media) {
            response.headers.add("Link", link)
        }
        return response
    }
}

extension Purge {
    /// - Throws: `badRequestData` where `drop` and `keep` are both there, or name no attributes.
    fileprivate init(_ parameters: Parameters, context: Context) throws(NGSILDError) {
        switch (parameters["drop"], parameters["keep"]) {
        case (nil, nil): self = .entities
        case (let drop?, nil):
            self = .attributes(try Projection.attributes(drop, context: context, parameter: "drop"))
        case (nil, let keep?):
            self = .attributesExcept(try Projection.attributes(keep, context: context, parameter: "keep"))
        default:
            throw NGSILDError(.badRequestData, "drop and keep exclude each other", at: "keep")
        }
    }
}

extension Parameters {
    /// Whether the operation looks at this hub alone (5.5.13, 6.3.18); the type `*` implies it.
    ///
    /// - Throws: `badRequestData` where `local=false` stands next to the type `*`.
    func isLocal(selecting types: [String?]) throws(NGSILDError) -> Bool {
        let local = try flag("local")
        guard types.contains("*") else { return local ?? false }
        guard local != false else {
            throw NGSILDError(
                .badRequestData, "the type * asks for every entity here and excludes local=false", at: "local"
            )
        }
        return true
    }
}
