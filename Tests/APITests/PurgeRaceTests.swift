import TestSupport
import Testing

@Suite struct PurgeRaceTests {
    @Test func `5.6.21: what an acknowledged write has taken out of a purge's reach stays`() async throws {
        try await TestBroker.with { broker in
            // Both tasks run on the broker's own worker, which the compiler does not see.
            nonisolated(unsafe) let broker = broker
            let ids = (0..<100).map { "urn:x:\($0)" }
            for id in ids { try await broker.post("/entities", #"{"id": "\#(id)", "type": "T", "a": 1}"#) }

            async let purged = broker.delete("/entities?type=T&q=a==1").status
            var changed: [String] = []
            for id in ids.reversed() {
                let answer = try await broker.patch("/entities/\(id)/attrs", #"{"a": 2}"#)
                if answer.status == 204 { changed.append(id) }
            }

            #expect(try await purged == 204)
            for id in changed { #expect(try await broker.get("/entities/\(id)").status == 200, "\(id)") }
            #expect(try await broker.get("/entities?type=T&q=a==1").text == "[]")
        }
    }
}
