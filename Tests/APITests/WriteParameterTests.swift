import JSON
import TestSupport
import Testing

/// What a write's parameters and its payload may say, as far as it is easily missed.
@Suite struct WriteParameterTests {
    private static let room = """
        {"id": "urn:x:1", "type": "Room", "t": {"type": "Property", "value": 1, "unitCode": "CEL"},
         "label": {"type": "LanguageProperty", "languageMap": {"en": "room", "fr": "salle"}},
         "owner": {"type": "Relationship", "object": "urn:x:o"}}
        """

    @Test func `5.6.17.3: a merge takes simplified values, which keep their attribute's type`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entities", Self.room)
            let values = #"{"t": 2, "owner": "urn:x:p", "label": "kamer"}"#

            for path in [
                "/entities/urn:x:1?format=simplified&lang=nl", "/entities/urn:x:1?options=keyValues&lang=nl",
            ] {
                #expect(try await broker.patch(path, values).status == 204)
            }
            let merged = try await broker.get("/entities/urn:x:1")
            #expect(merged.json["t"] == ["type": "Property", "value": 2, "unitCode": "CEL"])
            #expect(merged.json["owner"] == ["type": "Relationship", "object": "urn:x:p"])
            #expect(merged.json["label"]?["languageMap"]?["nl"] == "kamer")
            #expect(merged.json["label"]?["languageMap"]?["fr"] == "salle")
            #expect(merged.json["label"]?["value"] == nil)
            #expect(
                try await broker.patch("/entities/urn:x:1?format=concise", values).problem == "InvalidRequest"
            )
            #expect(
                try await broker.patch("/entities/urn:x:1/attrs?format=simplified", values).problem
                    == "InvalidRequest")
        }
    }

    @Test func `6.5.3.4: observedAt of a merge is that of the values it changes, and has to be a DateTime`()
        async throws
    {
        try await TestBroker.with { broker in
            try await broker.post(
                "/entities",
                #"{"id": "urn:x:1", "type": "Room", "t": {"value": 1, "observedAt": "2025-01-01T00:00:00Z"}, "u": 1}"#
            )

            let path = "/entities/urn:x:1?observedAt="
            #expect(
                try await broker.patch("\(path)2026-01-01T00:00:00Z", #"{"t": {"value": 2}}"#).status == 204)
            let merged = try await broker.get("/entities/urn:x:1")
            #expect(merged.json["t"]?["observedAt"] == "2026-01-01T00:00:00Z")
            #expect(merged.json["u"]?["observedAt"] == nil)
            // A comma is for requests alone (4.6.3).
            try await broker.patch("\(path)2026-01-01T00:00:00,5Z", #"{"t": {"value": 3}}"#)
            let read = try await broker.get("/entities/urn:x:1")
            #expect(read.json["t"]?["observedAt"] == "2026-01-01T00:00:00.5Z")
            #expect(
                try await broker.patch("\(path)yesterday", #"{"t": {"value": 2}}"#).problem
                    == "BadRequestData")
        }
    }

    @Test func `6.7.3.2: of several instances one is deleted, by its dataset, or all`() async throws {
        try await TestBroker.with { broker in
            try await broker.post(
                "/entities",
                #"{"id": "urn:x:1", "type": "T", "a": [{"value": 1}, {"value": 2, "datasetId": "urn:d:2"}, {"value": 3, "datasetId": "urn:d:3"}]}"#
            )

            let path = "/entities/urn:x:1/attrs/a"
            #expect(try await broker.delete("\(path)?datasetId=urn:d:9").status == 404)
            #expect(try await broker.delete("\(path)?datasetId=none").problem == "BadRequestData")
            #expect(try await broker.delete("\(path)?datasetId=urn:d:2").status == 204)
            #expect(
                try await broker.get("/entities/urn:x:1").json["a"]?.array?.map { $0["value"] } == [1, 3])
            #expect(try await broker.delete(path).status == 204)
            #expect(try await broker.get("/entities/urn:x:1").json["a"]?["value"] == 3)
            #expect(try await broker.delete(path).status == 404)
            #expect(try await broker.delete("\(path)?deleteAll=true").status == 204)
            #expect(try await broker.get("/entities/urn:x:1").json["a"] == nil)
        }
    }

    @Test func `6.16.3.1: a batch update with noOverwrite adds, and says what it left`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entities", Self.room)

            let answer = try await broker.post(
                "/entityOperations/update?options=noOverwrite", #"[{"id": "urn:x:1", "t": 9, "u": 1}]"#)
            #expect(answer.status == 207)
            #expect(answer.json["errors"]?[0]?["entityId"] == "urn:x:1")
            let read = try await broker.get("/entities/urn:x:1?options=keyValues")
            #expect(read.json["t"] == 1)
            #expect(read.json["u"] == 1)
            let new = try await broker.post(
                "/entityOperations/update?options=noOverwrite", #"[{"id": "urn:x:1", "v": 1}]"#)
            #expect(new.status == 204)
        }
    }

    @Test(arguments: [
        ("PATCH", "/entities/urn:x:1"), ("POST", "/entities/urn:x:1/attrs"),
    ])
    func `5.4: a fragment that names another entity is refused and changes nothing`(
        method: String, path: String
    ) async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entities", #"{"id": "urn:x:1", "type": "T", "a": 1}"#)
            func send(_ id: String) async throws -> TestAnswer {
                let body = #"{"id": "\#(id)", "a": 2}"#
                return method == "POST"
                    ? try await broker.post(path, body) : try await broker.patch(path, body)
            }

            let refused = try await send("urn:x:2")
            #expect(refused.status == 400)
            #expect(refused.json["path"] == "/id")
            #expect(try await broker.get("/entities/urn:x:1?options=keyValues").json["a"] == 1)
            #expect(try await send("urn:x:1").status == 204)
            #expect(try await broker.get("/entities/urn:x:2").status == 404)
        }
    }

    @Test func `5.2.2: what brokers write about an entity is ignored where clients send it`() async throws {
        try await TestBroker.with { broker in
            let old = "2001-01-01T00:00:00Z"
            try await broker.post(
                "/entities",
                #"{"id": "urn:x:1", "type": "T", "createdAt": "\#(old)", "modifiedAt": "\#(old)", "deletedAt": "\#(old)", "a": {"value": 1, "createdAt": "\#(old)", "modifiedAt": "\#(old)", "deletedAt": "\#(old)"}}"#
            )

            let read = try await broker.get("/entities/urn:x:1?options=sysAttrs")
            #expect(read.json["createdAt"] == "2026-01-01T00:00:00Z")
            #expect(read.json["a"]?["modifiedAt"] == "2026-01-01T00:00:00Z")
            #expect(!read.text.contains("2001"))
            #expect(!read.text.contains("deletedAt"))
        }
    }

    @Test func `4.5.2, 4.5.3, 4.7: what is said about values and places comes back`() async throws {
        try await TestBroker.with { broker in
            let square = #"{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}"#
            let created = try await broker.post(
                "/entities",
                #"{"id": "urn:x:1", "type": "T", "a": {"type": "Property", "value": "2026-01-01", "valueType": "https://schema.org/Date"}, "r": {"type": "Relationship", "object": ["urn:x:2", "urn:x:3"], "objectType": "Room"}, "observationSpace": \#(square), "operationSpace": {"type": "GeoProperty", "value": \#(square)}, "m": {"value": 1, "observedAt": "2026-01-01T00:00:00,123456Z"}}"#
            )
            #expect(created.status == 201)

            let read = try await broker.get("/entities/urn:x:1")
            #expect(read.json["a"]?["valueType"] != nil)
            #expect(read.json["r"]?["object"] == ["urn:x:2", "urn:x:3"])
            #expect(read.json["r"]?["objectType"] == "Room")
            #expect(read.json["observationSpace"]?["type"] == "GeoProperty")
            #expect(read.json["operationSpace"]?["value"]?["type"] == "Polygon")
            #expect(read.json["m"]?["observedAt"] == "2026-01-01T00:00:00.123456Z")
            let found = try await broker.get("/entities?type=T&q=m.observedAt%3E2026-01-01T00:00:00Z&pick=id")
            #expect(found.json == [["id": "urn:x:1"]])
            let digits =
                #"{"id": "urn:x:2", "type": "T", "m": {"value": 1, "observedAt": "2026-01-01T00:00:00.1234567Z"}}"#
            #expect(try await broker.post("/entities", digits).problem == "BadRequestData")
        }
    }

    @Test func `4.17, 4.9: types in a selection combine, and q may say which type it looks for`() async throws
    {
        try await TestBroker.with { broker in
            try await broker.post(
                "/entityOperations/create",
                #"""
                [{"id": "urn:x:1", "type": ["Room", "Lab"], "sensor": {"object": "urn:x:9"}},
                 {"id": "urn:x:2", "type": "Room"}, {"id": "urn:x:3", "type": "House"},
                 {"id": "urn:x:9", "type": "Device", "humidity": 40}]
                """#)
            func ids(_ query: String) async throws -> [JSONValue?]? {
                try await broker.get("/entities?\(query)&pick=id").json.array?.map { $0["id"] }
            }

            #expect(try await ids("type=Room,House") == ["urn:x:1", "urn:x:2", "urn:x:3"])
            #expect(try await ids("type=Room%3BLab") == ["urn:x:1"])
            #expect(try await ids("type=(Room%3BLab),House") == ["urn:x:1", "urn:x:3"])
            #expect(try await ids("type=Room&join=inline&q=sensor%7BDevice:humidity%7D%3E30") == ["urn:x:1"])
            #expect(try await ids("type=Room&join=inline&q=sensor%7BRoom:humidity%7D%3E30") == [])
        }
    }
}
