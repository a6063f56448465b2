import JSON
import TestSupport
import Testing

/// What real clients and real data send, and green suites do not: an answer that helps, and never a 500.
@Suite struct RealDataTests {
    @Test func `4.6: text and numbers that cannot be kept are refused with their place`() async throws {
        try await TestBroker.with { broker in
            for attribute in [
                #""a\u0000b""#, #"{"value": "\u0000"}"#, #"{"value": {"deep": ["\u0000"]}}"#,
                #"{"value": {"\u0000": 1}}"#,
                #"{"json": {"x": "\u0000"}}"#, #"{"value": 1, "unitCode": "\u0000"}"#,
                #"{"languageMap": {"en": "\u0000"}}"#,
                #""\ud800""#, #"{"value": 1e400}"#, #"{"value": 1, "datasetId": "urn:\u0000"}"#,
            ] {
                for (path, body, status) in [
                    ("/entities", #"{"id": "urn:x:1", "type": "T", "a": \#(attribute)}"#, 400),
                    (
                        "/entityOperations/upsert", #"[{"id": "urn:x:1", "type": "T", "a": \#(attribute)}]"#,
                        400
                    ),
                ] {
                    let answer = try await broker.post(path, body)
                    #expect(answer.status == status || answer.status == 207)
                    #expect(answer.text.contains("/a") || answer.text.contains("byte"))
                    #expect(!answer.text.contains("InternalError"))
                }
                #expect(try await broker.get("/entities/urn:x:1").status == 404)
            }
        }
    }

    @Test func `4.5.2: odd but legal values come back as they were sent`() async throws {
        try await TestBroker.with { broker in
            for value in [
                "0.000000000000000000000000001", "123456789012345678901234567890.5", "true", #""""#,
                #""\ud83d\ude00 \u202e""#, #"{"": {"": []}}"#, #"{"__proto__": 1, "constructor": null}"#,
                "[[[[[[[[]]]]]]]]",
                #"[{"type": "Property"}, 1, "x", null]"#, #"{"$ref": "$"}"#, #""'; DROP TABLE entity; --""#,
                #""%00 \\u0000 \\x""#,
                #""2026-02-30T25:00:00Z""#, #"{"@value": 1}"#, #""urn:ngsi-ld:nul""#,
            ] {
                let created = try await broker.post(
                    "/entities",
                    #"{"id": "urn:x:1", "type": "T", "a": {"type": "Property", "value": \#(value)}}"#
                )
                #expect(created.status == 201, "\(created.text)")

                let expected = try JSONValue(parsing: Array(value.utf8))
                #expect(try await broker.get("/entities/urn:x:1").json["a"]?["value"] == expected, "\(value)")
                for query in [
                    "?type=T&q=a", "?type=T&q=a==1", "?type=T&q=a%3E%22x%22", "?type=T&orderBy=a",
                    "?type=T&q=a~=x",
                ] {
                    #expect(try await broker.get("/entities\(query)").status == 200)
                }
                #expect(try await broker.patch("/entities/urn:x:1/attrs/a", #"{"value": 2}"#).status == 204)
                #expect(try await broker.delete("/entities/urn:x:1").status == 204)
            }
        }
    }

    @Test func `6.2: no NUL gets through a path, a parameter or a header`() async throws {
        try await TestBroker.with { broker in
            for path in [
                "/entities/urn:x:%00", "/entities?type=%00", "/entities?type=T&q=a==%22%00%22",
                "/entities?id=urn:%00",
                "/entities?type=T&idPattern=%00", "/entities?type=T&scopeQ=/%00",
                "/entities?type=T&pageAfter=%00",
                "/entities?type=T&attrs=%00", "/types/%00", "/attributes/%00", "/jsonldContexts/%00",
                "/entities/urn:x:1/attrs/%00?type=T",
            ] {
                let answer = try await broker.get(path)
                #expect(answer.status == 400 || answer.status == 405, "\(path): \(answer.text)")
            }
            #expect(try await broker.get("/types", ["NGSILD-Tenant": "a\0b"]).status == 400)
        }
    }

    @Test func `4.7.1: a geometry that is none is refused, in an entity and in a query`() async throws {
        try await TestBroker.with { broker in
            for geometry in [
                #"{"type": "Point", "coordinates": ["8", "40"]}"#, #"{"type": "Point", "coordinates": [8]}"#,
                #"{"type": "Point", "coordinates": [8, 40, 1, 2]}"#, #"{"type": "Point", "coordinates": []}"#,
                #"{"type": "Point", "coordinates": [190, 40]}"#, #"{"type": "Point"}"#,
                #"{"type": "Polygon", "coordinates": [[[0, 0]]]}"#,
                #"{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}"#,
                #"{"type": "LineString", "coordinates": [[0, 0]]}"#,
                #"{"type": "Circle", "coordinates": [0, 0]}"#,
                #"{"type": "GeometryCollection", "geometries": []}"#,
            ] {
                let answer = try await broker.post(
                    "/entities",
                    #"{"id": "urn:x:1", "type": "T", "location": {"type": "GeoProperty", "value": \#(geometry)}}"#
                )
                #expect(answer.problem == "BadRequestData")
                #expect(answer.json["path"]?.string?.hasPrefix("/location") == true)
                #expect(try await broker.get("/entities/urn:x:1").status == 404)

                let parts = try JSONValue(parsing: Array(geometry.utf8))
                let query = """
                    {"type": "Query", "entities": [{"type": "T"}], "geoQ": {"georel": "within",
                     "geometry": "\(parts["type"]?.string ?? "")", "coordinates": \(geometry.coordinates)}}
                    """
                #expect(try await broker.post("/entityOperations/query", query).problem == "BadRequestData")
            }
        }
    }

    @Test func `5.5.4: an error names the attribute, the value and the rule`() async throws {
        try await TestBroker.with { broker in
            for (attribute, value, rule) in [
                (#""no2-level": 1"#, "no2-level", "letter"), (#""street name": 1"#, "street name", "letter"),
                (#""a": {"type": "Property ", "value": 1}"#, "Property ", "type"),
                (#""a": {"value": 1, "observedAt": "2026-01-01 10:00"}"#, "2026-01-01 10:00", "observedAt"),
                (#""a": {"type": "Relationship", "object": "room 1"}"#, "room 1", "URI"),
                (#""a": {"value": 1, "unitCode": 5}"#, "5", "unitCode"),
            ] {
                let answer = try await broker.post(
                    "/entities", #"{"id": "urn:x:1", "type": "T", \#(attribute)}"#)

                #expect(answer.problem == "BadRequestData")
                let detail = answer.json["detail"]?.string ?? ""
                #expect(detail.contains(value) && detail.contains(rule), "\(detail)")
                let name = attribute.split(separator: "\"").first.map(String.init) ?? "?"
                #expect(answer.json["path"]?.string?.hasPrefix("/\(name)") == true)
                #expect(try await broker.get("/entities/urn:x:1").status == 404)
            }
        }
    }

    @Test func `4.6.2, 5.5.4: an id that is no URI is told so, with what one looks like`() async throws {
        try await TestBroker.with { broker in
            let answer = try await broker.post("/entities", #"{"id": "sensor-12", "type": "T"}"#)

            #expect(answer.problem == "BadRequestData")
            #expect(answer.json["path"] == "/id")
            #expect(answer.json["detail"]?.string?.contains("sensor-12") == true)
            #expect(answer.json["detail"]?.string?.contains("urn:ngsi-ld:") == true)
        }
    }

    @Test func `6.2: an id with slashes, as Smart Data Models have them, works in every path`() async throws {
        try await TestBroker.with { broker in
            let id = "https:%2F%2Fexample.org%2Froom%2F1"
            try await broker.post("/entities", #"{"id": "https://example.org/room/1", "type": "T", "a": 1}"#)

            #expect(try await broker.get("/entities/\(id)").status == 200)
            #expect(try await broker.patch("/entities/\(id)/attrs/a", #"{"value": 2}"#).status == 204)
            #expect(
                try await broker.get("/entities?type=T&id=https://example.org/room/1").json.array?.count == 1)
            #expect(try await broker.get("/entities/https://example.org/room/1").status == 404)
            #expect(try await broker.delete("/entities/\(id)").status == 204)
        }
    }
}

extension String {
    /// The text of the member `coordinates`; an empty array where there is none.
    fileprivate var coordinates: Substring {
        firstRange(of: #""coordinates": "#).map { self[$0.upperBound...].dropLast() } ?? "[]"
    }
}
