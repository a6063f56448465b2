import NGSILD
import Networking
import Postgres
import Testing
import TestSupport

@testable import Storage

@Suite struct EntityStoreTests {
    @Test func `an entity is read as it was stored, and not by another tenant`() async throws {
        try await TestStore.with { store, worker in
            var seen = try entity(#"{"count": {"type": "Property", "value": 5.0, "unitCode": "°C"}}"#)
            seen.scopes = ["/a", "/b"]
            seen.expiresAt = Timestamp(microseconds: 2_000_000)
            _ = try await store.writes.submit(.create(seen))
            let points = PointLane(store.database, on: worker.reactor)
            points.open()
            defer { points.close() }
            let entities = EntityStore(points: points)

            let read = try await entities.entity(room.id, tenant: .default, at: store.clock.now)
            let elsewhere = try await entities.entity(room.id, tenant: TenantKey(2), at: store.clock.now)
            let expired = try await entities.entity(
                room.id, tenant: .default, at: Timestamp(microseconds: 2_000_000))

            #expect(read?.id == "urn:ngsi-ld:Room:1")
            #expect(read?.types == ["Room"] && read?.scopes == ["/a", "/b"])
            #expect(read?.createdAt == seen.createdAt && read?.modifiedAt == seen.modifiedAt)
            #expect(read?.expiresAt == seen.expiresAt)
            #expect(
                read?.document
                    == Array(
                        "{\n\"count\":{\"type\":\"Property\",\"value\":5.0,\"unitCode\":\"°C\"} \n}".utf8))
            #expect(elsewhere == nil && expired == nil)
        }
    }

    @Test func `of several ids those are read that are there`() async throws {
        try await TestStore.with { store, worker in
            _ = await store.writes.submit((1...3).map { .create(makeRoom("urn:ngsi-ld:Room:\($0)")) })
            let points = PointLane(store.database, on: worker.reactor)
            points.open()
            defer { points.close() }
            let ids = [2, 3, 4].map { EntityID(stored: "urn:ngsi-ld:Room:\($0)") }

            let read = try await EntityStore(points: points).entities(
                ids, tenant: .default, at: store.clock.now)

            #expect(read.map(\.id).sorted() == ["urn:ngsi-ld:Room:2", "urn:ngsi-ld:Room:3"])
        }
    }
}
