import NGSILD
import Testing

@testable import Storage

@Suite(.serialized) struct EntityQueriesTests {
    private let rooms = (1...9).map { number in
        stored(
            "urn:r:\(number)", type: number == 9 ? "Hall;Room" : "Room",
            #"{"count":{"type":"Property","value":\#(number)}}"#)
    }

    @Test func `4.12: pages follow one another by offset and by key, each entity once`() async throws {
        try await QueryStore.with(rooms) { _, store in
            let first = try await store.page(["type": "Room", "limit": "4"])
            let second = try await store.page(["type": "Room", "limit": "4", "offset": "4"])
            let last = try await store.page(["type": "Room", "limit": "4", "pageAfter": "urn:r:8"])

            #expect(first.rows.map(\.id) == ["urn:r:1", "urn:r:2", "urn:r:3", "urn:r:4"])
            #expect(first.next == "urn:r:4" && first.hasMore && first.count == nil)
            #expect(second.rows.map(\.id) == ["urn:r:5", "urn:r:6", "urn:r:7", "urn:r:8"])
            #expect(last.rows.map(\.id) == ["urn:r:9"])
            #expect(!last.hasMore && last.next == nil)
        }
    }

    @Test func `6.3.13: a count comes with the page, alone, and beyond the end`() async throws {
        try await QueryStore.with(rooms) { _, store in
            let alone = try await store.page(["type": "Room", "limit": "0", "count": "true"])
            let filtered = try await store.page([
                "type": "Room", "q": "count>3", "limit": "2", "count": "true",
            ])
            let beyond = try await store.page(["type": "Room", "offset": "500", "count": "true"])

            #expect(alone.count == 9 && alone.rows.isEmpty && !alone.hasMore)
            #expect(filtered.count == 6 && filtered.rows.map(\.id) == ["urn:r:4", "urn:r:5"])
            #expect(beyond.count == 9 && beyond.rows.isEmpty)
        }
    }

    @Test func `4.17: an entity of two selected types comes once`() async throws {
        try await QueryStore.with(rooms) { _, store in
            try await store.check(["type": "Hall,Room", "offset": "7"], gives: ["urn:r:8", "urn:r:9"])
            try await store.check(["type": "(Room;Hall)"], gives: ["urn:r:9"])
            try await store.check(["type": "Nothing"], gives: [])
        }
    }

    @Test func `4.22: expired entities and instances are not found, not counted and do not shorten a page`()
        async throws
    {
        let entities = [
            stored("urn:r:1", expiresAt: 1_600_000_000_000_001),
            stored("urn:r:2", #"{"a":{"type":"Property","value":1,"expiresAt":"2023-01-01T00:00:00Z"}}"#),
            stored("urn:r:3", #"{"a":{"type":"Property","value":1,"expiresAt":"2090-01-01T00:00:00Z"}}"#),
        ]
        try await QueryStore.with(entities) { _, store in
            try await store.check(["type": "T", "limit": "2"], gives: ["urn:r:2", "urn:r:3"])
            let all = try await store.page(["type": "T", "count": "true"])
            #expect(all.count == 2)
            try await store.check(["q": "a==1"], gives: ["urn:r:3"])
            let page = try await store.page(["q": "a", "count": "true"])
            #expect(page.count == 1)
            try await store.check(["type": "T", "q": "!a"], gives: ["urn:r:2"])
        }
    }

    @Test func `C.6: a JSON-LD value object is queried and ordered by what it says`() async throws {
        let entities = [
            stored(
                "urn:w:1",
                #"{"when":{"type":"Property","value":{"@type":"DateTime","@value":"2018-12-04T12:00:00Z"}}}"#),
            stored("urn:w:2", #"{"when":{"type":"Property","value":"2017-12-04T12:00:00Z"}}"#),
            stored("urn:w:3", #"{"when":{"type":"Property","value":[{"@value":"2019-12-04T12:00:00Z"}]}}"#),
            stored("urn:w:4", #"{"when":{"type":"JsonProperty","json":{"@value":"2019-12-04T12:00:00Z"}}}"#),
        ]
        try await QueryStore.with(entities) { _, store in
            try await store.check(["type": "T", "q": "when>2018-01-01T00:00:00Z"], gives: ["urn:w:1"])
            try await store.check(
                ["type": "T", "q": "when==2018-12-04T12:00:00.0Z,2017-12-04T12:00:00Z"],
                gives: ["urn:w:1", "urn:w:2"])
            try await store.check(
                ["type": "T", "q": "when!=2018-12-04T12:00:00Z"], gives: ["urn:w:2", "urn:w:3", "urn:w:4"])
            try await store.check(
                ["type": "T", "orderBy": "when"], gives: ["urn:w:4", "urn:w:3", "urn:w:2", "urn:w:1"])
        }
    }

    @Test func `4.23.3: an order by a member of a value does not look into arrays, and knows expiresAt`()
        async throws
    {
        let entities = [
            stored("urn:o:1", #"{"p":{"type":"Property","value":[{"a":1}]}}"#),
            stored(
                "urn:o:2", expiresAt: 1_900_000_000_000_000, #"{"p":{"type":"Property","value":{"a":3}}}"#),
            stored(
                "urn:o:3", expiresAt: 1_800_000_000_000_000, #"{"p":{"type":"JsonProperty","json":{"a":2}}}"#),
        ]
        try await QueryStore.with(entities) { _, store in
            try await store.check(
                ["type": "T", "orderBy": "p[a]"], gives: ["urn:o:3", "urn:o:2", "urn:o:1"])
            try await store.check(
                ["type": "T", "orderBy": "expiresAt"], gives: ["urn:o:3", "urn:o:2", "urn:o:1"])
        }
    }

    @Test func `4.14: an entity of another tenant is not found`() async throws {
        try await QueryStore.with(rooms) { _, store in
            let query = try EntityQuery(parameters: { $0 == "type" ? "Room" : nil }, context: .core)

            let page = try await store.queries.page(query, tenant: TenantKey(7), at: store.now)

            #expect(page.rows.isEmpty)
        }
    }

    @Test func `4.23.2: numbers, strings, objects, arrays, booleans, moments, null, nothing`() async throws {
        let values = [
            "null", #""2024-05-01T10:00:00.5Z""#, #""2024-05-01T10:00:00Z""#, #""2024-05-01""#,
            #""10:00:00Z""#, "true",
            "false", "[1]", #"{"x":1}"#, #""b""#, #""B""#, "10", "9.5",
        ]
        let entities =
            values.enumerated().map { index, value in
                stored("urn:v:\(index)", #"{"v":{"type":"JsonProperty","json":{"j":\#(value)}}}"#)
            } + [stored("urn:v:none")]
        try await QueryStore.with(entities) { _, store in
            let ascending = try await store.ids(["type": "T", "orderBy": "v[j]"]).map {
                $0.split(separator: ":")[2]
            }
            let descending = try await store.ids(["type": "T", "orderBy": "v[j];desc"]).map {
                $0.split(separator: ":")[2]
            }

            #expect(
                ascending == ["12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0", "none"])
            #expect(
                descending == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "0", "none"])
        }
    }

    @Test func `4.23: by several keys, by members and by distance; ids break ties`() async throws {
        let places = [("urn:p:far", 20), ("urn:p:near", 8), ("urn:p:mid", 9)].map { id, longitude in
            stored(
                id,
                #"""
                {"location":{"type":"GeoProperty","value":{"type":"Point","coordinates":[\#(longitude),40]}},
                "name":{"type":"Property","value":"same","rank":{"type":"Property","value":\#(longitude % 9)}}}
                """#)
        }
        try await QueryStore.with(places) { _, store in
            let near = ["type": "T", "orderBy": "location;dist-asc", "orderFrom": "[8,40]"]
            let far = ["type": "T", "orderBy": "location;dist-desc", "orderFrom": "[8,40]"]
            try await store.check(near, gives: ["urn:p:near", "urn:p:mid", "urn:p:far"])
            try await store.check(far, gives: ["urn:p:far", "urn:p:mid", "urn:p:near"])
            try await store.check(
                ["type": "T", "orderBy": "name"], gives: ["urn:p:far", "urn:p:mid", "urn:p:near"])
            try await store.check(["orderBy": "name"], gives: ["urn:p:far", "urn:p:mid", "urn:p:near"])
            try await store.check(
                ["type": "T", "orderBy": "name,name.rank;desc"],
                gives: ["urn:p:near", "urn:p:far", "urn:p:mid"])
            try await store.check(["type": "T", "orderBy": "id;desc", "limit": "1"], gives: ["urn:p:near"])
            try await store.check(
                ["attrs": "name", "orderBy": "name.rank;desc"],
                gives: ["urn:p:near", "urn:p:far", "urn:p:mid"])
            let page = try await store.page(["type": "T", "orderBy": "createdAt", "limit": "1"])
            #expect(page.next == nil)
        }
    }

    @Test func `4.23.3: strings by code points, or as a collation has them`() async throws {
        let names = ["A", "b", "á"].enumerated().map { index, name in
            stored("urn:n:\(index)", #"{"name":{"type":"Property","value":"\#(name)"}}"#)
        }
        try await QueryStore.with(names) { _, store in
            try await store.check(
                ["type": "T", "orderBy": "name"], gives: ["urn:n:0", "urn:n:1", "urn:n:2"])
            try await store.check(
                ["type": "T", "orderBy": "name", "collation": "und"],
                gives: ["urn:n:0", "urn:n:2", "urn:n:1"])
            try await store.check(
                ["type": "T", "orderBy": "name;desc", "collation": "de-u-co-phonebk"],
                gives: ["urn:n:1", "urn:n:2", "urn:n:0"])
        }
    }

    @Test func `4.9: what Swift has to decide pages as what SQL decides`() async throws {
        var budget = QueryBudget()
        budget.batchRows = 2
        try await QueryStore.with(rooms, budget: budget) { _, store in
            let parameters = [
                "type": "Room", "idPattern": "^urn:r:[[:digit:]]$", "limit": "3", "offset": "2",
                "count": "true",
            ]

            let page = try await store.page(parameters)

            #expect(page.rows.map(\.id) == ["urn:r:3", "urn:r:4", "urn:r:5"])
            #expect(page.count == 9 && page.hasMore && page.next == "urn:r:5")
        }
    }

    @Test func `6.3.2: a query beyond the budget is too complex, and says what would help`() async throws {
        var budget = QueryBudget()
        budget.batchRows = 2
        budget.rowsMax = 4
        try await QueryStore.with(rooms, budget: budget) { _, store in
            let declaration = #"POST /atria/v1/indexes {"type":"Room","attribute":"count"}"#
            // An index has nothing to say to a pattern that begins anywhere.
            for (q, isHelped) in [
                (#"count~="[[:alpha:]]";count>3"#, true), (#"count~="[[:alpha:]]""#, false),
            ] {
                await #expect {
                    try await store.ids(["type": "Room", "q": q])
                } throws: { error in
                    let error = error as? NGSILDError
                    return error?.kind == .tooComplexQuery
                        && error?.detail.contains(declaration) == isHelped
                }
            }
        }
    }

    @Test func `6.3.10: a page of large documents is shorter than its limit and leads on`() async throws {
        var budget = QueryBudget()
        budget.pageBytesMax = 100
        try await QueryStore.with(rooms, budget: budget) { _, store in
            let page = try await store.page(["type": "Room", "limit": "9"])

            #expect(page.rows.count == 2)
            #expect(page.hasMore && page.next == "urn:r:2")
        }
    }

    @Test func `4.9: a term follows a Relationship, by type too`() async throws {
        let entities = [
            stored("urn:s:1", type: "Station", #"{"sensor":{"type":"Relationship","object":"urn:d:1"}}"#),
            stored("urn:d:1", type: "Device", #"{"humidity":{"type":"Property","value":40}}"#),
        ]
        try await QueryStore.with(entities) { _, store in
            try await store.check(["q": "sensor{humidity}==40"], gives: ["urn:s:1"])
            try await store.check(["q": "sensor{Device:humidity}==40"], gives: ["urn:s:1"])
            try await store.check(["q": "sensor{Vehicle:humidity}==40"], gives: [])
            try await store.check(["type": "Station", "q": #"sensor{humidity}~="x[[:alpha:]]""#], gives: [])
        }
    }
}
