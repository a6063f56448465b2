import JSON
import TestSupport
import Testing

@Suite struct OverloadTests {
    private static let text = String(repeating: "x", count: 3_000)

    /// Two of the entities below may wait.
    private static var settings: TestBroker.Settings {
        var settings = TestBroker.Settings()
        settings.writeQueueBytes = 9_000
        return settings
    }

    private static func entity(_ number: Int, _ text: String = text) -> String {
        #"{"id": "urn:x:\#(number)", "type": "T", "a": "\#(text)"}"#
    }

    @Test func `5.5.6: writes wait by their bytes, and what is beyond is told to come again`() async throws {
        try await TestBroker.with(Self.settings) { broker in
            // The three tasks run on the broker's own worker, which the compiler does not see.
            nonisolated(unsafe) let broker = broker
            @Sendable func create(_ number: Int) async throws -> (Int, String?, String) {
                let answer = try await broker.post("/entities", Self.entity(number))
                return (answer.status, answer.header("Retry-After"), answer.text)
            }
            async let first = create(1)
            async let second = create(2)
            async let third = create(3)
            let answers = try await [first, second, third]

            #expect(answers.map(\.0) == [201, 201, 503])
            #expect(answers[2].1 == "1")
            #expect(answers[2].2.contains("nothing was stored"))
            #expect(answers[0].1 == nil)
            #expect(try await broker.get("/entities/urn:x:3").status == 404)
            #expect(try await create(3).0 == 201)
        }
    }

    @Test func `5.5.11: of a batch, each entity waits by its own share of the payload`() async throws {
        try await TestBroker.with(Self.settings) { broker in
            let large = (1...4).map { Self.entity($0) }.joined(separator: ",")
            let small = (5...8).map { Self.entity($0, "x") }.joined(separator: ",")

            let partly = try await broker.post("/entityOperations/create", "[\(large)]")
            #expect(partly.status == 207)
            #expect(partly.json["success"] == ["urn:x:1", "urn:x:2"])
            #expect(partly.json["errors"]?.array?.map { $0["error"]?["status"] } == [503, 503])
            #expect(try await broker.post("/entityOperations/create", "[\(small)]").status == 201)
            #expect(try await broker.get("/entities/urn:x:4").status == 404)
        }
    }
}
