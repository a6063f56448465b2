import HTTP
import JSON
import NGSILD
import Operations

/// The batch operations, `/entityOperations/…` (6.14–6.17, 6.31).
struct BatchHandlers {
    let broker: Broker

    /// `POST /entityOperations/create` (6.14.3.1): 201 with the ids, or 207.
    func create(_ request: APIRequest) async throws -> Response {
        let now = broker.clock.now
        let batch = try await BatchPayload(request) {
            (entity: try Entity(expanding: $0.root, context: $0.context, at: now), payloadBytes: $0.bytes)
        }
        let result = try await broker.createEntities(
            batch.items, refused: batch.refused, tenant: request.tenant)
        return result.failures.isEmpty ? .created(result.created.ids) : .partly(result)
    }

    /// `POST /entityOperations/upsert` (6.15.3.1): 201 with the ids of the new ones, 204 where there are none, or 207.
    func upsert(_ request: APIRequest) async throws -> Response {
        let isUpdate = try Self.isUpdate(request.parameters)
        let now = broker.clock.now
        let batch = try await BatchPayload(request) {
            isUpdate ? try Upsert(updating: $0, at: now) : try Upsert(replacing: $0, at: now)
        }
        let result = try await broker.upsertEntities(
            batch.items, refused: batch.refused, tenant: request.tenant, at: now)
        guard result.failures.isEmpty else { return .partly(result) }
        return result.created.isEmpty ? .noContent : .created(result.created.ids)
    }

    /// `POST /entityOperations/update` (6.16.3.1): 204 or 207.
    func update(_ request: APIRequest) async throws -> Response {
        let overwrite = try !request.parameters.asksNoOverwrite()
        let batch = try await BatchPayload(request) { try $0.identifiedFragment(for: .create) }
        let result = try await broker.updateEntities(
            batch.items, overwrite: overwrite, refused: batch.refused, tenant: request.tenant)
        return result.failures.isEmpty ? .noContent : .partly(result)
    }

    /// `POST /entityOperations/merge` (6.31.3.1): 204 or 207.
    func merge(_ request: APIRequest) async throws -> Response {
        let batch = try await BatchPayload(request) { try $0.identifiedFragment(for: .merge) }
        let result = try await broker.mergeEntities(
            batch.items, refused: batch.refused, tenant: request.tenant)
        return result.failures.isEmpty ? .noContent : .partly(result)
    }

    /// `POST /entityOperations/delete` (6.17.3.1): 204 or 207.
    func delete(_ request: APIRequest) async throws -> Response {
        let batch = try BatchPayload(ids: request)
        let result = try await broker.deleteEntities(
            batch.items, refused: batch.refused, tenant: request.tenant)
        return result.failures.isEmpty ? .noContent : .partly(result)
    }

    /// Whether a present entity is updated and not replaced.
    private static func isUpdate(_ parameters: Parameters) throws(NGSILDError) -> Bool {
        switch parameters["options"] {
        case nil, "replace": return false
        case "update": return true
        case let other?:
            throw NGSILDError(
                .invalidRequest, "options has the value \"\(other)\"; an upsert knows replace and update",
                at: "options")
        }
    }
}

extension Document {
    /// - Throws: `badRequestData` where it has no id, or is no fragment.
    fileprivate func identifiedFragment(
        for purpose: ExpansionPurpose
    ) throws(NGSILDError) -> (id: EntityID, fragment: EntityFragment) {
        let fragment = try EntityFragment(expanding: root, context: context, for: purpose)
        guard let id = fragment.id else {
            throw NGSILDError(.badRequestData, "the entity has no \"id\"", at: root.path)
        }
        return (id, fragment)
    }
}

extension Upsert {
    fileprivate init(replacing document: Document, at now: Timestamp) throws(NGSILDError) {
        let entity = try Entity(expanding: document.root, context: document.context, at: now)
        self.init(id: entity.id, entity: .success(entity), fragment: nil, payloadBytes: document.bytes)
    }

    /// The null deletes in an update; whether it makes a whole entity matters only where there is none yet.
    fileprivate init(updating document: Document, at now: Timestamp) throws(NGSILDError) {
        let (id, fragment) = try document.identifiedFragment(for: .update)
        let entity = Result { () throws(NGSILDError) in
            try Entity(expanding: document.root, context: document.context, at: now)
        }
        self.init(id: id, entity: entity, fragment: fragment, payloadBytes: document.bytes)
    }
}
