import JSON
import TestSupport
import Testing

@Suite struct ContextTests {
    private static let url = "https://example.org/context.jsonld"
    private static let document =
        #"{"@context": {"temperatura": "https://example.org/temperature", "Sala": "https://example.org/Room"}}"#
    private static let link =
        #"<https://example.org/context.jsonld>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json""#

    @Test func `6.3.5: terms are expanded by the body's @context and compacted by the Link's`() async throws {
        try await TestBroker.with { broker in
            broker.network.documents[Self.url] = Self.document
            let created = try await broker.post(
                "/entities",
                #"{"id": "urn:x:1", "type": "Sala", "temperatura": {"type": "Property", "value": 3}, "@context": "https://example.org/context.jsonld"}"#,
                ["Content-Type": "application/ld+json"])
            #expect(created.status == 201)

            let plain = try await broker.get("/entities/urn:x:1")
            #expect(plain.json["https://example.org/temperature"]?["value"] == 3)
            #expect(plain.json["temperatura"] == nil)
            let linked = try await broker.get("/entities/urn:x:1", ["Link": Self.link])
            #expect(linked.json["type"] == "Sala")
            #expect(linked.json["temperatura"]?["value"] == 3)
            #expect(linked.header("Link") == Self.link)
            let embedded = try await broker.get(
                "/entities/urn:x:1", ["Link": Self.link, "Accept": "application/ld+json"])
            #expect(embedded.json["@context"] == "https://example.org/context.jsonld")
            #expect(embedded.header("Content-Type") == "application/ld+json")
            #expect(embedded.header("Link") == nil)
            #expect(broker.network.requests == [Self.url])
        }
    }

    @Test func `6.3.5: an @context in the wrong place is refused with what helps`() async throws {
        try await TestBroker.with { broker in
            let json = try await broker.post(
                "/entities",
                #"{"id": "urn:x:1", "type": "T", "@context": "https://example.org/context.jsonld"}"#)
            #expect(json.problem == "BadRequestData")
            #expect(json.json["detail"]?.string?.contains("application/ld+json") == true)
            let bare = try await broker.post(
                "/entities", #"{"id": "urn:x:1", "type": "T"}"#, ["Content-Type": "application/ld+json"])
            #expect(bare.problem == "BadRequestData")
            let both = try await broker.post(
                "/entities", #"{"id": "urn:x:1", "type": "T", "@context": []}"#,
                ["Content-Type": "application/ld+json", "Link": Self.link])
            #expect(both.problem == "BadRequestData")
            #expect(try await broker.get("/entities/urn:x:1").status == 404)
            #expect(broker.network.requests.isEmpty)
        }
    }

    @Test func `5.5.6: an @context that cannot be had is a 504, one that is none a 400`() async throws {
        try await TestBroker.with { broker in
            let away = try await broker.get("/entities?type=T", ["Link": Self.link])
            #expect(away.status == 504)
            #expect(away.problem == "LdContextNotAvailable")
            _ = try await broker.get("/entities?type=T", ["Link": Self.link])
            #expect(broker.network.requests.count == 1, "a failure is remembered for some seconds")
            broker.clock.advance(seconds: 10)
            broker.network.documents[Self.url] = "[]"
            let none = try await broker.get("/entities?type=T", ["Link": Self.link])
            #expect(none.problem == "BadRequestData")
        }
    }

    @Test func `5.5.3: a fault of an @context is told where the request has it`() async throws {
        try await TestBroker.with { broker in
            let linkedData = ["Content-Type": "application/ld+json"]
            let one = try await broker.post(
                "/entities", #"{"id": "urn:x:1", "type": "T", "@context": "https://example.org/gone"}"#,
                linkedData)
            #expect(one.status == 504)
            #expect(one.json["path"] == "/@context")
            let batch = try await broker.post(
                "/entityOperations/create",
                #"[{"id": "urn:x:1", "type": "T", "@context": {}}, {"id": "urn:x:2", "type": "T", "@context": {"a": 5}}]"#,
                linkedData)
            #expect(batch.json["errors"]?[0]?["error"]?["path"] == "/1/@context/a")
            #expect(batch.json["success"] == ["urn:x:1"])
            let linked = try await broker.get("/entities/urn:x:1", ["Link": Self.link])
            #expect(linked.json["path"] == "Link")
        }
    }

    @Test func `6.3.16: a stale @context is asked for again, and used where its server is away`() async throws
    {
        try await TestBroker.with { broker in
            broker.network.documents[Self.url] = Self.document
            broker.network.headers = [("Cache-Control", "max-age=60")]
            for _ in 0..<3 { try await broker.get("/entities?type=Sala", ["Link": Self.link]) }
            #expect(broker.network.requests.count == 1)
            broker.clock.advance(seconds: 61)
            try await broker.get("/entities?type=Sala", ["Link": Self.link])
            #expect(broker.network.requests.count == 2)
            broker.clock.advance(seconds: 61)
            broker.network.documents = [:]
            #expect(try await broker.get("/entities?type=Sala", ["Link": Self.link]).status == 200)
        }
    }

    @Test func `4.4: no version of the core @context is ever fetched`() async throws {
        try await TestBroker.with { broker in
            for version in ["", "-v1.3", "-v1.8", "-v1.9"] {
                let link =
                    "<https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context\(version).jsonld>; rel=\"http://www.w3.org/ns/json-ld#context\""
                let answer = try await broker.get("/entities?type=T", ["Link": link])
                #expect(answer.status == 200)
            }
            #expect(broker.network.requests.isEmpty)
        }
    }
}
