import JSON
import TestInput

/// A published example of an entity (Smart Data Models), normalized and with its `@context`.
struct Example {
    let name: String
    let id: String
    let document: JSONObject

    /// Those of this machine; none where it has none.
    static let all: [Example] = SharedData.files(below: "smart-data-models")
        .filter { $0.hasSuffix("/example-normalized.jsonld") }.compactMap(Example.init)

    /// The documents of their `@context`s, by URL.
    static let contexts: [String: String] = {
        let map = SharedData.files(below: "contexts").first { $0.hasSuffix("/url-map.json") }
        guard let map, let files = try? JSONValue(parsing: SharedData.bytes(of: map)).object else {
            return [:]
        }
        let folder = SharedData.folder ?? ""
        return files.reduce(into: [:]) { documents, entry in
            let bytes = SharedData.bytes(of: "\(folder)/\(entry.value.string ?? "")")
            documents[entry.name] = String(decoding: bytes, as: UTF8.self)
        }
    }()

    private init?(_ file: String) {
        guard let document = try? JSONValue(parsing: SharedData.bytes(of: file)).object,
            let id = (document["id"] ?? document["@id"])?.string
        else { return nil }
        self.init(name: String(file.split(separator: "/").suffix(3).joined(separator: "/")), id, document)
    }

    private init(name: String, _ id: String, _ document: JSONObject) {
        (self.name, self.id, self.document) = (name, id, document)
    }

    /// The same entity under another id, with `attributes` in the place of its own.
    func changed(id: String, _ change: (inout JSONObject) -> Void) -> JSONObject {
        var entity = document
        entity[document["id"] == nil ? "@id" : "id"] = .string(id)
        change(&entity)
        return entity
    }

    /// What the normalized representation has to serve of it (4.5.1): all but the `@context` and the times, which
    /// brokers make; bare sub-attributes as Properties.
    var expected: JSONObject {
        var entity = JSONObject()
        for (name, value) in document where !Self.ownMembers.contains(name) {
            entity[name] = Self.normalized(value)
        }
        return entity
    }

    private static let ownMembers: Set<String> = ["@context", "createdAt", "modifiedAt"]
    /// Members of attributes that are no sub-attributes.
    private static let plainMembers: Set<String> = [
        "type", "value", "object", "languageMap", "vocab", "json", "valueList", "objectList", "observedAt",
        "unitCode", "datasetId",
    ]

    private static func normalized(_ attribute: JSONValue) -> JSONValue {
        guard let object = attribute.object, object["type"] != nil else { return attribute }
        var result = JSONObject()
        for (name, value) in object where !ownMembers.contains(name) {
            let isBare = !plainMembers.contains(name) && value.object?["type"] == nil
            result[name] =
                plainMembers.contains(name)
                ? value : isBare ? ["type": "Property", "value": value] : normalized(value)
        }
        return .object(result)
    }

    /// Its attributes that are single and normalized, with their types.
    var attributes: [(name: String, type: String, instance: JSONObject)] {
        expected.compactMap { name, value in
            guard name != "id", name != "type", let instance = value.object,
                let type = instance["type"]?.string
            else { return nil }
            return (name, type, instance)
        }
    }
}
