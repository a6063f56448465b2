import JSON
import TestSupport
import Testing

@Suite struct ManagedContextTests {
    private static let hosted = #"{"@context": {"temperatura": "https://example.org/temperature"}}"#

    @Test func `5.13.2, 5.13.4: a hosted @context is served, used by its address, and its tenant's alone`()
        async throws
    {
        try await TestBroker.with { broker in
            let city = ["NGSILD-Tenant": "city"]
            let added = try await broker.post(
                "/jsonldContexts",
                #"{"comment": "ours", "@context": {"temperatura": "https://example.org/temperature"}}"#,
                city)
            #expect(added.status == 201)
            let path = try #require(added.header("Location")).dropFirst("/ngsi-ld/v1".count)

            #expect(
                try await broker.get(String(path), city).json == JSONValue(parsing: Array(Self.hosted.utf8)))
            #expect(try await broker.get(String(path)).status == 404)
            #expect(try await broker.get("/jsonldContexts").json == [])
            let asked = city.merging(["Accept": "application/ld+json"]) { $1 }
            #expect(try await broker.get(String(path), asked).header("Content-Type") == "application/ld+json")
            let odd = city.merging(["Accept": "text/html"]) { $1 }
            #expect(try await broker.get(String(path), odd).status == 406)
            let details = try await broker.get("\(path)?details=true", city)
            #expect(details.json["kind"] == "Hosted")
            #expect(details.json["createdAt"] == "2026-01-01T00:00:00Z")
            let link = "<http://hub/ngsi-ld/v1\(path)>; rel=\"http://www.w3.org/ns/json-ld#context\""
            try await broker.post(
                "/entities", #"{"id": "urn:x:1", "type": "T", "temperatura": 1}"#, ["Link": link])
            #expect(try await broker.get("/entities/urn:x:1").json["https://example.org/temperature"] != nil)
            #expect(broker.network.requests.isEmpty)
        }
    }

    @Test func `5.13.3, 5.13.5: a fetched @context is kept, listed, loaded again and deleted`() async throws {
        try await TestBroker.with { broker in
            let url = "https://example.org/context.jsonld"
            let path = "/jsonldContexts/https%3A%2F%2Fexample.org%2Fcontext.jsonld"
            broker.network.documents[url] = Self.hosted
            try await broker.get("/types", ["Link": "<\(url)>; rel=\"http://www.w3.org/ns/json-ld#context\""])

            #expect(try await broker.get("/jsonldContexts?kind=Cached").json == [.string(url)])
            #expect(try await broker.get("/jsonldContexts?kind=Hosted").json == [])
            #expect(try await broker.get(path).problem == "OperationNotSupported")
            #expect(try await broker.get("\(path)?details=true").json["kind"] == "Cached")
            broker.network.documents = [:]
            #expect(try await broker.delete("\(path)?reload=true").status == 504)
            #expect(try await broker.delete(path).status == 204)
            #expect(try await broker.delete(path).problem == "ResourceNotFound")
        }
    }

    @Test func `5.13.3.5: each use of a kept @context counts, and is added to what was counted before`()
        async throws
    {
        try await TestBroker.with { broker in
            let url = "https://example.org/context.jsonld"
            let path = "/jsonldContexts/https%3A%2F%2Fexample.org%2Fcontext.jsonld?details=true"
            broker.network.documents[url] = Self.hosted
            let added = try await broker.post("/jsonldContexts", Self.hosted)
            let hosted = try #require(added.header("Location"))
            let unused = try await broker.get("/jsonldContexts?details=true").json[0]
            #expect(unused?["numberOfHits"] == 0)
            #expect(unused?["lastUsage"] == nil)

            let both =
                #"{"type": "Query", "entities": [{"type": "T"}], "@context": ["\#(url)", "http://hub\#(hosted)"]}"#
            func ask() async throws {
                broker.clock.advance(seconds: 1)
                try await broker.post(
                    "/entityOperations/query", both, ["Content-Type": "application/ld+json"])
                try await broker.get(
                    "/types", ["Link": "<\(url)>; rel=\"http://www.w3.org/ns/json-ld#context\""])
            }
            try await ask()
            let counted = try await broker.get(path)
            #expect(counted.json["numberOfHits"] == 2)
            #expect(counted.json["lastUsage"] == "2026-01-01T00:00:01Z")

            try await broker.storeContextUsage()
            try await ask()
            try await broker.storeContextUsage()
            try await broker.storeContextUsage()
            // The answer with details above was a use as well.
            #expect(try await broker.get(path).json["numberOfHits"] == 5)
            let list = try await broker.get("/jsonldContexts?details=true&kind=Hosted").json
            #expect(list[0]?["numberOfHits"] == 2)
            #expect(list[0]?["lastUsage"] == "2026-01-01T00:00:02Z")
            #expect(try await broker.delete(String(path.prefix { $0 != "?" })).status == 204)
            try await ask()
            #expect(try await broker.get(path).json["numberOfHits"] == 2)
        }
    }

    @Test func `5.13.2: what is no @context is not hosted`() async throws {
        try await TestBroker.with { broker in
            #expect(try await broker.post("/jsonldContexts", #"{"a": 1}"#).problem == "InvalidRequest")
            let number = try await broker.post("/jsonldContexts", #"{"@context": 1}"#)
            #expect(number.problem == "BadRequestData")
            #expect(number.header("Location") == nil)
            #expect(try await broker.get("/jsonldContexts?kind=Other").problem == "BadRequestData")
            #expect(try await broker.get("/jsonldContexts").json == [])
        }
    }

    @Test func `5.13.2: a @context that would be too large to be used is not hosted`() async throws {
        try await TestBroker.with { broker in
            let name = String(repeating: "x", count: 1_000)
            let terms = (0..<2_200).map { #""t\#($0)": "https://example.org/\#(name)""# }
            let answer = try await broker.post(
                "/jsonldContexts", #"{"@context": {\#(terms.joined(separator: ", "))}}"#)

            #expect(answer.problem == "BadRequestData")
            #expect(answer.json["path"] == "/@context")
            #expect(try await broker.get("/jsonldContexts").json == [])
        }
    }

    @Test func `5.13.1: an inline @context gets an address for the Link of the answer`() async throws {
        try await TestBroker.with { broker in
            try await broker.post(
                "/entities", #"{"id": "urn:x:1", "type": "T", "https://example.org/temperature": 1}"#)
            let query =
                #"{"type": "Query", "entities": [{"type": "T"}], "@context": {"temperatura": "https://example.org/temperature"}}"#
            let answer = try await broker.post(
                "/entityOperations/query", query, ["Content-Type": "application/ld+json"])

            #expect(answer.json[0]?["temperatura"] != nil)
            let made = try await broker.get("/jsonldContexts?kind=ImplicitlyCreated").json
            #expect(made.array?.count == 1)
            #expect(answer.header("Link")?.hasPrefix("<\(made[0]?.string ?? "?")>") == true)
        }
    }
}
