import JSON
import TestSupport
import Testing

@Suite struct CommonTests {
    @Test func `6.3.4: what the head shows to be wrong is refused by it, without a word`() async throws {
        try await TestBroker.with { broker in
            let typed = try await broker.post("/entities", "{}", ["Content-Type": "text/plain"])
            #expect(typed.status == 415)
            #expect(typed.body.isEmpty)
            let patch = try await broker.post(
                "/entities", "{}", ["Content-Type": "application/merge-patch+json"])
            #expect(patch.status == 415)
            let long = try await broker.send("POST", "/entities", nil, ["Content-Type": "application/json"])
            #expect(long.status == 411)
            #expect(long.body.isEmpty)
            #expect(long.header("Content-Type") == nil)
        }
    }

    @Test(arguments: [
        ("*/*", "application/json"),
        ("application/ld+json;q=0.5, application/json;q=0.4", "application/ld+json"),
        ("text/html, application/*;q=0.1", "application/json"),
        ("application/json;q=0, */*", "application/ld+json"),
        ("application/geo+json", "application/geo+json"), ("application/json;q=oops", "application/json"),
    ])
    func `6.3.4: the representation follows the weights, then the list's order`(
        accept: String, type: String
    ) async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entities", #"{"id": "urn:x:1", "type": "T"}"#)

            let answer = try await broker.get("/entities/urn:x:1", ["Accept": accept])
            #expect(answer.header("Content-Type") == type)
            let refused = try await broker.get("/entities/urn:x:1", ["Accept": "text/html"])
            #expect(refused.status == 406)
            #expect(refused.text.contains("application/ld+json"))
            #expect(try await broker.get("/types", ["Accept": "application/geo+json"]).status == 406)
        }
    }

    @Test func `5.5.15, 6.3.22: what is meant for a snapshot is not done to the current state`() async throws
    {
        try await TestBroker.with { broker in
            try await broker.post("/entities", #"{"id": "urn:x:1", "type": "T"}"#)
            let snapshot = ["NGSILD-Snapshot": "urn:ngsi-ld:Snapshot:1"]

            let read = try await broker.get("/entities/urn:x:1", snapshot)
            #expect(read.status == 422)
            #expect(read.problem == "OperationNotSupported")
            #expect(read.json["path"] == "NGSILD-Snapshot")
            #expect(try await broker.delete("/entities/urn:x:1", snapshot).status == 422)
            #expect(try await broker.get("/entities/urn:x:1").status == 200)
        }
    }

    @Test func `6.2: paths are split before they are decoded, and a slash at the end changes nothing`()
        async throws
    {
        try await TestBroker.with { broker in
            let created = try await broker.post("/entities/", #"{"id": "http://x.org/a?b", "type": "T"}"#)
            #expect(created.header("Location") == "/ngsi-ld/v1/entities/http:%2F%2Fx.org%2Fa%3Fb")
            #expect(
                try await broker.get("/entities/http%3A%2F%2Fx.org%2Fa%3Fb").json["id"] == "http://x.org/a?b")
            #expect(try await broker.get("/entities/?type=T").json.array?.count == 1)
            #expect(try await broker.get("/entities/urn:x:%zz").problem == "InvalidRequest")
            #expect(try await broker.get("/entities/urn:x:%00").problem == "InvalidRequest")
            #expect(try await broker.get("/entities/no-uri").problem == "BadRequestData")
            #expect(try await broker.get("/nothing").status == 404)
        }
    }

    @Test(arguments: [
        ("DELETE", "/entities//attrs/x", 400), ("DELETE", "/entities/urn:x:1/attrs/", 405),
        ("PATCH", "/entities/", 400), ("PUT", "/entities/", 400),
        ("DELETE", "/entities/urn:x:1/attrs/%2e%2e", 400),
        ("DELETE", "/entities/urn:x:1/attrs/%252e%252e", 400),
        ("PUT", "/types", 405),
    ])
    func `6.2: a path that lacks a part, or a method that a resource lacks, is told apart`(
        method: String, path: String, status: Int
    ) async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entities", #"{"id": "urn:x:1", "type": "T", "x": 1}"#)

            let answer = try await broker.send(method, path, method == "DELETE" ? nil : "{}", [:])
            #expect(answer.status == status)
            #expect((answer.header("Allow") == nil) == (status == 400))
            #expect(try await broker.get("/entities/urn:x:1").json["x"] != nil)
        }
    }

    @Test func `6.3.2: Allow lists what the resource answers, HEAD too where it answers GET`() async throws {
        try await TestBroker.with { broker in
            let types = try await broker.send("PUT", "/types", "{}", [:])
            #expect(types.header("Allow") == "GET, HEAD")
            let query = try await broker.get("/entityOperations/query")
            #expect(query.header("Allow") == "POST")
        }
    }

    @Test func `5.5.10, 6.3.14: a tenant sees its own entities alone, and each answer names it`() async throws
    {
        try await TestBroker.with { broker in
            let city = ["NGSILD-Tenant": "city"]
            let before = try await broker.get("/entities?type=T", city)
            #expect(before.status == 404)
            #expect(before.problem == "NonexistentTenant")
            #expect(before.header("NGSILD-Tenant") == "city")
            let created = try await broker.post("/entities", #"{"id": "urn:x:1", "type": "T"}"#, city)
            #expect(created.status == 201)
            #expect(created.header("NGSILD-Tenant") == "city")

            #expect(try await broker.get("/entities/urn:x:1", city).status == 200)
            #expect(try await broker.get("/entities/urn:x:1").status == 404)
            #expect(try await broker.get("/types", city).json["typeList"] == ["T"])
            #expect(try await broker.get("/types").json["typeList"] == [])
            #expect(try await broker.get("/types", ["NGSILD-Tenant": "a b"]).problem == "BadRequestData")
        }
    }

    @Test func `5.15: each tenant of the hub has an identity of its own`() async throws {
        try await TestBroker.with { broker in
            let own = try await broker.get("/info/sourceIdentity")
            let other = try await broker.get("/info/sourceIdentity", ["NGSILD-Tenant": "never-used"])

            #expect(own.json["type"] == "ContextSourceIdentity")
            #expect(own.json["contextSourceUptime"] == "PT0S")
            #expect(other.status == 200)
            #expect(own.json["contextSourceAlias"] != other.json["contextSourceAlias"])
        }
    }
}
