import HTTP
import JSON
import NGSILD
import Operations

/// The entity resources, `/entities` and `/entities/{id}` (6.4, 6.5).
struct EntityHandlers {
    let broker: Broker

    static let path = "/ngsi-ld/v1/entities"

    /// `POST /entities` (6.4.3.1): 201 and the new entity's address.
    func create(_ request: APIRequest) async throws -> Response {
        let payload = try request.payload()
        guard payload.root.count > 0 || ![.object, .array].contains(payload.root.kind) else {
            throw NGSILDError(.invalidRequest, "the body is empty where an entity has to be")
        }
        let document = try await request.document(of: payload)
        let entity = try Entity(expanding: document.root, context: document.context, at: broker.clock.now)
        try await broker.createEntity(entity, payloadBytes: document.bytes, tenant: request.tenant)
        return .created(at: Self.path, id: entity.id.description)
    }

    /// `GET /entities/{id}` (6.5.3.1).
    func retrieve(_ request: APIRequest) async throws -> Response {
        let context = try await request.linkedContext()
        let form = try AnswerForm(request, request.parameters, context: context)
        try request.parameters.checkDistribution(context)
        let target = try request.target(context)
        let entity = try await broker.retrieveEntity(target, tenant: request.tenant)
        var linked: [LinkedEntity] = []
        if let join = form.join {
            linked = try await broker.linkedEntities(
                of: entity, join, projection: form.representation.projection, tenant: request.tenant)
        }
        let now = broker.clock.now
        let (body, extent) = form.single(entity, linked: linked, at: now)
        let isEmpty =
            form.representation.projection.attributes == nil ? extent.members == 0 : extent.attributes == 0
        guard !isEmpty else {
            throw NGSILDError(.resourceNotFound, "the entity \(entity.id) has nothing of what is asked for")
        }
        // An entity that links to nothing known stays alone, as it was asked for.
        if form.join?.style == .flat, !linked.isEmpty || form.representation.isGeoJSON {
            func list(_ form: AnswerForm) -> [UInt8] { form.list([entity], linked: linked, at: now) }
            return form.response(list(form), list)
        }
        return form.response(body) { $0.single(entity, linked: linked, at: now).body }
    }

    /// `PUT /entities/{id}` (6.5.3.3).
    func replace(_ request: APIRequest) async throws -> Response {
        let document = try await request.document()
        let target = try request.target(document.context)
        let entity = try Entity(
            expanding: document.root, id: target.id, context: document.context, at: broker.clock.now)
        try await broker.replaceEntity(
            target, by: entity, payloadBytes: document.bytes, tenant: request.tenant)
        return .noContent
    }

    /// `PATCH /entities/{id}` (6.5.3.4).
    func merge(_ request: APIRequest) async throws -> Response {
        let document = try await request.document()
        let target = try request.target(document.context)
        let (options, isSimplified) = try Self.mergeOptions(request.parameters)
        let fragment = try EntityFragment(
            expanding: document.root, id: target.id, context: document.context, for: .merge,
            isSimplified: isSimplified)
        try await broker.mergeEntity(target, with: fragment, options: options, tenant: request.tenant)
        return .noContent
    }

    /// `DELETE /entities/{id}` (6.5.3.2).
    func delete(_ request: APIRequest) async throws -> Response {
        let target = try request.target(try await request.linkedContext())
        try await broker.deleteEntity(target, tenant: request.tenant)
        return .noContent
    }

    /// The parameters of a merge (6.5.3.4).
    ///
    /// - Throws: `invalidRequest` for a format that is not simplified, `badRequestData` for a language or a time that
    ///   is none.
    private static func mergeOptions(
        _ parameters: Parameters
    ) throws(NGSILDError) -> (options: MergeOptions, isSimplified: Bool) {
        for parameter in ["format", "options"] {
            guard let value = parameters[parameter] else { continue }
            guard value == "simplified" || value == "keyValues" else {
                throw NGSILDError(
                    .invalidRequest,
                    "\(parameter) has the value \"\(value)\"; a merge knows simplified (or keyValues)",
                    at: parameter)
            }
        }
        let observedAt = parameters["observedAt"].flatMap { Timestamp.served($0) }
        if let moment = parameters["observedAt"], observedAt == nil {
            throw NGSILDError(
                .badRequestData,
                "observedAt is \"\(moment)\", which is no DateTime such as 2026-01-31T12:00:00Z",
                at: "observedAt")
        }
        if let language = parameters["lang"], !LanguageTag.isValid(language) {
            throw NGSILDError(
                .badRequestData, "lang is \"\(language)\", which is no language tag", at: "lang")
        }
        let options = MergeOptions(observedAt: observedAt, lang: parameters["lang"])
        return (options, parameters["format"] != nil || parameters["options"] != nil)
    }
}
