import JSON
import TestInput

extension RandomPayloads {
    /// The body of a query by POST (5.2.23), as JSON or near to it.
    mutating func queryDocument() -> String {
        let selectors = [
            #"{"type": "T"}"#, #"{"type": "T|(T;U)"}"#, #"{"type": "*"}"#, #"{"type": "T", "id": "urn:x:1"}"#,
            #"{"type": "T", "id": ["urn:x:1", "urn:known:1"]}"#,
            #"{"type": "T", "idPattern": "^urn:(x|known)"}"#,
        ]
        var members = [#""type": "Query""#]
        let chosen = (0..<Int.random(in: 1...2, using: &random)).map { _ in random.pick(selectors) }
        members.append(#""entities": [\#(chosen.joined(separator: ", "))]"#)
        if random.chance(50) { members.append(#""q": \#(quoted(query(depth: 0)))"#) }
        if random.chance(25) {
            members.append(
                """
                "geoQ": {"georel": "\(random.pick(["within", "near;maxDistance==10", "disjoint", "x"]))", \
                "geometry": "\(random.pick(Self.geometries))", \
                "coordinates": \(coordinates(depth: Int.random(in: 0...3, using: &random)))}
                """)
        }
        let others = [
            #""attrs": ["a", "b"]"#, #""pick": ["id", "a"]"#, #""omit": ["a"]"#, #""lang": "en,*;q=0.1""#,
            #""scopeQ": "/A/#""#, #""join": "flat""#, #""joinLevel": 1"#, #""datasetId": ["@none"]"#,
            #""expandValues": "a""#, #""jsonKeys": "a""#, #""containedBy": ["urn:x:1"]"#,
            #""splitEntities": true"#,
            #""ordering": {"orderBy": ["a;desc", "location;dist-asc"], "geometry": "Point", "coordinates": [1, 2]}"#,
            #""ordering": {"orderBy": ["a.b", "createdAt"], "collation": "und"}"#, #""csf": "a==1""#,
            #""x": 1"#,
        ]
        for other in others where random.chance(6) { members.append(other) }
        return damaged("{\(members.joined(separator: ", "))}", 15)
    }

    private func quoted(_ text: String) -> String {
        String(decoding: JSONValue.string(text).bytes, as: UTF8.self)
    }

    /// Headers of a request that reads, or near to it.
    mutating func headers() -> [String: String] {
        let good = [
            ("Accept", "application/geo+json;q=0.5, application/ld+json, */*;q=0.1"),
            ("Accept", "application/geo+json"), ("Prefer", #"ngsi-ld="1.5"; x, body=json"#),
            ("NGSILD-Tenant", "city"), ("Via", "1.1 alpha, 1.1 beta"),
            ("Link", #"<https://example.org/good>; rel="http://www.w3.org/ns/json-ld#context""#),
            ("Content-Type", "application/json; charset=utf-8"),
        ]
        var headers: [String: String] = [:]
        for (name, value) in good where random.chance(8) { headers[name] = damaged(value, 60) }
        return headers
    }
}
