import JSON
import TestSupport
import Testing

@Suite struct VersionTests {
    private static let entities = """
        [{"id": "urn:x:plain", "type": "T", "p": {"type": "Property", "value": 1, "observedAt": "2026-01-01T00:00:00Z"}},
         {"id": "urn:x:vocab", "type": "T", "v": {"type": "VocabProperty", "vocab": "word"}}]
        """

    @Test func `4.3.6.8: an answer is a 203 where the version that was asked for changed it, and only there`()
        async throws
    {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.entities)
            func get(_ path: String, _ version: String) async throws -> TestAnswer {
                try await broker.get("/entities\(path)", ["Prefer": "ngsi-ld=\(version)"])
            }

            let vocab = try await get("/urn:x:vocab", "1.5")
            #expect(vocab.status == 203)
            #expect(vocab.header("Preference-Applied") == "ngsi-ld=1.5")
            #expect(vocab.json["v"] == ["type": "Property", "value": "word"])
            #expect(try await get("/urn:x:vocab", "1.8").status == 200)
            #expect(try await get("/urn:x:vocab?options=keyValues&pick=id", "1.0").status == 200)

            let plain = try await get("/urn:x:plain", "1.5")
            #expect(plain.status == 200)
            #expect(plain.header("Preference-Applied") == "ngsi-ld=1.5")
            let oldest = try await get("/urn:x:plain", "1.0")
            #expect(oldest.status == 203)
            #expect(oldest.json["p"] == ["type": "Property", "value": 1])

            #expect(try await get("?type=T", "1.5").status == 203)
            #expect(try await get("?type=T&attrs=p", "1.5").status == 200)
            let newer = try await get("?type=T", "2.0")
            #expect(newer.status == 200)
            #expect(newer.header("Preference-Applied") == "ngsi-ld=1.9")
        }
    }

    @Test func `6.3.6: discovery too says which version its answer is in, where it was asked for one`()
        async throws
    {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.entities)

            for path in ["/types", "/types?details=true", "/types/T", "/attributes", "/attributes/p"] {
                let answer = try await broker.get(path, ["Prefer": "ngsi-ld=1.5"])
                #expect(answer.status == 200)
                #expect(answer.header("Preference-Applied") == "ngsi-ld=1.5")
                #expect(try await broker.get(path).header("Preference-Applied") == nil)
            }
        }
    }
}
