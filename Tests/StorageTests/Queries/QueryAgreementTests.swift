import NGSILD
import Postgres
import TestInput
import Testing

@testable import Storage

@Suite(.serialized) struct QueryAgreementTests {
    /// Random queries over random entities, by SQL and by Swift: one answer; the seed is in the failure.
    @Test(arguments: [RandomRun.chosenSeed, 1, 2])
    func `4.9, 4.10, 4.17, 4.19: SQL and Swift agree on which entities match`(seed: UInt64) async throws {
        var entities = RandomEntities(random: SeededGenerator(seed: seed))
        let all = (0..<60).map { entities.entity($0) }
        // Few, so that queries with places take both ways.
        var budget = QueryBudget()
        budget.candidatesMax = 5
        try await QueryStore.with(all, budget: budget) { _, store in
            var queries = RandomQueries(random: SeededGenerator(seed: seed &+ 1))
            for _ in 0..<120 {
                let parameters = queries.parameters()
                var query = try EntityQuery(parameters: { parameters[$0] }, context: .core)
                query.page = Page(limit: 1_000, wantsCount: true)
                let expected = Self.matches(query, among: all, at: store.now)

                let page: EntityPage
                do {
                    page = try await store.page(query)
                } catch {
                    Issue.record("seed \(seed): \(parameters): \(error)")
                    continue
                }

                #expect(page.rows.map(\.id) == expected, "seed \(seed): \(parameters)")
                #expect(page.count == expected.count, "seed \(seed): count of \(parameters)")
                #expect(!page.hasMore)
                query.page = Page(limit: 5)
                let part = try await store.page(query)
                #expect(part.rows.map(\.id) == Array(expected.prefix(5)), "seed \(seed): \(parameters)")
                #expect(part.hasMore == (expected.count > 5))
                let superset = try await store.superset(query)
                #expect(
                    Set(superset.ids).isSuperset(of: expected),
                    "seed \(seed): SQL leaves some out of \(parameters)")
            }
        }
    }

    private static func matches(_ query: EntityQuery, among all: [StoredEntity], at now: Timestamp)
        -> [String]
    {
        let judged = all.map { QueriedEntity($0, now: now) }
        let byID = Dictionary(uniqueKeysWithValues: judged.map { ($0.row.id, $0) })
        return judged.filter { query.matches($0, linked: { byID[$0] }) }.map(\.row.id)
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
