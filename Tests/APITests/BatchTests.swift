import JSON
import TestSupport
import Testing

@Suite struct BatchTests {
    @Test func `5.6.7: of two entities with one id the first is created, the second is an error`()
        async throws
    {
        try await TestBroker.with { broker in
            let answer = try await broker.post(
                "/entityOperations/create",
                #"[{"id": "urn:x:1", "type": "T", "a": 1}, {"id": "urn:x:1", "type": "T", "a": 2}, {"id": "urn:x:2"}]"#
            )

            #expect(answer.status == 207)
            #expect(answer.header("Content-Type") == "application/json")
            #expect(answer.json["success"] == ["urn:x:1"])
            let errors = answer.json["errors"]?.array ?? []
            #expect(errors.map { $0["entityId"] } == ["urn:x:2", "urn:x:1"])
            #expect(errors.map { $0["error"]?["status"] } == [400, 409])
            #expect(try await broker.get("/entities/urn:x:1?options=keyValues").json["a"] == 1)
            #expect(try await broker.get("/entities/urn:x:2").status == 404)
        }
    }

    @Test func `5.6.8: an upsert names the new ones, replaces by default, and updates where asked`()
        async throws
    {
        try await TestBroker.with { broker in
            let path = "/entityOperations/upsert"
            let first = try await broker.post(path, #"[{"id": "urn:x:1", "type": "T", "a": 1, "b": 1}]"#)
            #expect(first.status == 201)
            #expect(first.json == ["urn:x:1"])
            let update = try await broker.post(
                "\(path)?options=update", #"[{"id": "urn:x:1", "type": "T", "a": 2}]"#)
            #expect(update.status == 204)
            #expect(update.body.isEmpty)
            #expect(try await broker.get("/entities/urn:x:1?options=keyValues").json["b"] == 1)
            try await broker.post(path, #"[{"id": "urn:x:1", "type": "T", "a": 3}]"#)
            #expect(try await broker.get("/entities/urn:x:1?options=keyValues").json["b"] == nil)
            #expect(try await broker.post("\(path)?options=merge", "[]").problem == "InvalidRequest")
        }
    }

    @Test func `5.6.10: what is not there to be deleted is an error among the successes`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entities", #"{"id": "urn:x:1", "type": "T"}"#)

            let answer = try await broker.post("/entityOperations/delete", #"["urn:x:1", "urn:x:2"]"#)
            #expect(answer.status == 207)
            #expect(answer.json["success"] == ["urn:x:1"])
            #expect(answer.json["errors"]?[0]?["entityId"] == "urn:x:2")
            #expect(try await broker.get("/entities/urn:x:1").status == 404)
        }
    }

    @Test func `5.6.8, 5.6.2.4: an upsert that updates ignores a scope that the entity has not`() async throws
    {
        try await TestBroker.with { broker in
            try await broker.post("/entities", #"{"id": "urn:x:1", "type": "T", "a": 1}"#)

            let answer = try await broker.post(
                "/entityOperations/upsert?options=update",
                #"[{"id": "urn:x:1", "type": "T", "scope": "/A", "a": 2}]"#)
            #expect(answer.status == 204)
            let read = try await broker.get("/entities/urn:x:1?options=keyValues")
            #expect(read.json["a"] == 2)
            #expect(read.json["scope"] == nil)
        }
    }

    @Test(arguments: ["create", "upsert"])
    func `5.5.10: a batch of which nothing can be read makes no tenant`(operation: String) async throws {
        try await TestBroker.with { broker in
            let city = ["NGSILD-Tenant": "city"]

            let refused = try await broker.post(
                "/entityOperations/\(operation)", #"[{"id": "x"}]"#, city)
            #expect(refused.status == 207)
            #expect(try await broker.get("/types", city).problem == "NonexistentTenant")
            let whole = #"[{"id": "x"}, {"id": "urn:x:1", "type": "T"}]"#
            #expect(try await broker.post("/entityOperations/\(operation)", whole, city).status == 207)
            #expect(try await broker.get("/entities/urn:x:1", city).status == 200)
        }
    }

    @Test(arguments: ["[]", "{}", "[null]", #"[{"id": "urn:x:1", "type": "T"}, 3]"#])
    func `5.6.7: a batch that is none is refused as a whole`(body: String) async throws {
        try await TestBroker.with { broker in
            let answer = try await broker.post("/entityOperations/create", body)
            #expect(answer.status == 400)
            #expect(answer.problem == "BadRequestData")
            #expect(try await broker.get("/entities/urn:x:1").status == 404)
        }
    }
}
