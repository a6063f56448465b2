import JSON
import TestSupport
import Testing

@testable import ContextBroker

/// `Schemas/openapi/openapi.json` and the hub agree.
///
/// Who adds a route describes it there, and runs scripts/embed-schemas.
@Suite struct `The description of the API` {
    private let document: JSONValue

    private static let methods = ["get", "post", "put", "patch", "delete"]

    init() throws {
        document = try JSONValue(parsing: readFile(Repository.path(of: "Schemas/openapi/openapi.json")))
    }

    /// An operation of the description.
    private struct Operation {
        /// `GET`.
        let method: String
        /// `/ngsi-ld/v1/entities/{entityId}`.
        let path: String
        let content: JSONValue
        /// Those of the path and its own.
        let parameters: [JSONValue]

        /// `GET /ngsi-ld/v1/entities/*`.
        var name: String { "\(method) \(path.replacing(/\{\w+\}/, with: "*"))" }

        func parameters(in place: String) -> [String] {
            parameters.filter { $0["in"]?.string == place }.compactMap { $0["name"]?.string }
        }
    }

    private var operations: [Operation] {
        (document["paths"]?.object.map(Array.init) ?? []).flatMap { path, item in
            Self.methods.compactMap { method in
                item[method].map { content in
                    let parameters = [item, content].flatMap { $0["parameters"]?.array ?? [] }
                    return Operation(
                        method: method.uppercased(), path: path, content: content,
                        parameters: parameters.map(resolved))
                }
            }
        }
    }

    /// What a `$ref` leads to.
    private func resolved(_ value: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.string else { return value }
        return target(of: reference) ?? .null
    }

    private func target(of reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.split(separator: "/").dropFirst().reduce(document) { $0?[String($1)] }
    }

    /// All `$ref`s in `value`.
    private func references(in value: JSONValue) -> [String] {
        if let array = value.array { return array.flatMap(references) }
        return value.object.map { object in
            object.flatMap { name, value in
                name == "$ref" ? [value.string ?? ""] : references(in: value)
            }
        } ?? []
    }

    // MARK: Tests

    @Test func `it has each route of the hub with its parameters, and no other`() async throws {
        let described = operations.reduce(into: [String: [String]]()) {
            $0[$1.name] = $1.parameters(in: "query").sorted()
        }
        try await TestBroker.with { broker in
            var served = broker.routes.reduce(into: [String: [String]]()) {
                $0["\($1.method) \($1.pattern)"] = $1.parameters.sorted()
            }
            for path in OperationalRoutes.paths { served["GET \(path)"] = [] }

            #expect(described.count > 25)
            #expect(Set(described.keys).subtracting(served.keys) == [], "it describes what is not served")
            #expect(Set(served.keys).subtracting(described.keys) == [], "it lacks what is served")
            for (name, parameters) in served {
                #expect(described[name] == parameters, "\(name): the parameters of its URL")
            }
        }
    }

    @Test func `each operation has a name of its own, a clause, and its answers`() {
        var names: Set<String> = []
        for operation in operations {
            let id = operation.content["operationId"]?.string ?? ""
            #expect(!id.isEmpty && names.insert(id).inserted, "\(operation.name)")
            let isOfTheSpecification = operation.path.hasPrefix("/ngsi-ld/")
            let clause = operation.content["summary"]?.string?.firstMatch(of: /\(\d+\.\d+/)
            #expect(clause != nil || !isOfTheSpecification, "\(operation.name): the clause in its summary")
            let variables = operation.path.matches(of: /\{(\w+)\}/).map { String($0.1) }
            #expect(operation.parameters(in: "path") == variables, "\(operation.name)")
            #expect(operation.content["responses"]?.object?.isEmpty == false, "\(operation.name)")
        }
    }

    @Test func `each $ref resolves, and each component is used`() {
        let used = Set(references(in: document))
        #expect(used.count > 50)
        #expect(used.filter { target(of: $0) == nil } == [])

        let components = (document["components"]?.object.map(Array.init) ?? []).flatMap { kind, members in
            // Who may do what is said by name, not by reference.
            kind == "securitySchemes"
                ? [] : (members.object.map(Array.init) ?? []).map { "#/components/\(kind)/\($0.name)" }
        }
        #expect(components.filter { !used.contains($0) } == [])
    }

    @Test func `the hub takes each example of a body, and answers as described`() async throws {
        let order = ["POST", "PUT", "PATCH", "GET", "DELETE"]
        // What is created is read and changed before it is deleted, and parts before the whole.
        let operations = operations.enumerated().sorted { left, right in
            let (first, second) = (
                order.firstIndex(of: left.element.method), order.firstIndex(of: right.element.method)
            )
            guard first == second else { return (first ?? 0) < (second ?? 0) }
            return left.element.method == "DELETE" ? left.offset > right.offset : left.offset < right.offset
        }.map(\.element).filter { !OperationalRoutes.paths.contains($0.path[...]) }
        let calls = operations.map { operation in
            let body = operation.content["requestBody"]?["content"]?["application/json"]?["example"]
            let answers = operation.content["responses"]?.object.map(Array.init) ?? []
            return Call(
                name: operation.name, method: operation.method, path: path(of: operation),
                body: body.map { String(decoding: $0.bytes, as: UTF8.self) },
                answers: answers.reduce(into: [:]) { $0[$1.name] = resolved($1.value) })
        }
        try await TestBroker.with { broker in
            for call in calls {
                let answer = try await broker.send(call.method, call.path, call.body, [:])
                let described = call.answers["\(answer.status)"]
                #expect(described != nil, "\(call.name) answers \(answer.status): \(answer.text)")
                #expect(call.body == nil || answer.status < 300, "\(call.name): \(answer.text)")
                let type = answer.header("Content-Type")
                #expect(
                    type == nil || described?["content"]?[type ?? ""] != nil, "\(call.name): \(type ?? "")")
            }
        }
    }

    private struct Call: Sendable {
        let name, method, path: String
        let body: String?
        let answers: [String: JSONValue]
    }

    /// Its path with the examples of its variables.
    private func path(of operation: Operation) -> String {
        operation.parameters.filter { $0["in"]?.string == "path" }.reduce(operation.path) { path, parameter in
            path.replacing("{\(parameter["name"]?.string ?? "")}", with: parameter["example"]?.string ?? "")
        }
    }

    @Test func `it is served as it stands in the repository, and again only when it has changed`()
        async throws
    {
        let text = try readText(Repository.path(of: "Schemas/openapi/openapi.json"))
        try await TestBroker.with { broker in
            let answer = try await broker.get("/openapi.json")
            let isEmbedded = answer.text + "\n" == text
            #expect(isEmbedded, "run scripts/embed-schemas")
            let tag = try #require(answer.header("ETag"))

            let again = try await broker.get("/openapi.json", ["If-None-Match": tag])
            #expect(again.status == 304)
            #expect(again.body.isEmpty && again.header("ETag") == tag)
            #expect(try await broker.get("/openapi.json", ["If-None-Match": "W/\"old\""]).status == 200)
        }
    }
}
