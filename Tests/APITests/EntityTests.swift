import JSON
import TestSupport
import Testing

@Suite struct EntityTests {
    @Test func `5.6.1: an entity is created once, and read back as it was sent`() async throws {
        try await TestBroker.with { broker in
            let room =
                #"{"id": "urn:ngsi-ld:Room:1", "type": "Room", "temperature": {"type": "Property", "value": 21.50}}"#
            let created = try await broker.post("/entities", room)
            let again = try await broker.post("/entities", room)
            let read = try await broker.get("/entities/urn:ngsi-ld:Room:1")

            #expect(created.status == 201)
            #expect(created.header("Location") == "/ngsi-ld/v1/entities/urn:ngsi-ld:Room:1")
            #expect(created.body.isEmpty)
            #expect(again.status == 409)
            #expect(again.problem == "AlreadyExists")
            #expect(read.status == 200)
            #expect(read.header("Content-Type") == "application/json")
            #expect(read.json["temperature"]?["value"]?.number?.text == "21.50")
            #expect(read.json["createdAt"] == nil)
            #expect(read.json["@context"] == nil)
        }
    }
}
