import NGSILD
import Postgres
import TestInput
import Testing

@testable import Storage

@Suite(.serialized) struct ValueIndexTests {
    @Test(arguments: [RandomRun.chosenSeed, 3])
    func `4.9: with declared indexes the same entities match, after writes too`(seed: UInt64) async throws {
        var random = RandomEntities(random: SeededGenerator(seed: seed))
        let before = (0..<40).map { random.entity($0) }
        // Some change, some are new, some go.
        let written = (30..<60).map { random.entity($0) }
        // Few, so that queries take both ways.
        var budget = QueryBudget()
        budget.candidatesMax = 5
        try await QueryStore.with(before, budget: budget) { _, store in
            let indexes = ValueIndexes(pool: store.pool)
            for path in Self.paths { try await indexes.declare(type: "A", path: path, tenant: .default) }
            while try await indexes.step() {}
            for entity in written { _ = try await store.store.writes.submit(.put(Entity(entity))) }
            for number in 0..<5 {
                _ = try await store.store.writes.submit(.delete(EntityID(stored: "urn:e:\(number)")))
            }

            let all = before[5..<30] + written
            var queries = RandomQueries(random: SeededGenerator(seed: seed &+ 1))
            for _ in 0..<120 {
                let q = queries.filter()
                var query = try EntityQuery(
                    parameters: { ["type": "A", "q": q, "limit": "1000", "count": "true"][$0] },
                    context: .core)
                let judged = all.map { QueriedEntity($0, now: store.now) }
                let byID = Dictionary(uniqueKeysWithValues: judged.map { ($0.row.id, $0) })
                let expected = judged.filter { query.matches($0, linked: { byID[$0] }) }.map(\.row.id)

                let page = try await store.page(query)

                #expect(Set(page.rows.map(\.id)) == Set(expected), "seed \(seed): \(q)")
                #expect(page.count == expected.count, "seed \(seed): \(q)")
                query.page = Page(limit: 5)
                let part = try await store.page(query)
                #expect(part.rows.map(\.id) == Array(expected.sorted().prefix(5)), "seed \(seed): \(q)")
            }
        }
    }

    private static let paths = [
        AttributePath(names: ["a"]), AttributePath(names: ["b"]), AttributePath(names: ["c"], members: ["x"]),
        AttributePath(names: ["a", "observedAt"]), AttributePath(names: ["d"], members: ["*"]),
        AttributePath(names: ["d"], members: ["en"]), AttributePath(names: ["b", "c"]),
    ]

    @Test func `an index is used once it is full, and no more once it is dropped`() async throws {
        let entities = (0..<5).map { stored("urn:e:\($0)", #"{"a":{"type":"Property","value":\#($0)}}"#) }
        try await QueryStore.with(entities) { _, store in
            let indexes = ValueIndexes(pool: store.pool)
            let path = AttributePath(names: ["a"])
            let filter = try AttributeQuery("a==3", context: .core)

            try await indexes.declare(type: "T", path: path, tenant: .default)
            let unfilled = try await indexes.all(of: .default)
            while try await indexes.step() {}
            let filled = try await indexes.all(of: .default)
            try await indexes.drop(type: "T", path: path, tenant: .default)

            #expect(unfilled.map(\.isReady) == [false])
            #expect(filled.map(\.isReady) == [true])
            #expect(filled.first?.candidates(for: filter).count == 1)
            #expect(
                filled.first?.candidates(for: try AttributeQuery("a==3|b==1", context: .core)).isEmpty == true
            )
            let left = try await indexes.all(of: .default)
            #expect(left.isEmpty)
            let rows = try await store.store.texts("SELECT count(*)::text FROM entity_value WHERE number = 3")
            #expect(rows == ["1"])
        }
    }

    @Test func `what cannot be indexed is refused, and so is the same index again`() async throws {
        try await QueryStore.with([]) { _, store in
            let indexes = ValueIndexes(pool: store.pool)
            let path = AttributePath(names: ["a"])
            try await indexes.declare(type: "T", path: path, tenant: .default)

            await #expect(throws: NGSILDError.self) {
                try await indexes.declare(type: "T", path: path, tenant: .default)
            }
            await #expect(throws: NGSILDError.self) {
                try await indexes.declare(
                    type: "T", path: AttributePath(names: ["a", "modifiedAt"]), tenant: .default)
            }
            await #expect(throws: NGSILDError.self) {
                try await indexes.drop(type: "T", path: AttributePath(names: ["b"]), tenant: .default)
            }
        }
    }
}
