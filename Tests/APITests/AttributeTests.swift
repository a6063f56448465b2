import JSON
import TestSupport
import Testing

@Suite struct AttributeTests {
    private static let room =
        #"{"id": "urn:x:1", "type": "Room", "t": {"type": "Property", "value": 1, "unitCode": "CEL"}}"#

    @Test func `5.6.3: noOverwrite leaves what is there and says so in full names`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entities", Self.room)

            let answer = try await broker.post(
                "/entities/urn:x:1/attrs?options=noOverwrite", #"{"t": 2, "u": 3}"#)
            #expect(answer.status == 207)
            #expect(answer.json["updated"] == ["https://uri.etsi.org/ngsi-ld/default-context/u"])
            let left = answer.json["notUpdated"]?[0]
            #expect(left?["attributeName"] == "https://uri.etsi.org/ngsi-ld/default-context/t")
            let read = try await broker.get("/entities/urn:x:1?options=keyValues")
            #expect(read.json["t"] == 1)
            #expect(read.json["u"] == 3)
            #expect(try await broker.post("/entities/urn:x:1/attrs", #"{"t": 2}"#).status == 204)
            #expect(try await broker.get("/entities/urn:x:1").json["t"]?["unitCode"] == nil)
        }
    }

    @Test func `5.6.4: a partial update keeps the members that it does not name`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entities", Self.room)

            #expect(try await broker.patch("/entities/urn:x:1/attrs/t", #"{"value": 5}"#).status == 204)
            let read = try await broker.get("/entities/urn:x:1")
            #expect(read.json["t"]?["value"] == 5)
            #expect(read.json["t"]?["unitCode"] == "CEL")
            #expect(try await broker.patch("/entities/urn:x:1/attrs/no", #"{"value": 5}"#).status == 404)
            #expect(try await broker.patch("/entities/urn:x:1/attrs/scope", #"{"value": 5}"#).status == 400)
            #expect(try await broker.patch("/entities/urn:x:1/attrs/type", #"{"value": 5}"#).status == 400)
            let expiry = try await broker.delete("/entities/urn:x:1/attrs/expiresAt")
            #expect(expiry.problem == "BadRequestData")
            #expect(expiry.text.contains("urn:ngsi-ld:null"))
            #expect(try await broker.patch("/entities/urn:x:2/attrs/t", #"{"value": 5}"#).status == 404)
        }
    }

    @Test(arguments: ["", "?options=sysAttrs", "?lang=en"])
    func `4.5.5.1: the only instance of a sub-attribute is no array, though it has a datasetId`(
        parameters: String
    ) async throws {
        try await TestBroker.with { broker in
            try await broker.post(
                "/entities",
                #"{"id": "urn:x:1", "type": "Room", "t": {"value": 1, "s": [{"value": 2, "datasetId": "urn:d:1"}]}}"#
            )

            let read = try await broker.get("/entities/urn:x:1\(parameters)")
            #expect(read.json["t"]?["s"]?["value"] == 2)
            #expect(read.json["t"]?["s"]?["datasetId"] == "urn:d:1")
            #expect(try await broker.get("/entities?type=Room&q=t.s==2").json[0] != nil)
        }
    }

    @Test func `5.6.5, 5.6.6: what is deleted is gone, and a type that differs protects it`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entities", Self.room)

            #expect(try await broker.delete("/entities/urn:x:1/attrs/t?type=House").status == 404)
            #expect(try await broker.delete("/entities/urn:x:1?type=House").status == 404)
            let deleted = try await broker.delete("/entities/urn:x:1/attrs/t")
            #expect(deleted.status == 204)
            #expect(deleted.body.isEmpty)
            #expect(try await broker.get("/entities/urn:x:1").json["t"] == nil)
            #expect(try await broker.delete("/entities/urn:x:1?type=Room").status == 204)
            #expect(try await broker.delete("/entities/urn:x:1").problem == "ResourceNotFound")
        }
    }

    @Test func `5.6.17: a merge goes into values, and the null removes`() async throws {
        try await TestBroker.with { broker in
            try await broker.post(
                "/entities", #"{"id": "urn:x:1", "type": "T", "a": {"value": {"b": 1, "c": 2}}, "d": 1}"#)

            let merged = try await broker.patch(
                "/entities/urn:x:1",
                #"{"a": {"value": {"b": "urn:ngsi-ld:null", "e": 3}}, "d": "urn:ngsi-ld:null"}"#)
            #expect(merged.status == 204)
            let read = try await broker.get("/entities/urn:x:1?format=simplified")
            #expect(read.json["a"] == ["c": 2, "e": 3])
            #expect(read.json["d"] == nil)
        }
    }
}
