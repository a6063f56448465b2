import NGSILD
import Testing

@testable import Storage

/// The second half of a batch as data: mutations and locked rows in, rows to write and outcomes out.
@Suite struct WriteBatchTests {
    private let now = Timestamp(microseconds: 1_000_000)

    private func batch(
        _ mutations: [Mutation], on rows: [EntityKey: LockedRow] = [:], deleted: Set<TenantKey> = []
    ) -> WriteBatch {
        let keys = BatchKeys(mutations)
        return WriteBatch(
            mutations, keys: keys, rows: keys.sorted.map { rows[$0] }, at: now, deleted: deleted)
    }

    @Test func `mutations of one entity apply in order, and a refused one leaves the others alone`() {
        let batch = batch([.create(room), .create(room), .delete(room.id), .create(room)])

        #expect(batch.outcomes.map(\.kind) == [nil, .alreadyExists, nil, nil])
        #expect(batch.changes.inserts.keys.ids == ["urn:ngsi-ld:Room:1"])
        #expect(batch.changes.types.added.names == ["Room"])
        #expect(batch.changes.touches.keys.isEmpty && batch.changes.deletes.isEmpty)
    }

    @Test func `keys are locked once each, in the order of their bytes`() {
        let ids = ["urn:b", "urn:a", "urn:é", "urn:a", "urn:e\u{301}"]
        let mutations = ids.map { Mutation.delete(EntityID(stored: $0)) }

        let keys = BatchKeys(mutations)

        #expect(
            keys.sorted.map { Array($0.id.description.utf8) } == [
                Array("urn:a".utf8), Array("urn:b".utf8), Array("urn:e\u{301}".utf8), Array("urn:é".utf8),
            ])
        #expect(keys.ofMutation == [1, 0, 3, 0, 2])
    }

    @Test func `an update of attributes writes the document and no side table`() {
        let batch = batch([.set(room.id, to: 2, at: now)], on: [key(room): locked(room)])

        #expect(batch.changes.touches.keys.ids == ["urn:ngsi-ld:Room:1"])
        #expect(batch.changes.rewrites.keys.isEmpty)
        #expect(batch.changes.types.added.keys.isEmpty && batch.changes.geometries.put.keys.isEmpty)
        #expect(batch.changes.calls.count == 1)
    }

    @Test func `4.22: an expired entity is absent, and creating it anew rewrites its row`() {
        var old = room
        old.expiresAt = Timestamp(microseconds: 999_999)
        old.types = ["Room", "Cellar"]
        let batch = batch(
            [.set(room.id, to: 2, at: now), .create(room)], on: [key(room): locked(old)])

        #expect(batch.outcomes.map(\.kind) == [.resourceNotFound, nil])
        #expect((try? batch.outcomes[1].get())?.isNew == true)
        #expect(batch.changes.rewrites.keys.ids == ["urn:ngsi-ld:Room:1"])
        #expect(batch.changes.rewrites.expires == [nil])
        #expect(batch.changes.types.removed.names == ["Cellar"])
        #expect(batch.changes.inserts.keys.isEmpty && batch.changes.types.added.keys.isEmpty)
    }

    @Test func `4.22: an expired entity stays where a mutation was refused, and goes where one passed it by`()
    {
        var old = room
        old.expiresAt = now
        let refused = batch([.set(room.id, to: 2, at: now)], on: [key(room): locked(old)])
        let passed = batch([.touch(room.id)], on: [key(room): locked(old)])

        #expect(refused.changes.isEmpty)
        #expect(passed.changes.deletes.ids == ["urn:ngsi-ld:Room:1"])
        #expect(passed.changes.types.removed.names == ["Room"])
    }

    @Test func `what is left as it was is not written`() {
        let batch = batch([.touch(room.id)], on: [key(room): locked(room)])

        #expect(batch.outcomes.map(\.kind) == [nil])
        #expect(batch.changes.isEmpty && batch.changes.calls.isEmpty)
    }

    @Test func `a deleted tenant takes no writes`() {
        let batch = batch([.create(room)], deleted: [.default])

        #expect(batch.outcomes.map(\.kind) == [.nonexistentTenant])
        #expect(batch.changes.isEmpty)
    }

    @Test func `a geometry is written where it moved, and only there`() throws {
        let before = try entity(
            #"{"location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [1, 2]}}, "#
                + #""home": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [3, 4]}}, "#
                + #""work": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [5, 6]}}}"#)
        let after = try entity(
            #"{"location":{"type":"GeoProperty","value":{"type":"Point","coordinates":[1,3]}},"#
                + #""work":{"type":"GeoProperty","value":{"type":"Point","coordinates":[5,6]}}}"#, at: 7)
        let batch = batch([.put(after)], on: [key(before): locked(before)])

        #expect(batch.changes.geometries.put.attributes == ["location"])
        #expect(batch.changes.geometries.put.geoJSON == [#"{"type":"Point","coordinates":[1,3]}"#])
        #expect(batch.changes.geometries.removed.attributes == ["home"])
    }

    @Test func `names of types go to PostgreSQL whole, whatever they contain`() {
        var odd = room
        odd.types = [#"a"b\c,{d}"#, "한국"]
        let batch = batch([.create(odd)])

        #expect(batch.changes.inserts.types == [#"{"a\"b\\c,{d}","한국"}"#])
    }
}

extension Result where Failure == NGSILDError {
    fileprivate var kind: NGSILDError.Kind? {
        if case .failure(let error) = self { error.kind } else { nil }
    }
}
