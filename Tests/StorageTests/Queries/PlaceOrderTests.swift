import NGSILD
import TestInput
import Testing

@testable import Storage

@Suite(.serialized) struct PlaceOrderTests {
    @Test(arguments: [RandomRun.chosenSeed, 5])
    func `4.23: nearest first by the index is nearest first by sorting, page after page`(seed: UInt64)
        async throws
    {
        var random = SeededGenerator(seed: seed)
        let entities = (0..<80).map { number in
            stored("urn:p:\(number)", type: random.chance(70) ? "A" : "B", Self.document(&random))
        }
        var few = QueryBudget()
        few.candidatesMax = 5
        let budget = few
        try await QueryStore.with(entities, budget: budget) { _, store in
            let sorting = EntityQueries(
                pool: store.pool, points: store.points, indexes: ValueIndexDirectory())
            for reference in ["[3,3]", "[179.9,80]", "[-40,-89]"] {
                for place in [nil, "near;maxDistance==900000"] {
                    let parameters = [
                        "type": "A", "orderBy": "location;dist-asc", "orderFrom": reference, "georel": place,
                        "geometry": place.map { _ in "Point" }, "coordinates": place.map { _ in "[3,3]" },
                    ]
                    var query = try EntityQuery(parameters: { parameters[$0] ?? nil }, context: .core)
                    query.page.limit = 1_000
                    let expected = try await sorting.page(query, tenant: .default, at: store.now).rows.map(
                        \.id)
                    query.page.limit = 9
                    var ids: [String] = []
                    var page: EntityPage
                    repeat {
                        page = try await store.page(query)
                        ids += page.rows.map(\.id)
                        query.page.offset += 9
                    } while page.hasMore

                    #expect(ids == expected, "seed \(seed): \(parameters)")
                    #expect(Set(ids).count == ids.count && page.next == nil)
                }
            }
            let use = try await store.use(["type": "A", "orderBy": "location;dist-asc", "orderFrom": "[3,3]"])
            #expect(use == .places)
            let farthest = try await store.use([
                "type": "A", "orderBy": "location;dist-desc", "orderFrom": "[3,3]",
            ])
            #expect(farthest == .types)
        }
    }

    /// Some stand at one place, some have several, some have none.
    private static func document(_ random: inout SeededGenerator) -> String {
        func place(_ dataset: String, _ random: inout SeededGenerator) -> String {
            let position =
                "[\(Int.random(in: 0..<6, using: &random)),\(Int.random(in: 0..<6, using: &random))]"
            return #"{"type":"GeoProperty",\#(dataset)"value":{"type":"Point","coordinates":\#(position)}}"#
        }
        if random.chance(15) { return "{}" }
        guard random.chance(25) else { return #"{"location":\#(place("", &random))}"# }
        let places = [place("", &random), place(#""datasetId":"urn:d:1","#, &random)]
        return #"{"location":[\#(places.joined(separator: ","))]}"#
    }
}
