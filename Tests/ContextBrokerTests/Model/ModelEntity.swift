import JSON

/// An entity as the text has it (4.5.1), and what the operations make of it (5.6): the measure for the hub,
/// with nothing of its code but JSON.
struct ModelEntity {
    let id: String
    var types: [String]
    var scopes: [String]
    /// By name, then by dataset; the default instance is that of "".
    var attributes: [String: [String: JSONObject]]
    /// Told with `sysAttrs` alone.
    private var expiresAt: JSONValue?

    init(_ payload: ModelPayload) {
        id = payload.id
        types = payload.types
        scopes = payload.scopes ?? []
        expiresAt = payload.expiresAt
        attributes = payload.attributes.mapValues { instances in
            Dictionary(uniqueKeysWithValues: instances.map { ($0.dataset, $0.withoutDataset) })
        }
    }

    mutating func unite(_ more: [String]) {
        types += more.filter { !types.contains($0) }
    }

    subscript(name: String, dataset: String) -> JSONObject? {
        get { attributes[name]?[dataset] }
        set {
            attributes[name, default: [:]][dataset] = newValue
            if attributes[name]?.isEmpty == true { attributes[name] = nil }
        }
    }

    // MARK: Operations

    /// What is left of it where things have expired (4.22); what will expire long after the test does not show it.
    var living: ModelEntity? {
        guard expiresAt != ModelNames.longAgo else { return nil }
        var entity = self
        for (name, instances) in attributes {
            for (dataset, instance) in instances {
                var living: JSONObject? = instance["expiresAt"] == ModelNames.longAgo ? nil : instance
                living?["expiresAt"] = nil
                entity[name, dataset] = living
            }
        }
        return entity
    }

    /// 5.6.3.4; gives the names of which something was left as it is.
    mutating func append(_ payload: ModelPayload, overwrite: Bool) -> [String] {
        unite(payload.types)
        if let new = payload.scopes {
            scopes = overwrite ? new : scopes + new.filter { !scopes.contains($0) }
        }
        if overwrite || expiresAt == nil { expiresAt = payload.expiresAt ?? expiresAt }
        var left: Set<String> = []
        for (name, instances) in payload.attributes {
            let there = attributes[name] ?? [:]
            for instance in instances {
                if overwrite || there[instance.dataset] == nil {
                    self[name, instance.dataset] = instance.withoutDataset
                } else {
                    left.insert(name)
                }
            }
        }
        return left.sorted()
    }

    /// 5.6.2.4; a scope that the entity has not is reported (docs/conformance.md).
    mutating func update(_ payload: ModelPayload) -> [String] {
        unite(payload.types)
        expiresAt = payload.expiresAt ?? expiresAt
        for (name, instances) in payload.attributes {
            for instance in instances {
                self[name, instance.dataset] = instance.isNull ? nil : instance.withoutDataset
            }
        }
        guard let new = payload.scopes else { return [] }
        guard !scopes.isEmpty else { return ["scope"] }
        scopes = new
        return []
    }

    /// 5.6.4.4; gives the status.
    mutating func partiallyUpdate(_ name: String, by fragment: JSONObject) -> Int {
        guard var instance = self[name, fragment.dataset] else { return 404 }
        if let type = fragment["type"], type != instance["type"] { return 400 }
        guard !fragment.isNull else {
            self[name, fragment.dataset] = nil
            return 204
        }
        for (member, value) in fragment.withoutDataset {
            instance[member] = value.isNullMember ? JSONValue?.none : value
        }
        self[name, fragment.dataset] = instance
        return 204
    }

    /// 5.6.17.4; false where an instance that is not there would come to be without a value.
    mutating func merge(_ payload: ModelPayload) -> Bool {
        unite(payload.types)
        if let new = payload.scopes { scopes = new }
        expiresAt = payload.expiresAt ?? expiresAt
        for (name, instances) in payload.attributes {
            for fragment in instances {
                if fragment.isNull {
                    self[name, fragment.dataset] = nil
                } else if let old = self[name, fragment.dataset] {
                    self[name, fragment.dataset] = old.merging(fragment.withoutDataset)
                } else {
                    let new = JSONObject().merging(fragment.withoutDataset)
                    guard new.contains(where: { ModelNames.values.contains($0.name) }) else { return false }
                    self[name, fragment.dataset] = new
                }
            }
        }
        return true
    }

    // MARK: Representation

    /// The normalized representation (4.5.1), whose arrays have no order.
    init?(normalized: JSONValue) {
        guard let object = normalized.object, let id = object["id"]?.string else { return nil }
        self.id = id
        types = object["type"]?.strings ?? []
        scopes = object["scope"]?.strings ?? []
        attributes = [:]
        for (name, value) in object where !["id", "type", "scope"].contains(name) {
            for instance in value.array ?? [value] {
                guard let instance = instance.object else { return nil }
                self[name, instance.dataset] = instance.withoutDataset
            }
        }
    }
}

extension ModelEntity: Equatable {
    static func == (left: ModelEntity, right: ModelEntity) -> Bool {
        left.id == right.id && left.types.sorted() == right.types.sorted()
            && left.scopes.sorted() == right.scopes.sorted() && left.attributes == right.attributes
    }
}

extension ModelEntity: CustomStringConvertible {
    var description: String {
        let instances = attributes.sorted { $0.key < $1.key }.flatMap { name, instances in
            instances.sorted { $0.key < $1.key }.map { dataset, instance in
                "\(name) \(dataset) \(String(decoding: JSONValue.object(instance).bytes, as: UTF8.self))"
            }
        }
        return "\(id) \(types) \(scopes) \(instances.joined(separator: ", "))"
    }
}

/// Members whose names say what they are.
enum ModelNames {
    /// What an attribute says, of any type.
    static let values: Set<String> = ["value", "object", "languageMap"]
    /// Members of an attribute that are no sub-attributes.
    static let members = values.union(["type", "observedAt", "unitCode", "datasetId", "expiresAt"])
    static let null: JSONValue = "urn:ngsi-ld:null"
    static let longAgo: JSONValue = "2020-01-01T00:00:00Z"
    static let farAhead: JSONValue = "2090-01-01T00:00:00Z"
}

extension JSONObject {
    var dataset: String { self["datasetId"]?.string ?? "" }

    var withoutDataset: JSONObject {
        var instance = self
        instance["datasetId"] = nil
        return instance
    }

    /// Whether an attribute is the wish to delete it (4.5.0).
    var isNull: Bool {
        ModelNames.values.contains { self[$0]?.isNullMember ?? false }
    }

    /// RFC 7396 with the NGSI-LD Null for null (5.5.12).
    func merging(_ patch: JSONObject) -> JSONObject {
        var result = self
        for (name, value) in patch {
            if value.isNullMember {
                result[name] = nil
            } else if let inner = value.object {
                let isGeometry = name == "value" && patch["type"] == "GeoProperty"
                result[name] =
                    isGeometry ? value : .object((result[name]?.object ?? JSONObject()).merging(inner))
            } else {
                result[name] = value
            }
        }
        return result
    }
}

extension JSONValue {
    /// Whether a member is the wish to delete it: the text, a sub-attribute that is it, the language map's form.
    var isNullMember: Bool {
        if self == ModelNames.null { return true }
        guard let object else { return false }
        return object["type"] != nil && object.isNull || self == ["@none": ModelNames.null]
    }

    var strings: [String] { array?.compactMap(\.string) ?? string.map { [$0] } ?? [] }
}
