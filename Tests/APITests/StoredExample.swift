import JSON
import TestSupport
import Testing

/// An example in a hub, seen through its own `@context`.
struct StoredExample {
    private let example: Example
    private let broker: TestBroker
    private let link: [String: String]
    private let path: String

    /// - Throws: where its `@context` cannot be hosted.
    init(_ example: Example, in broker: TestBroker) async throws {
        self.example = example
        self.broker = broker
        path = "/entities/\(example.path)"
        let context = JSONValue.object(JSONObject(["@context": example.document["@context"] ?? []]))
        let hosted = try await broker.post("/jsonldContexts", context.text)
        let location = try #require(hosted.header("Location"), "\(example.name): \(hosted.text)")
        link = ["Link": "<http://hub\(location)>; rel=\"http://www.w3.org/ns/json-ld#context\""]
    }

    // MARK: Representations

    func checkRepresentations() async throws {
        let normalized = try await get(path)
        #expect(normalized == .object(example.expected), "\(example.name): \(normalized.text)")

        let simplified = try await get("\(path)?options=keyValues")
        #expect(simplified == Self.simplified(normalized), "\(example.name): \(simplified.text)")

        let feature = try await get(path, ["Accept": "application/geo+json"])
        #expect(feature["type"] == "Feature" && feature["id"] == normalized["id"], "\(example.name)")
        #expect(feature["geometry"] ?? .null == normalized["location"]?["value"] ?? .null, "\(example.name)")
        var properties = normalized.object
        properties?["id"] = nil
        properties?["@id"] = nil
        #expect(feature["properties"]?.object == properties, "\(example.name): \(feature.text)")

        let concise = try await get("\(path)?options=concise")
        try await broker.delete(path)
        let again = try await broker.post("/entities", concise.text, link)
        #expect(again.status == 201, "\(example.name): \(concise.text): \(again.text)")
        #expect(try await get(path) == normalized, "\(example.name): \(concise.text)")
    }

    /// 4.5.4.
    private static func simplified(_ normalized: JSONValue) -> JSONValue {
        var entity = JSONObject()
        for (name, value) in normalized.object ?? JSONObject() {
            let instance = value.object ?? JSONObject()
            switch instance["type"]?.string {
            case "Property", "GeoProperty": entity[name] = instance["value"]
            case "Relationship": entity[name] = instance["object"]
            default: entity[name] = value
            }
        }
        return .object(entity)
    }

    // MARK: Queries

    func checkQueries() async throws {
        let attributes = example.attributes.filter { $0.name.isPlainName }
        let names = attributes.map(\.name)
        let equalities = attributes.compactMap { attribute -> String? in
            Self.literal(attribute.instance).map { "\(attribute.name)==\($0)" }
        }
        for query in names + equalities { try await expect(query, finds: true) }
        for equality in equalities {
            let unequal = equality.replacing("==", with: "!=", maxReplacements: 1)
            try await expect(unequal, finds: false)
        }
        try await expect(names.joined(separator: ";"), finds: true)
    }

    private func expect(_ query: String, finds: Bool) async throws {
        guard !query.isEmpty else { return }
        let type = example.document["type"]?.string ?? ""
        let answer = try await broker.get("/entities?type=\(escaped(type))&q=\(escaped(query))", link)
        let ids = answer.json.array?.compactMap { $0["id"]?.string } ?? []
        #expect(ids == (finds ? [example.id] : []), "\(example.name): q=\(query): \(answer.text)")
    }

    /// A simple value as the query language writes it (4.9); nil: it is none.
    private static func literal(_ instance: JSONObject) -> String? {
        switch instance["value"] {
        case .number, .bool: instance["value"]?.text
        // Texts that look like times are compared as times.
        case .string(let text) where !text.contains(":") && !text.contains("-"): instance["value"]?.text
        default: instance["type"] == "Relationship" ? (instance["object"]?.string).map { "\"\($0)\"" } : nil
        }
    }

    // MARK: Writes

    /// One attribute changes, and nothing else.
    func checkChange() async throws {
        let attributes = example.attributes.filter { $0.name.isPlainName }
        guard let attribute = attributes.first(where: { $0.type == "Property" }) else { return }
        var expected = try await get(path).object ?? JSONObject()
        let change = #"{"value": {"new": [1.50]}}"#
        let answer = try await broker.patch("\(path)/attrs/\(escaped(attribute.name))", change, link)
        #expect(answer.status == 204, "\(example.name): \(answer.text)")
        var instance = attribute.instance
        instance["value"] = ["new": [.number(JSONNumber(text: "1.50"))]]
        expected[attribute.name] = .object(instance)
        #expect(try await get(path) == .object(expected), "\(example.name)")
    }

    func checkDeletion() async throws {
        #expect(try await broker.delete(path).status == 204, "\(example.name)")
        #expect(try await broker.get(path).status == 404, "\(example.name)")
        #expect(try await broker.delete(path).status == 404, "\(example.name)")
    }

    private func get(_ path: String, _ headers: [String: String] = [:]) async throws -> JSONValue {
        let answer = try await broker.get(path, headers.merging(link) { $1 })
        #expect(answer.status == 200, "\(example.name): \(path): \(answer.text)")
        var body = answer.json.object ?? JSONObject()
        body["@context"] = nil
        return .object(body)
    }
}

extension JSONObject {
    fileprivate init(_ members: [String: JSONValue]) {
        self = members.reduce(into: JSONObject()) { $0[$1.key] = $1.value }
    }
}

extension String {
    /// Whether the query language can say this name (4.6.2).
    fileprivate var isPlainName: Bool {
        first?.isLetter == true && allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
}
