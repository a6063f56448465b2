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

    @Test func `5.5.3: a problem lists all faults of the payload, where there are several`() async throws {
        try await TestBroker.with { broker in
            let one = try await broker.post("/entities", #"{"id": "urn:a:1", "type": "T", "a": null}"#)
            let two = try await broker.post("/entities", #"{"id": "urn:a:1", "type": "", "a": null}"#)
            let batch = try await broker.post(
                "/entityOperations/create", #"[{"id": "urn:a:1", "type": "", "a": null}]"#)

            let faults: JSONValue = [
                [
                    "path": "/type",
                    "detail": "the type \"\" is not a letter followed by letters, digits and _ (4.6.2)",
                ],
                ["path": "/a", "detail": "the attribute a is null; leave it out"],
            ]
            #expect(one.status == 400 && two.status == 400 && batch.status == 207)
            #expect(one.json["path"] == "/a")
            #expect(one.json["faults"] == nil)
            #expect(two.json["path"] == "/type")
            #expect(two.json["faults"] == faults)
            let paths = batch.json["errors"]?.array?.first?["error"]?["faults"]?.array?.map { $0["path"] }
            #expect(paths == ["/0/type", "/0/a"])
            #expect(try await broker.get("/entities/urn:a:1").status == 404)
        }
    }
}
