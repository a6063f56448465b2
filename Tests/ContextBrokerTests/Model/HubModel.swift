import JSON

/// The whole hub as the text has it: entities by their ids, and what each request has to answer.
struct HubModel {
    private(set) var entities: [String: ModelEntity] = [:]

    /// What becomes of the entities, and what the client is told.
    mutating func apply(_ request: ModelRequest) -> ModelAnswer {
        switch request {
        case .create(let payload): return ModelAnswer(create(payload))
        case .append(let payload, let overwrite):
            return change(payload.id) { $0.append(payload, overwrite: overwrite) }
        case .update(let payload): return change(payload.id) { $0.update(payload) }
        case .partiallyUpdate(let id, let name, let fragment):
            guard var entity = entities[id] else { return ModelAnswer(404) }
            let status = entity.partiallyUpdate(name, by: fragment)
            store(entity)
            return ModelAnswer(status)
        case .replaceAttribute(let id, let name, let instance):
            guard var entity = entities[id], entity[name, instance.dataset] != nil else {
                return ModelAnswer(404)
            }
            entity[name, instance.dataset] = instance.withoutDataset
            store(entity)
            return ModelAnswer(204)
        case .deleteAttribute(let id, let name, let dataset, let all):
            return ModelAnswer(delete(name, of: id, dataset: dataset, all: all) ? 204 : 404)
        case .merge(let payload): return ModelAnswer(merge(payload))
        case .replace(let payload):
            guard entities[payload.id] != nil else { return ModelAnswer(404) }
            store(ModelEntity(payload))
            return ModelAnswer(204)
        case .delete(let id): return ModelAnswer(entities.removeValue(forKey: id) == nil ? 404 : 204)
        case .purge(let query, let names):
            purge(query, names)
            return ModelAnswer(204)
        case .batch(let batch): return apply(batch)
        }
    }

    // MARK: One entity

    private mutating func store(_ entity: ModelEntity) { entities[entity.id] = entity.living }

    private mutating func create(_ payload: ModelPayload) -> Int {
        guard entities[payload.id] == nil else { return 409 }
        store(ModelEntity(payload))
        return 201
    }

    /// 207 with the names that `body` leaves as they are, 204 where there are none.
    private mutating func change(_ id: String, _ body: (inout ModelEntity) -> [String]) -> ModelAnswer {
        guard var entity = entities[id] else { return ModelAnswer(404) }
        let left = body(&entity)
        store(entity)
        return ModelAnswer(left.isEmpty ? 204 : 207, notUpdated: left)
    }

    private mutating func merge(_ payload: ModelPayload) -> Int {
        guard var entity = entities[payload.id] else { return 404 }
        guard entity.merge(payload) else { return 400 }
        store(entity)
        return 204
    }

    private mutating func delete(_ name: String, of id: String, dataset: String, all: Bool) -> Bool {
        guard var entity = entities[id] else { return false }
        if name == "scope" {
            guard !entity.scopes.isEmpty else { return false }
            entity.scopes = []
        } else if all {
            guard entity.attributes.removeValue(forKey: name) != nil else { return false }
        } else {
            guard entity[name, dataset] != nil else { return false }
            entity[name, dataset] = nil
        }
        entities[id] = entity
        return true
    }

    /// 5.6.21.4.
    private mutating func purge(_ query: ModelQuery, _ names: ModelRequest.Purge) {
        for entity in entities.values where query.matches(entity) {
            func isKept(_ name: String) -> Bool {
                switch names {
                case .entities: false
                case .drop(let dropped): name != dropped
                case .keep(let kept): name == kept
                }
            }
            guard names != .entities else {
                entities[entity.id] = nil
                continue
            }
            entities[entity.id]?.attributes = entity.attributes.filter { isKept($0.key) }
            if !isKept("scope") { entities[entity.id]?.scopes = [] }
        }
    }

    // MARK: Batches

    /// 5.6.7 to 5.6.10 and 5.6.20: one after another, each stored or refused alone.
    private mutating func apply(_ batch: ModelBatch) -> ModelAnswer {
        var (succeeded, created, failed): ([String], [String], [String]) = ([], [], [])
        for payload in batch.payloads {
            let isNew = entities[payload.id] == nil
            let answer =
                switch batch.kind {
                case .create: apply(.create(payload))
                case .upsert where isNew: apply(.create(payload))
                case .upsert(true): updateUpserted(payload)
                case .upsert(false): apply(.replace(payload))
                case .update(let overwrite): apply(.append(payload, overwrite: overwrite))
                case .merge: apply(.merge(payload))
                case .delete: apply(.delete(id: payload.id))
                }
            if answer.status / 100 == 2, isNew { created.append(payload.id) }
            if answer.status < 207 { succeeded.append(payload.id) } else { failed.append(payload.id) }
        }
        guard failed.isEmpty else {
            return ModelAnswer(207, success: Set(succeeded).sorted(), errors: failed.sorted())
        }
        switch batch.kind {
        case .create: return ModelAnswer(201, created: Set(created).sorted())
        case .upsert where !created.isEmpty: return ModelAnswer(201, created: Set(created).sorted())
        case .upsert, .update, .merge, .delete: return ModelAnswer(204)
        }
    }
}

extension HubModel {
    /// One that is there; a scope that it has not is ignored here (docs/conformance.md).
    fileprivate mutating func updateUpserted(_ payload: ModelPayload) -> ModelAnswer {
        _ = apply(.update(payload))
        return ModelAnswer(204)
    }
}

/// What a client is told of a write.
struct ModelAnswer: Equatable {
    var status: Int
    /// The last part of a problem's type.
    var problem: String?
    /// The ids of a 201 of a batch, sorted as all of these are.
    var created: [String]?
    var success: [String]?
    var errors: [String]?
    /// Of a 207 about one entity.
    var notUpdated: [String]?

    init(
        _ status: Int, created: [String]? = nil, success: [String]? = nil, errors: [String]? = nil,
        notUpdated: [String] = []
    ) {
        self.status = status
        problem = [400: "BadRequestData", 404: "ResourceNotFound", 409: "AlreadyExists"][status]
        (self.created, self.success, self.errors) = (created, success, errors)
        self.notUpdated = notUpdated.isEmpty ? nil : notUpdated.sorted()
    }

    /// What a hub said.
    init(_ answer: HubAnswer) {
        let body = answer.body
        status = answer.status
        problem = answer.problem
        created = body.array?.compactMap(\.string).sorted()
        success = body["success"]?.strings.sorted()
        errors = body["errors"]?.array?.compactMap { $0["entityId"]?.string }.sorted()
        notUpdated = body["notUpdated"]?.array?.compactMap { $0["attributeName"]?.string }
            .map { String($0.split(separator: "/").last ?? "") }.sorted()
    }
}
