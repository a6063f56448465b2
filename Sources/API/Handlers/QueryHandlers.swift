import HTTP
import NGSILD
import Operations

/// What works on entities by query: `GET` and `DELETE /entities`, `POST /entityOperations/query` (6.4.3, 6.23).
struct QueryHandlers {
    let broker: Broker
    let contexts: ManagedContexts

    /// `GET /entities` (6.4.3.2).
    func query(_ request: APIRequest) async throws -> Response {
        try await answer(request, asked(request))
    }

    /// `GET /atria/v1/explain/entities`: how `query` would answer the same parameters.
    func explain(_ request: APIRequest) async throws -> Response {
        try await explanation(request, asked(request))
    }

    private func asked(_ request: APIRequest) async throws -> Asked {
        let context = try await request.linkedContext()
        let form = try AnswerForm(request, request.parameters, context: context)
        let query = try EntityQuery(parameters: { request.parameters[$0] }, context: context)
        try request.parameters.checkDistribution(context)
        let isLocal = try request.parameters.isLocal(selecting: [request.parameters["type"]])
        return Asked(query: query, form: form, isLocal: isLocal, context: context)
    }

    /// `POST /entityOperations/query` (6.23.3.1): the query is the body, its form and paging are parameters.
    func queryByPost(_ request: APIRequest) async throws -> Response {
        try await answer(request, askedByPost(request))
    }

    /// `POST /atria/v1/explain/entityOperations/query`: how `queryByPost` would answer the same body.
    func explainByPost(_ request: APIRequest) async throws -> Response {
        try await explanation(request, askedByPost(request))
    }

    private func askedByPost(_ request: APIRequest) async throws -> Asked {
        let document = try await request.document()
        let body = try QueryDocument(document)
        do {
            return try await asked(request, body, document.context)
        } catch let error as NGSILDError {
            throw body.placing(error)
        }
    }

    private func asked(
        _ request: APIRequest, _ body: QueryDocument, _ context: Context
    ) async throws -> Asked {
        let inputs = try request.parameters.adding(body.fields)
        var form = try AnswerForm(request, inputs, context: context)
        if !form.isContextInBody {
            form.link = try await contexts.address(of: context, tenant: request.tenant)
        }
        var query = try EntityQuery(parameters: { inputs[$0] }, context: context)
        query.selectors = body.selectors
        try inputs.checkDistribution(context)
        let isLocal = try request.parameters.isLocal(selecting: body.typeTexts)
        return Asked(query: query, form: form, isLocal: isLocal, context: context)
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

    /// A query as it was asked for.
    private struct Asked {
        let query: EntityQuery
        let form: AnswerForm
        let isLocal: Bool
        let context: Context
    }

    private func explanation(_ request: APIRequest, _ asked: Asked) async throws -> Response {
        let explained = try await broker.explainEntities(
            asked.query, isLocal: asked.isLocal, join: asked.form.join, tenant: request.tenant)
        return .explanation(explained, asked.context)
    }

    private func answer(_ request: APIRequest, _ asked: Asked) async throws -> Response {
        let (query, form) = (asked.query, asked.form)
        let result = try await broker.queryEntities(
            query, isLocal: asked.isLocal, join: form.join, projection: form.representation.projection,
            tenant: request.tenant)
        let now = broker.clock.now
        func body(_ form: AnswerForm) -> [UInt8] {
            form.list(result.entities, linked: result.linked, at: now)
        }
        var response = form.response(body(form), body)
        if let count = result.count { response.headers.add("NGSILD-Results-Count", String(count)) }
        let links = PageLinks(
            path: request.path, parameters: request.parameters, limit: query.page.limit,
            offset: query.page.offset, served: result.entities.count)
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
