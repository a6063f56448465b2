import JSON
import TestInput
import TestSupport
import Testing

/// Whatever clients send, the hub understands it or says what is wrong: `RandomRun` says how to repeat a run.
@Suite(.serialized) struct APIFuzzTests {
    @Test(.timeLimit(.minutes(10)))
    func `4.9, 4.10: any query is answered, or refused by a problem that says why`() async throws {
        try await Self.withBroker(rounds: 600) { broker, run in
            var payloads = RandomPayloads(random: run.generator)
            var understood = 0
            for round in 0..<run.rounds {
                let (answer, place) = try await Self.ask(broker, &payloads)
                expectSound(answer, "\(run), round \(round): \(place)")
                if answer.status == 200 { understood += 1 }
            }
            #expect(understood > 0)
        }
    }

    /// A random query by GET, by POST, or for what there is; and what it was.
    private static func ask(
        _ broker: TestBroker, _ payloads: inout RandomPayloads
    ) async throws -> (TestAnswer, String) {
        let headers = payloads.headers()
        if payloads.random.chance(30) {
            let query = payloads.queryDocument()
            var own = headers
            own["Content-Type"] = nil
            return (try await broker.post("/entityOperations/query", query, own), "POST \(own) \(query)")
        }
        let pairs = payloads.parameters().map { "\($0.0)=\(escaped($0.1))" }
        let resource = payloads.random.pick(["entities", "entities", "entities", "types/T", "attributes/a"])
        let path = "/\(resource)\(resource == "entities" ? "?\(pairs.joined(separator: "&"))" : "")"
        return (try await broker.get(path, headers), "GET \(headers) \(path)")
    }

    @Test(.timeLimit(.minutes(10)))
    func `5.5.4: any entity or batch is taken, or refused by a problem that says why`() async throws {
        try await Self.withBroker(rounds: 500) { broker, run in
            var payloads = RandomPayloads(random: run.generator)
            let operations = ["create", "upsert", "upsert?options=update", "update", "merge", "delete"]
            var stored = 0
            for round in 0..<run.rounds {
                let id = "urn:x:\(round % 7)"
                let entity = payloads.entity(id)
                let isDamaged = payloads.random.chance(30)
                let (method, path, text) = payloads.random.pick([
                    ("POST", "/entities", entity), ("PATCH", "/entities/\(id)", entity),
                    ("PUT", "/entities/\(id)", entity), ("POST", "/entities/\(id)/attrs", entity),
                    ("PATCH", "/entities/\(id)/attrs", entity),
                    ("PATCH", "/entities/\(id)/attrs/a", payloads.attribute(depth: 0)),
                    ("PUT", "/entities/\(id)/attrs/a", payloads.attribute(depth: 0)),
                    (
                        "POST", "/entityOperations/\(payloads.random.pick(operations))",
                        "[\(entity), \(payloads.entity("urn:x:1"))]"
                    ),
                ])
                let body = isDamaged ? payloads.damaged(Array(text.utf8)) : Array(text.utf8)
                let answer = try await broker.send(method, path, body: body)
                let place =
                    "\(run), round \(round): \(method) \(path) \(String(decoding: body, as: UTF8.self))"
                expectSound(answer, place)
                if answer.status / 100 == 2 { stored += 1 }
                for options in ["", "?options=concise", "?options=keyValues"] {
                    expectSound(try await broker.get("/entities/\(id)\(options)"), place)
                }
            }
            #expect(stored > 0)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `4.4: any @context is understood, or refused by a problem that says why`() async throws {
        try await Self.withBroker(rounds: 500) { broker, run in
            var payloads = RandomPayloads(random: run.generator)
            var stored = 0
            for round in 0..<run.rounds {
                let id = "urn:x:c\(round)"
                let context = payloads.context()
                let text = payloads.damaged(payloads.entity(id, context: context), 10)
                let linked = ["Content-Type": "application/ld+json"]
                let answer = try await broker.post("/entities", text, linked)
                expectSound(answer, "\(run), round \(round): \(text)")
                let query =
                    #"{"type": "Query", "entities": [{"type": "T"}], "q": "a|b", "@context": \#(context)}"#
                let found = try await broker.post("/entityOperations/query?limit=3", query, linked)
                expectSound(found, "\(run), round \(round): \(query)")
                let hosted = try await broker.post("/jsonldContexts", #"{"@context": \#(context)}"#)
                expectSound(hosted, "\(run), round \(round): hosted \(context)")
                guard answer.status == 201 else { continue }
                stored += 1
                guard let location = hosted.header("Location") else { continue }
                let link = "<http://hub\(location)>; rel=\"http://www.w3.org/ns/json-ld#context\""
                let read = try await broker.get("/entities/\(id)", ["Link": link])
                expectSound(read, "\(run), round \(round): GET \(id) by \(context)")
            }
            #expect(stored > 0)
        }
    }

    /// Attributes of entities that are there from the beginning.
    private static let known = [
        #""a": 1, "b": "x", "temperature": {"value": 2.5, "unitCode": "CEL", "a": {"value": true}}"#,
        #""a": [1, "x", {"y": 1}], "location": {"type": "Point", "coordinates": [1, 2]}"#,
        #""a": {"object": "urn:known:0"}, "b": {"languageMap": {"en": "x", "de": ["a", "b"]}}, "é": {"vocab": "a"}"#,
        #""a": [{"value": 1}, {"value": "x", "datasetId": "urn:d:1"}], "b": {"json": {"x": null}}"#,
        #""a": {"valueList": [1, [2]]}, "location": {"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 0]]]}"#,
    ]

    private static func withBroker(
        rounds: Int, _ body: @escaping @Sendable (TestBroker, RandomRun) async throws -> Void
    ) async throws {
        let run = RandomRun(rounds: rounds, cost: 20)
        try await TestBroker.with { broker in
            broker.network.documents = [
                "https://example.org/good": #"{"@context": {"a": "https://example.org/a"}}"#,
                "https://example.org/loop": #"{"@context": "https://example.org/loop"}"#,
            ]
            for (number, attributes) in Self.known.enumerated() {
                let entity = #"{"id": "urn:known:\#(number)", "type": "T", "scope": "/A/b", \#(attributes)}"#
                let created = try await broker.post("/entities", entity)
                #expect(created.status == 201, "\(created.text)")
            }
            let before = try await broker.get("/entities/urn:known:1").text
            try await body(broker, run)
            #expect(try await broker.get("/entities/urn:known:1").text == before, "\(run)")
        }
    }
}

/// Whether an answer is one of the client's making: no fault of the hub's, and a problem where it is refused (5.5.3).
private func expectSound(_ answer: TestAnswer, _ place: @autoclosure () -> String) {
    let problems: [JSONValue] =
        switch answer.status {
        case 200, 201, 203, 204: []
        case 207:
            answer.json["errors"]?.array?.compactMap { $0["error"] } ?? []
        // Refused by the head alone, without a body (6.3.4).
        case 411, 415: []
        default: [answer.json]
        }
    let isForeign = answer.problem == "LdContextNotAvailable"
    #expect(answer.status < 500 || isForeign, "\(place()): \(answer.text)")
    if !answer.body.isEmpty { #expect(answer.json != .null, "\(place()): no JSON: \(answer.text)") }
    for problem in problems {
        let texts = ["type", "title", "detail"].compactMap { problem[$0]?.string }
        #expect(texts.count == 3 && texts.allSatisfy { !$0.isEmpty }, "\(place()): \(answer.text)")
        #expect(texts.count < 3 || texts[1] != texts[2], "\(place()): \(answer.text)")
        let status = problem["status"]?.number?.integer ?? 0
        #expect(answer.status == 207 || status == answer.status, "\(place()): \(answer.text)")
        #expect(400..<500 ~= status || isForeign, "\(place()): \(answer.text)")
    }
}

func escaped(_ text: String) -> String {
    text.utf8.map { byte in
        let isPlain = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 && byte > 0x40
        return isPlain
            ? String(UnicodeScalar(byte))
            : "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
}
