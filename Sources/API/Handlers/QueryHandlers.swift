import HTTP
import NGSILD
import Operations

/// The query of entities, `GET /entities` and `POST /entityOperations/query` (6.4.3.2, 6.23).
struct QueryHandlers {
    let broker: Broker

    /// `GET /entities` (6.4.3.2).
    func query(_ request: APIRequest) async throws -> Response {
        let context = try await request.linkedContext()
        let form = try AnswerForm(request, request.parameters, context: context)
        let query = try EntityQuery(parameters: { request.parameters[$0] }, context: context)
        let isLocal = try request.parameters.isLocal(selecting: [request.parameters["type"]])
        return try await answer(request, query, form, isLocal: isLocal)
    }

    /// `POST /entityOperations/query` (6.23.3.1): the query is the body, its form and paging are parameters.
    func queryByPost(_ request: APIRequest) async throws -> Response {
        let document = try await request.document()
        let body = try QueryDocument(document)
        let inputs = try request.parameters.adding(body.fields)
        let form = try AnswerForm(request, inputs, context: document.context)
        var query = try EntityQuery(parameters: { inputs[$0] }, context: document.context)
        query.selectors = body.selectors
        let isLocal = try request.parameters.isLocal(selecting: body.typeTexts)
        return try await answer(request, query, form, isLocal: isLocal)
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
        let body = form.list(result.entities, linked: result.linked, at: broker.clock.now)
        var response = form.response(body)
        if let count = result.count { response.headers.add("NGSILD-Results-Count", String(count)) }
        let links = PageLinks(
            path: request.path, parameters: request.parameters, limit: query.page.limit, offset: offset)
        if let link = links.header(hasNext: result.hasMore, after: result.next, type: form.media) {
            response.headers.add("Link", link)
        }
        return response
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
