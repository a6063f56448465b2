import JSON
import NGSILD
import TestInput
import TestSupport
import Testing

/// What every published example has to stand: it is stored, served in each representation, found, changed and deleted.
@Suite(.enabled(if: !Example.all.isEmpty, "there is no folder shared/data with examples on this machine"))
struct ExampleTests {
    private static let linkedData = ["Content-Type": "application/ld+json"]

    @Test
    func `4.5: each published example is served as it was sent, found by what it says, changed and deleted`()
        async throws
    {
        try await Self.withContexts { broker in
            var refused: [String] = []
            for example in Example.all {
                let created = try await broker.post(
                    "/entities", JSONValue.object(example.document).text, Self.linkedData)
                guard created.status == 201 else {
                    let isForeign = created.problem == "LdContextNotAvailable"
                    #expect(created.status == 400 || isForeign, "\(example.name): \(created.text)")
                    #expect(created.json["path"] != nil, "\(example.name): \(created.text)")
                    refused.append("\(example.name): \(created.json["path"]?.string ?? "")")
                    continue
                }
                let stored = try await StoredExample(example, in: broker)
                try await stored.checkRepresentations()
                try await stored.checkQueries()
                try await stored.checkChange()
                try await stored.checkDeletion()
            }
            // Types that do not exist, targets that are no URIs, names with blanks, places off the earth.
            #expect(refused.count * 2 < Example.all.count, "\(refused.joined(separator: "\n"))")
        }
    }

    @Test
    func `5.5.4: each example is refused where it is made wrong, with the place, and nothing is stored`()
        async throws
    {
        try await Self.withContexts { broker in
            for example in Example.all {
                let text = JSONValue.object(example.document).text
                guard try await broker.post("/entities", text, Self.linkedData).status == 201 else {
                    continue
                }
                let before = try await broker.get("/entities/\(example.path)")
                for change in ForbiddenChange.all(of: example) {
                    let place = "\(example.name): \(change.rule)"
                    let wrong = JSONValue.object(example.changed(id: "urn:wrong:1", change.apply)).text
                    let created = try await broker.post("/entities", wrong, Self.linkedData)
                    #expect(
                        created.status == 400 && created.problem == "BadRequestData",
                        "\(place): \(created.text)")
                    #expect(created.json["path"]?.string == change.path, "\(place): \(created.text)")
                    let own = JSONValue.object(example.changed(id: example.id, change.apply)).text
                    let batch = try await broker.post(
                        "/entityOperations/upsert", "[\(own)]", Self.linkedData)
                    #expect(batch.status == 207, "\(place): \(batch.text)")
                    let error = batch.json["errors"]?[0]?["error"]
                    #expect(error?["path"]?.string == "/0\(change.path)", "\(place): \(batch.text)")
                }
                #expect(try await broker.get("/entities/urn:wrong:1").status == 404, "\(example.name)")
                #expect(
                    try await broker.get("/entities/\(example.path)").text == before.text, "\(example.name)")
                try await broker.delete("/entities/\(example.path)")
            }
        }
    }

    private static func withContexts(_ body: @escaping @Sendable (TestBroker) async throws -> Void)
        async throws
    {
        try await TestBroker.with { broker in
            broker.network.documents = Example.contexts
            try await body(broker)
        }
    }
}

extension Example {
    /// Its id in a path.
    var path: String { escaped(id) }
}

extension JSONValue {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
