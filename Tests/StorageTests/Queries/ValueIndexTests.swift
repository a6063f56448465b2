import NGSILD
import TestInput
import Testing

@testable import Storage

@Suite(.serialized) struct ValueIndexTests {
    @Test(arguments: [RandomRun.chosenSeed, 3])
    func `4.9: with declared indexes the same entities match, after writes too`(seed: UInt64) async throws {
        try await withWrittenEntities(seed: seed) { store, all in
            var queries = RandomQueries(random: SeededGenerator(seed: seed &+ 1))
            let judged = all.map { QueriedEntity($0, now: store.now) }
            let byID = Dictionary(uniqueKeysWithValues: judged.map { ($0.row.id, $0) })
            for _ in 0..<150 {
                let q = queries.filter()
                var query = try EntityQuery(
                    parameters: { ["type": "A", "q": q, "limit": "1000", "count": "true"][$0] },
                    context: .core)
                let expected = judged.filter { query.matches($0, linked: { byID[$0] }) }.map(\.row.id)

                let page = try await store.page(query)

                #expect(Set(page.rows.map(\.id)) == Set(expected), "seed \(seed): \(q)")
                #expect(page.count == expected.count, "seed \(seed): \(q)")
                query.page = Page(limit: 5)
                let part = try await store.page(query)
                #expect(part.rows.map(\.id) == Array(expected.sorted().prefix(5)), "seed \(seed): \(q)")
                #expect(part.hasMore == (expected.count > 5), "seed \(seed): \(q)")
            }
        }
    }

    @Test(arguments: [RandomRun.chosenSeed, 4])
    func `4.23.2: the order with an index is the one without, page after page`(seed: UInt64) async throws {
        try await withWrittenEntities(seed: seed) { store, _ in
            // An index of another type is used by no query.
            let bare = EntityQueries(pool: store.pool, points: store.points, indexes: ValueIndexDirectory())
            for path in Self.paths.map(\.text) {
                for direction in ["asc", "desc"] {
                    for q in [nil, "a", #"b!="Kia""#, "a~=\"[[:alpha:]]\""] {
                        let parameters = [
                            "type": "A", "q": q, "orderBy": "\(path);\(direction)", "limit": "7",
                        ]
                        var query = try EntityQuery(parameters: { parameters[$0] ?? nil }, context: .core)
                        query.page.limit = 1_000
                        let expected = try await bare.page(query, tenant: .default, at: store.now).rows.map(
                            \.id)
                        query.page.limit = 7
                        var byKey: [String] = []
                        var byOffset: [String] = []
                        var page: EntityPage
                        repeat {
                            page = try await store.page(query)
                            byKey += page.rows.map(\.id)
                            query.page.after = page.next
                        } while page.hasMore && page.next != nil
                        #expect(byKey == expected, "seed \(seed): \(parameters)")
                        // What has expired and is not swept yet counts among those that an offset skips.
                        guard q == nil else { continue }
                        query.page.after = nil
                        repeat {
                            page = try await store.page(query)
                            byOffset += page.rows.map(\.id)
                            query.page.offset += 7
                        } while page.hasMore

                        #expect(byOffset == expected, "seed \(seed): \(parameters)")
                    }
                }
            }
        }
    }

    /// Entities of a few names and values with indexes on them, some written after they were filled.
    private func withWrittenEntities(
        seed: UInt64, _ body: @escaping @Sendable (QueryStore, [StoredEntity]) async throws -> Void
    ) async throws {
        var random = RandomEntities(random: SeededGenerator(seed: seed))
        let before = (0..<40).map { random.entity($0) }
        // Some change, some are new, some go.
        let written = (30..<60).map { random.entity($0) }
        // Few, so that queries take all ways.
        var budget = QueryBudget()
        budget.candidatesMax = 5
        budget.batchRows = 4
        try await QueryStore.with(before, budget: budget) { _, store in
            for path in Self.paths {
                _ = try await store.indexes.declare(type: "A", path: path, tenant: .default)
            }
            while try await store.indexes.keep() {}
            for entity in written { _ = try await store.store.writes.submit(.put(Entity(entity))) }
            for number in 0..<5 {
                _ = try await store.store.writes.submit(.delete(EntityID(stored: "urn:e:\(number)")))
            }
            try await body(store, before[5..<30] + written)
        }
    }

    private static let paths = [
        AttributePath(names: ["a"]), AttributePath(names: ["b"]), AttributePath(names: ["c"], members: ["x"]),
        AttributePath(names: ["a", "observedAt"]), AttributePath(names: ["d"], members: ["*"]),
        AttributePath(names: ["d"], members: ["en"]), AttributePath(names: ["b", "c"]),
    ]

    @Test func `4.23.2: numbers, strings, moments, null and nothing come from an index in both directions`()
        async throws
    {
        let values = [
            "null", #""2024-05-01T10:00:00.5Z""#, #""2024-05-01T10:00:00Z""#, #""2024-05-01""#,
            #""10:00:00.5Z""#,
            #""10:00:00Z""#, "true", "false", "[1]", #"{"x":1}"#, #""b""#, #""B""#, "10", "9.5", "9.5",
        ]
        let entities =
            values.enumerated().map { index, value in
                let number = index < 10 ? "0\(index)" : "\(index)"
                return stored("urn:v:\(number)", #"{"v":{"type":"JsonProperty","json":{"j":\#(value)}}}"#)
            } + [stored("urn:v:none"), stored("urn:v:nothing")]
        try await QueryStore.with(entities) { _, store in
            let path = AttributePath(names: ["v"], members: ["j"])
            _ = try await store.indexes.declare(type: "T", path: path, tenant: .default)
            while try await store.indexes.keep() {}
            let query = ["type": "T", "orderBy": "v[j]"]
            let ids = (0..<15).map { $0 < 10 ? "urn:v:0\($0)" : "urn:v:\($0)" }

            // Equal ones by their ids, in the direction of the order.
            try await store.check(
                query,
                gives: ["urn:v:13", "urn:v:14"] + (1...12).reversed().map { ids[$0] } + [
                    ids[0], "urn:v:none", "urn:v:nothing",
                ])
            try await store.check(
                ["type": "T", "orderBy": "v[j];desc"],
                gives: ids[1...12] + ["urn:v:14", "urn:v:13", ids[0], "urn:v:nothing", "urn:v:none"])
            // The last key changes nothing; two that decide are no index's order.
            try await store.check(
                ["type": "T", "orderBy": "v[j],id", "limit": "2"], gives: ["urn:v:13", "urn:v:14"])
            let two = try await store.use(["type": "T", "orderBy": "v[j],createdAt"])
            #expect(!two.isValues)
            let used = try await store.use(query.merging(["orderBy": "v[j],id"]) { $1 })
            let collated = try await store.use(query.merging(["collation": "und"]) { $1 })
            #expect(used.isValues && !collated.isValues)
        }
    }

    @Test func `an index is used once it is full, by every process, and no more once it is dropped`()
        async throws
    {
        let entities = (0..<5).map { stored("urn:e:\($0)", #"{"a":{"type":"Property","value":\#($0)}}"#) }
        try await QueryStore.with(entities) { _, store in
            // Another process has connections and a directory of its own.
            let other = ValueIndexes(queries: store.pool, directory: ValueIndexDirectory())
            let path = AttributePath(names: ["a"])
            let query = ["type": "T", "q": "a==3"]

            let key = try await store.indexes.declare(type: "T", path: path, tenant: .default)
            try await store.indexes.refresh()
            let whileFilling = try await store.use(query)
            let filling = try await store.indexes.index(key, of: .default)
            // Between two steps somebody writes, before and behind what is filled already.
            _ = try await store.indexes.keep()
            let halfway = try await store.use(query)
            for id in ["urn:a:new", "urn:e:1", "urn:z:new"] {
                _ = try await store.store.writes.submit(
                    .put(Entity(stored(id, #"{"a":{"type":"Property","value":3}}"#))))
            }
            while try await other.keep() {}
            while try await store.indexes.keep() {}
            let whenReady = try await store.use(query)
            let ids = try await store.ids(query)
            let ready = try await store.indexes.all(of: .default)
            let foreign = try await store.indexes.all(of: TenantKey(7))

            #expect(!whileFilling.isValues && !halfway.isValues && whenReady.isValues)
            #expect(filling?.ready == nil && filling?.filledEntities == 0)
            #expect(ids == ["urn:a:new", "urn:e:1", "urn:e:3", "urn:z:new"])
            #expect(
                ready.first?.filledEntities == 6 && ready.first?.entities == 7 && ready.first?.ready != nil)
            #expect(foreign.isEmpty)
            #expect(other.directory.ready(for: .default).map(\.path) == [path])

            #expect(try await other.drop(key, of: .default))
            #expect(try await !other.drop(key, of: .default))
            _ = try await store.indexes.keep()
            let afterwards = try await store.use(query)
            #expect(!afterwards.isValues)
            #expect(store.indexes.directory.ready(for: .default).isEmpty)
        }
    }

    @Test
    func `the rows and the triggers of dropped indexes go, and the index can be declared anew meanwhile`()
        async throws
    {
        let entities = (0..<5).map { stored("urn:e:\($0)", #"{"a":{"type":"Property","value":\#($0)}}"#) }
        try await QueryStore.with(entities) { _, store in
            let triggers = "SELECT tgname::text FROM pg_trigger WHERE tgrelid = 'entity'::regclass"
            let values = "SELECT DISTINCT index::text FROM entity_value"
            let before = try await store.store.texts(triggers)
            let path = AttributePath(names: ["a"])
            let first = try await store.indexes.declare(type: "T", path: path, tenant: .default)
            while try await store.indexes.keep() {}
            let during = try await store.store.texts(triggers)

            _ = try await store.indexes.drop(first, of: .default)
            let second = try await store.indexes.declare(type: "T", path: path, tenant: .default)
            while try await store.indexes.keep() {}
            let both = try await store.store.texts(values)
            _ = try await store.store.texts(
                "UPDATE value_index SET dropped = now() - interval '7 minutes' WHERE key = \(first) RETURNING ''"
            )
            while try await store.indexes.keep() {}
            let left = try await store.store.texts(values)
            _ = try await store.indexes.drop(second, of: .default)
            _ = try await store.store.texts(
                "UPDATE value_index SET dropped = now() - interval '7 minutes' RETURNING ''")
            while try await store.indexes.keep() {}

            #expect(before.isEmpty && during.count == 3)
            #expect(Set(both) == ["\(first)", "\(second)"] && left == ["\(second)"])
            #expect(try await store.store.texts(triggers).isEmpty)
            #expect(try await store.store.texts(values).isEmpty)
        }
    }

    @Test func `what cannot be indexed is refused, and so is the same index again, and one too many`()
        async throws
    {
        try await QueryStore.with([]) { _, store in
            func declare(_ names: String...) async throws {
                _ = try await store.indexes.declare(
                    type: "T", path: AttributePath(names: names), tenant: .default)
            }
            func refusal(_ names: String...) async -> NGSILDError.Kind? {
                do {
                    _ = try await store.indexes.declare(
                        type: "T", path: AttributePath(names: names), tenant: .default)
                    return nil
                } catch {
                    return (error as? NGSILDError)?.kind
                }
            }
            try await declare("a")

            #expect(await refusal("a") == .alreadyExists)
            #expect(await refusal("a", "modifiedAt") == .badRequestData)
            #expect(await refusal("a", "value") == .badRequestData)
            #expect(await refusal("id") == .badRequestData)
            for number in 1..<ValueIndexes.countMax { try await declare("b\(number)") }
            #expect(await refusal("c") == .conflict)
        }
    }

    @Test func `a text of any length in any script is written and found, whatever is declared`() async throws
    {
        // The longest id, and letters of four bytes.
        let id = "urn:e:" + String(repeating: "x", count: EntityLimits.idBytesMax - 6)
        let text = String((0..<3_000).map { Character(Unicode.Scalar(0x20000 + UInt32($0 * 7)) ?? "x") })
        try await QueryStore.with([]) { _, store in
            _ = try await store.indexes.declare(
                type: "T", path: AttributePath(names: ["a"]), tenant: .default)
            while try await store.indexes.keep() {}
            for (id, end) in [(id, "1"), ("urn:e:2", "2")] {
                _ = try await store.store.writes.submit(
                    .put(Entity(stored(id, #"{"a":{"type":"Property","value":"\#(text)\#(end)"}}"#))))
            }

            try await store.check(["type": "T", "q": #"a=="\#(text)2""#], gives: ["urn:e:2"])
            try await store.check(["type": "T", "orderBy": "a"], gives: ["urn:e:2", id])
        }
    }
}

extension QueryStore {
    /// What finds the entities of a query.
    func use(_ parameters: [String: String]) async throws -> IndexUse {
        let query = try EntityQuery(parameters: { parameters[$0] }, context: .core)
        return try await queries.explain(query, tenant: .default, at: now).use
    }
}

extension IndexUse {
    var isValues: Bool {
        if case .values = self { true } else { false }
    }
}
