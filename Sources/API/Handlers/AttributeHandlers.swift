import HTTP
import JSON
import NGSILD
import Operations

/// The attributes of an entity, `/entities/{id}/attrs` and `/entities/{id}/attrs/{name}` (6.6, 6.7).
struct AttributeHandlers {
    let broker: Broker

    /// `POST /entities/{id}/attrs` (6.6.3.1): 204, or 207 where something was left as it is.
    func append(_ request: APIRequest) async throws -> Response {
        let document = try await request.document()
        let target = try request.target(document.context)
        let overwrite = try !request.parameters.asksNoOverwrite()
        let fragment = try EntityFragment(
            expanding: document.root, id: target.id, context: document.context, for: .create)
        let result = try await broker.appendAttributes(
            fragment, to: target, overwrite: overwrite, tenant: request.tenant)
        return .updated(result)
    }

    /// `PATCH /entities/{id}/attrs` (6.6.3.2): 204, or 207 where something was left as it is.
    func update(_ request: APIRequest) async throws -> Response {
        let document = try await request.document()
        let target = try request.target(document.context)
        let fragment = try EntityFragment(
            expanding: document.root, context: document.context, for: .update)
        let result = try await broker.updateAttributes(of: target, with: fragment, tenant: request.tenant)
        return .updated(result)
    }

    /// `PATCH /entities/{id}/attrs/{name}` (6.7.3.1).
    func partiallyUpdate(_ request: APIRequest) async throws -> Response {
        let document = try await request.document()
        let target = try request.target(document.context)
        let fragment = try AttributeFragment(
            expanding: document.root, name: request.attributeName(document.context),
            context: document.context, for: .partialUpdate)
        try await broker.partiallyUpdateAttribute(of: target, with: fragment, tenant: request.tenant)
        return .noContent
    }

    /// `PUT /entities/{id}/attrs/{name}` (6.7.3.3).
    func replace(_ request: APIRequest) async throws -> Response {
        let document = try await request.document()
        let target = try request.target(document.context)
        let fragment = try AttributeFragment(
            expanding: document.root, name: request.attributeName(document.context),
            context: document.context, for: .create)
        try await broker.replaceAttribute(of: target, by: fragment, tenant: request.tenant)
        return .noContent
    }

    /// `DELETE /entities/{id}/attrs/{name}` (6.7.3.2).
    func delete(_ request: APIRequest) async throws -> Response {
        let context = try await request.linkedContext()
        let target = try request.target(context)
        let name = try request.attributeName(context, allowsScope: true)
        let datasetId = request.parameters["datasetId"]
        if let datasetId, datasetId != "@none", !IRI.isValid(datasetId) {
            throw NGSILDError(
                .badRequestData, "the datasetId \"\(datasetId)\" is neither a URI nor @none", at: "datasetId")
        }
        try await broker.deleteAttribute(
            name, of: target, datasetId: datasetId == "@none" ? nil : datasetId,
            all: try request.parameters.flag("deleteAll") ?? false, tenant: request.tenant)
        return .noContent
    }
}

extension Parameters {
    /// Whether `options=noOverwrite` is there (6.6.3.1, 6.16.3.1).
    ///
    /// - Throws: `invalidRequest` for any other option.
    func asksNoOverwrite() throws(NGSILDError) -> Bool {
        guard let options = self["options"] else { return false }
        guard options == "noOverwrite" else {
            throw NGSILDError(
                .invalidRequest, "options has the value \"\(options)\"; this operation knows noOverwrite",
                at: "options")
        }
        return true
    }
}

extension Response {
    /// 204 where all was updated, else 207 with an UpdateResult (5.2.18): names in full, as no `@context` goes with it.
    fileprivate static func updated(_ result: UpdateResult) -> Response {
        guard !result.notUpdated.isEmpty else { return .noContent }
        var writer = JSONWriter(reserving: 256)
        writer.beginObject()
        writer.name("updated")
        writer.beginArray()
        for name in result.updated { writer.string(Context.iri(ofStored: name)) }
        writer.endArray()
        writer.name("notUpdated")
        writer.beginArray()
        for fault in result.notUpdated {
            writer.beginObject()
            writer.name("attributeName")
            writer.string(Context.iri(ofStored: fault.attribute))
            writer.name("reason")
            writer.string(fault.reason)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return .plain(writer.bytes, status: 207)
    }
}
