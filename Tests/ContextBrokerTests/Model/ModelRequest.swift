import HTTP
import JSON

/// An entity or a fragment of one, in a client's hands.
struct ModelPayload {
    var id: String
    var types: [String]
    var scopes: [String]?
    /// When it ends (4.22), long ago or far ahead.
    var expiresAt: JSONValue?
    /// The instances of each attribute, normalized.
    var attributes: [String: [JSONObject]]

    /// What is sent; concise (4.5.2.3) where asked for, without the id where the address has it.
    func json(hasID: Bool = true, isConcise: Bool) -> JSONValue {
        var object = JSONObject()
        if hasID { object["id"] = .string(id) }
        if types.count == 1 { object["type"] = .string(types[0]) }
        if types.count > 1 { object["type"] = .array(types.map { .string($0) }) }
        if let expiresAt { object["expiresAt"] = expiresAt }
        if let scopes { object["scope"] = .array(scopes.map { .string($0) }) }
        for (name, instances) in attributes.sorted(by: { $0.key < $1.key }) {
            // Among several instances a bare value would make them one array of values.
            let sent = instances.map { isConcise ? $0.concise(isAlone: instances.count == 1) : .object($0) }
            object[name] = sent.count == 1 ? sent[0] : .array(sent)
        }
        return .object(object)
    }
}

/// A write that a client asks for.
enum ModelRequest {
    case create(ModelPayload)
    case append(ModelPayload, overwrite: Bool)
    case update(ModelPayload)
    case partiallyUpdate(id: String, name: String, JSONObject)
    case replaceAttribute(id: String, name: String, JSONObject)
    case deleteAttribute(id: String, name: String, dataset: String, all: Bool)
    case merge(ModelPayload)
    case replace(ModelPayload)
    case delete(id: String)
    case purge(ModelQuery, Purge)
    case batch(ModelBatch)

    enum Purge: Equatable {
        case entities, drop(String), keep(String)
    }

    /// How it is sent; payloads concise where asked for.
    func http(isConcise: Bool = false) -> HubRequest {
        func entity(_ id: String) -> String { "/entities/\(id)" }
        func body(_ payload: ModelPayload) -> JSONValue { payload.json(hasID: false, isConcise: isConcise) }
        switch self {
        case .create(let payload):
            return HubRequest(.post, "/entities", payload.json(isConcise: isConcise))
        case .append(let payload, let overwrite):
            return HubRequest(
                .post, entity(payload.id) + "/attrs\(overwrite ? "" : "?options=noOverwrite")", body(payload))
        case .update(let payload): return HubRequest(.patch, entity(payload.id) + "/attrs", body(payload))
        case .partiallyUpdate(let id, let name, let fragment):
            return HubRequest(.patch, entity(id) + "/attrs/\(name)", .object(fragment))
        case .replaceAttribute(let id, let name, let instance):
            return HubRequest(.put, entity(id) + "/attrs/\(name)", .object(instance))
        case .deleteAttribute(let id, let name, let dataset, let all):
            let which = all ? "?deleteAll=true" : dataset.isEmpty ? "" : "?datasetId=\(dataset)"
            return HubRequest(.delete, entity(id) + "/attrs/\(name)\(which)")
        case .merge(let payload): return HubRequest(.patch, entity(payload.id), body(payload))
        case .replace(let payload): return HubRequest(.put, entity(payload.id), body(payload))
        case .delete(let id): return HubRequest(.delete, entity(id))
        case .purge(let query, let names):
            let more: [(String, String)] =
                switch names {
                case .entities: []
                case .drop(let name): [("drop", name)]
                case .keep(let name): [("keep", name)]
                }
            return HubRequest(.delete, "/entities", parameters: query.parameters + more)
        case .batch(let batch): return batch.http(isConcise: isConcise)
        }
    }
}

/// A batch operation (5.6.7 to 5.6.10, 5.6.20).
struct ModelBatch {
    enum Kind {
        case create, merge, delete
        case upsert(isUpdate: Bool)
        case update(overwrite: Bool)
    }

    var kind: Kind
    var payloads: [ModelPayload]

    func http(isConcise: Bool) -> HubRequest {
        let entities = JSONValue.array(payloads.map { $0.json(isConcise: isConcise) })
        func operation(_ path: String, _ body: JSONValue) -> HubRequest {
            HubRequest(.post, "/entityOperations/\(path)", body)
        }
        return switch kind {
        case .create: operation("create", entities)
        case .merge: operation("merge", entities)
        case .delete: operation("delete", .array(payloads.map { .string($0.id) }))
        case .upsert(let isUpdate): operation("upsert\(isUpdate ? "?options=update" : "")", entities)
        case .update(let overwrite): operation("update\(overwrite ? "" : "?options=noOverwrite")", entities)
        }
    }
}

extension JSONObject {
    /// The concise representation of a normalized attribute (4.5.2.3, 4.5.3.3, 4.5.18.3).
    fileprivate func concise(isAlone: Bool) -> JSONValue {
        var object = self
        object["type"] = nil
        for (name, value) in self where !ModelNames.members.contains(name) {
            object[name] = value.object?.concise(isAlone: true)
        }
        if isAlone, object.count == 1, let value = object["value"], value.object == nil, value.array == nil {
            return value
        }
        return .object(object)
    }
}
