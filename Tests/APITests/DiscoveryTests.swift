import JSON
import TestSupport
import Testing

@Suite struct DiscoveryTests {
    private static let entities = """
        [{"id": "urn:x:1", "type": "Room", "a": 1, "location": {"type": "Point", "coordinates": [1, 2]}},
         {"id": "urn:x:2", "type": ["Room", "Lab"], "a": {"type": "Relationship", "object": "urn:x:1"}, "scope": "/s"}]
        """

    @Test func `5.7.5, 5.7.7: the types of entities, with counts and attributes`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.entities)

            #expect(try await broker.get("/types/").json["typeList"] == ["Lab", "Room"])
            let details = try await broker.get("/types?details=true&count=true")
            #expect(details.header("NGSILD-Results-Count") == "2")
            #expect(details.json.array?.map { $0["attributeNames"] } == [["a"], ["a", "location"]])
            let room = try await broker.get("/types/Room")
            #expect(room.json["entityCount"] == 2)
            #expect(room.json["id"] == "https://uri.etsi.org/ngsi-ld/default-context/Room")
            #expect(room.json["attributeDetails"]?[0]?["attributeTypes"] == ["Property", "Relationship"])
            #expect(try await broker.get("/types/House").problem == "ResourceNotFound")
            #expect(try await broker.get("/types/Room?details=true").problem == "InvalidRequest")
        }
    }

    @Test func `5.7.8, 5.7.10: the attributes of entities, without the members of every entity`() async throws
    {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.entities)

            #expect(try await broker.get("/attributes").json["attributeList"] == ["a", "location"])
            let one = try await broker.get("/attributes/a")
            #expect(one.json["attributeCount"] == 2)
            #expect(one.json["typeNames"] == ["Lab", "Room"])
            #expect(one.json["@context"] == nil)
            for member in ["id", "type", "scope", "createdAt"] {
                #expect(try await broker.get("/attributes/\(member)").status == 404)
            }
        }
    }

    @Test func `5.6.21: a purge deletes what it finds, or attributes of it, and never by id alone`()
        async throws
    {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.entities)

            #expect(try await broker.delete("/entities?id=urn:x:1").problem == "BadRequestData")
            #expect(try await broker.delete("/entities?type=Room&keep=a&drop=a").status == 400)
            #expect(try await broker.delete("/entities?type=Room&keep=a").status == 204)
            #expect(try await broker.get("/attributes").json["attributeList"] == ["a"])
            #expect(try await broker.delete("/entities?type=Lab").status == 204)
            #expect(try await broker.get("/entities/urn:x:2").status == 404)
            #expect(try await broker.get("/entities/urn:x:1").status == 200)
        }
    }
}
