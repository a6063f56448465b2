import JSON
import TestSupport
import Testing

@Suite struct QueryTests {
    private static let rooms = """
        [{"id": "urn:ngsi-ld:Room:1", "type": "Room", "floor": {"type": "Property", "value": 1}},
         {"id": "urn:ngsi-ld:Room:2", "type": "Room", "floor": {"type": "Property", "value": 2}},
         {"id": "urn:ngsi-ld:Room:3", "type": "Room", "floor": {"type": "Property", "value": 3}},
         {"id": "urn:ngsi-ld:House:1", "type": "House"}]
        """

    @Test func `5.7.2: entities are found by type, id and q, and other types stay away`() async throws {
        try await TestBroker.with { broker in
            let created = try await broker.post("/entityOperations/create", Self.rooms)
            #expect(created.status == 201)
            #expect(created.json.array?.count == 4)

            let rooms = try await broker.get("/entities/?type=Room&options=keyValues")
            #expect(rooms.status == 200)
            #expect(rooms.json.array?.map { $0["floor"]?.number?.integer } == [1, 2, 3])
            let high = try await broker.get("/entities?type=Room&q=floor%3E1")
            #expect(high.json.array?.map { $0["id"] } == ["urn:ngsi-ld:Room:2", "urn:ngsi-ld:Room:3"])
            let one = try await broker.get("/entities?type=Room&id=urn:ngsi-ld:Room:2,urn:ngsi-ld:House:1")
            #expect(one.json.array?.map { $0["id"] } == ["urn:ngsi-ld:Room:2"])
        }
    }

    @Test func `6.3.10, 6.3.13: a page says how many there are and where the others are`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.rooms)

            let middle = try await broker.get("/entities?type=Room&limit=1&offset=1&count=true")
            #expect(middle.header("NGSILD-Results-Count") == "3")
            let link = middle.header("Link") ?? ""
            #expect(
                link.contains(
                    #"</ngsi-ld/v1/entities?count=true&limit=1&offset=2&type=Room>;rel="next";type="application/json""#
                ))
            #expect(
                link.contains(
                    #"</ngsi-ld/v1/entities?count=true&limit=1&offset=0&type=Room>;rel="prev";type="application/json""#
                ))
            let none = try await broker.get("/entities?type=Room&limit=0&count=true")
            #expect(none.text == "[]")
            #expect(none.header("Link")?.contains("rel=\"next\"") == false)
            let uncounted = try await broker.get("/entities?type=Room&limit=0")
            #expect(uncounted.problem == "BadRequestData")
        }
    }

    @Test func `5.7.2.4: a query that is too wide is refused, and says what helps`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.rooms)

            let wide = try await broker.get("/entities?idPattern=Room")
            #expect(wide.status == 400)
            #expect(wide.problem == "BadRequestData")
            #expect(wide.json["detail"]?.string?.contains("local=true or type=*") == true)
            #expect(try await broker.get("/entities?type=*").json.array?.count == 4)
            #expect(try await broker.get("/entities?type=*&local=false").status == 400)
            #expect(try await broker.get("/entities?idPattern=Room&local=true").json.array?.count == 3)
        }
    }

    @Test func `5.7.2.4, 5.6.21.4: where ids are to be enough, they are for queries, and never for a purge`()
        async throws
    {
        var settings = TestBroker.Settings()
        settings.queriesByIDAreLocal = true
        try await TestBroker.with(settings) { broker in
            try await broker.post("/entityOperations/create", Self.rooms)

            #expect(try await broker.get("/entities?idPattern=Room").json.array?.count == 3)
            let one = try await broker.get("/entities?id=urn:ngsi-ld:Room:2")
            #expect(one.json.array?.map { $0["id"] } == ["urn:ngsi-ld:Room:2"])
            #expect(try await broker.get("/entities").problem == "BadRequestData")
            #expect(try await broker.get("/entities?attrs=createdAt").problem == "BadRequestData")
            #expect(try await broker.delete("/entities?idPattern=.*").problem == "BadRequestData")
            #expect(try await broker.delete("/entities?id=urn:ngsi-ld:Room:2").problem == "BadRequestData")
            #expect(try await broker.get("/entities?type=*").json.array?.count == 4)
        }
    }

    @Test func `6.3.20: a parameter that nobody knows is refused, with those that are known`() async throws {
        try await TestBroker.with { broker in
            let answer = try await broker.get("/entities?type=Room&limt=3")

            #expect(answer.status == 400)
            #expect(answer.problem == "InvalidRequest")
            #expect(answer.json["detail"]?.string?.contains("limit") == true)
            #expect(answer.json["title"] != answer.json["detail"])
            #expect(answer.header("Link") == nil)
        }
    }

    @Test func `6.23: a query by POST is the body, its form and paging are parameters`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.rooms)

            let answer = try await broker.post(
                "/entityOperations/query?limit=1&count=true",
                #"{"type": "Query", "entities": [{"type": "Room"}, {"type": "House"}], "q": "floor>=2", "attrs": ["floor"]}"#
            )
            #expect(answer.status == 200)
            #expect(answer.json.array?.count == 1)
            #expect(answer.header("NGSILD-Results-Count") == "2")
            let untyped = try await broker.post(
                "/entityOperations/query", #"{"type": "Query", "entities": [{"id": "urn:ngsi-ld:Room:1"}]}"#)
            #expect(untyped.problem == "BadRequestData")
        }
    }
}
