import JSON
import TestSupport
import Testing

/// The value indexes and the explanations of queries: our own resources.
@Suite struct IndexTests {
    private func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    /// Vehicles whose speed is their number, and one that has none.
    private func createVehicles(_ numbers: Range<Int>, in broker: TestBroker) async throws {
        for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 1_000) {
            let part = (start..<min(start + 1_000, numbers.upperBound)).map { number in
                #"{"id":"urn:v:\#(number)","type":"Vehicle","speed":{"type":"Property","value":\#(number)}}"#
            }
            try await broker.post("/entityOperations/create", "[\(part.joined(separator: ","))]")
        }
        try await broker.post("/entities", #"{"id":"urn:v:still","type":"Vehicle"}"#)
    }

    @Test func `an index is declared, filled, listed and dropped`() async throws {
        try await TestBroker.with { broker in
            try await createVehicles(0..<3, in: broker)

            let created = try await broker.post(
                "/atria/v1/indexes", #"{"type": "Vehicle", "attribute": "speed"}"#)
            let again = try await broker.post(
                "/atria/v1/indexes", #"{"type": "Vehicle", "attribute": "speed"}"#)
            let location = created.header("Location") ?? ""
            let filling = try await broker.get(location)
            try await broker.keepHouse()
            let ready = try await broker.get("/atria/v1/indexes")
            let elsewhere = try await broker.get("/atria/v1/indexes", ["NGSILD-Tenant": "other"])
            let dropped = try await broker.delete(location)
            let gone = try await broker.get(location)

            #expect(created.status == 201 && created.body.isEmpty && location.hasPrefix("/atria/v1/indexes/"))
            #expect(again.status == 409 && again.problem == "AlreadyExists")
            #expect(filling.json["type"] == "Vehicle" && filling.json["attribute"] == "speed")
            #expect(filling.json["state"] == "filling" && filling.json["readyAt"] == nil)
            #expect(try filling.json["filledEntities"] == json("0") && filling.json["entities"] == json("4"))
            #expect(ready.json[0]?["state"] == "ready" && ready.json[0]?["readyAt"] != nil)
            #expect(try ready.json[0]?["filledEntities"] == json("4"))
            #expect(ready.json[1] == nil)
            #expect(elsewhere.status == 404 && elsewhere.problem == "NonexistentTenant")
            #expect(dropped.status == 204 && dropped.body.isEmpty)
            #expect(gone.status == 404 && gone.problem == "ResourceNotFound")
            #expect(try await broker.delete(location).status == 404)
            #expect(try await broker.get("/atria/v1/indexes").text == "[]")
        }
    }

    @Test func `an index belongs to its tenant, and its names are those of the @context`() async throws {
        try await TestBroker.with { broker in
            broker.network.documents["http://example.org/c.jsonld"] =
                #"{"@context": {"Car": "https://example.org/Vehicle", "fast": "https://example.org/speed"}}"#
            let link = [
                "Link": #"<http://example.org/c.jsonld>; rel="http://www.w3.org/ns/json-ld#context""#,
                "NGSILD-Tenant": "city",
            ]

            let created = try await broker.post(
                "/atria/v1/indexes", #"{"type": "Car", "attribute": "fast.unit[x.y]"}"#, link)
            let byIRI = try await broker.post(
                "/atria/v1/indexes",
                #"{"type": "https://example.org/Vehicle", "attribute": "https://example.org/speed"}"#,
                ["NGSILD-Tenant": "city"])
            let own = try await broker.get("/atria/v1/indexes", link)
            let location = created.header("Location") ?? ""

            #expect(created.status == 201 && byIRI.status == 201)
            #expect(own.json[0]?["type"] == "Car" && own.json[0]?["attribute"] == "fast")
            #expect(own.json[1]?["attribute"] == "fast.unit[x.y]")
            #expect(try await broker.get(location).status == 404)
            #expect(try await broker.delete(location).status == 404)
            #expect(try await broker.get(location, link).status == 200)
        }
    }

    @Test func `what cannot be indexed is refused with the place of the fault`() async throws {
        let bodies = [
            (#"{"type": "Vehicle"}"#, "/attribute"), (#"{"attribute": "speed"}"#, "/type"),
            (#"{"type": "A,B", "attribute": "speed"}"#, "/type"),
            (#"{"type": 1, "attribute": "speed"}"#, "/type"),
            (#"{"type": "Vehicle", "attribute": "a..b"}"#, "/attribute"),
            (#"{"type": "Vehicle", "attribute": "a[x"}"#, "/attribute"),
            (#"{"type": "Vehicle", "attribute": "speed.modifiedAt"}"#, "/attribute"),
            (#"{"type": "Vehicle", "attribute": "owner{name}"}"#, "/attribute"),
            (#"{"type": "Vehicle", "attribute": "speed", "unique": true}"#, "/unique"),
            (#"["Vehicle"]"#, "/"),
        ]
        try await TestBroker.with { broker in
            for (body, path) in bodies {
                let refused = try await broker.post("/atria/v1/indexes", body)

                #expect(refused.status == 400 && refused.problem == "BadRequestData", "\(body)")
                #expect(refused.json["path"]?.string == path, "\(body)")
            }
            #expect(try await broker.get("/atria/v1/indexes").text == "[]")
        }
    }

    @Test func `5.7.2, 4.23: q and orderBy take the index when it is full, and explain says so`() async throws
    {
        try await TestBroker.with { broker in
            try await createVehicles(0..<300, in: broker)
            let query = "/atria/v1/explain/entities?type=Vehicle&q=speed==7;speed%3C8"
            let order = "/atria/v1/explain/entities?type=Vehicle&orderBy=speed;desc&limit=2"

            let without = try await broker.get(query)
            try await broker.post("/atria/v1/indexes", #"{"type": "Vehicle", "attribute": "speed"}"#)
            let whileFilling = try await broker.get(query)
            try await broker.keepHouse()
            let with = try await broker.get(query)
            let ordered = try await broker.get(order)
            let posted = try await broker.post(
                "/atria/v1/explain/entityOperations/query",
                #"{"type": "Query", "entities": [{"type": "Vehicle"}], "q": "speed==7"}"#)
            let answer = try await broker.get("/entities?type=Vehicle&q=speed==7&options=keyValues")
            let last = try await broker.get(
                "/entities?type=Vehicle&orderBy=speed;desc&limit=2&attrs=speed&options=keyValues")

            #expect(without.json["index"] == "type" && without.json["decidedBy"] == "database")
            #expect(try without.json["declare"] == json(#"{"type": "Vehicle", "attribute": "speed"}"#))
            #expect(try without.json["entitiesRead"] == json("301") && without.json["returned"] == json("1"))
            #expect(whileFilling.json["index"] == "type" && whileFilling.json["declare"] == nil)
            #expect(try whileFilling.json["filling"] == json(#"{"type": "Vehicle", "attribute": "speed"}"#))
            #expect(with.json["index"] == "value" && with.json["declare"] == nil)
            #expect(try with.json["of"] == json(#"{"type": "Vehicle", "attribute": "speed"}"#))
            #expect(try with.json["entitiesRead"] == json("1") && with.json["returned"] == json("1"))
            #expect(try ordered.json["index"] == "value" && ordered.json["entitiesRead"] == json("3"))
            #expect(ordered.json["declare"] == nil && ordered.json["milliseconds"] != nil)
            #expect(posted.json["index"] == "value")
            #expect(answer.text == #"[{"id":"urn:v:7","type":"Vehicle","speed":7}]"#)
            #expect(
                last.text
                    == #"[{"id":"urn:v:299","type":"Vehicle","speed":299},{"id":"urn:v:298","type":"Vehicle","speed":298}]"#
            )
        }
    }

    @Test func `4.12: next links lead through an ordered result by the index, each entity once`() async throws
    {
        try await TestBroker.with { broker in
            try await createVehicles(0..<1_250, in: broker)
            try await broker.post("/atria/v1/indexes", #"{"type": "Vehicle", "attribute": "speed"}"#)
            try await broker.keepHouse()

            var ids: [String] = []
            var targets: [String] = []
            var next: String? = "/entities?type=Vehicle&orderBy=speed;desc&limit=500"
            while let target = next {
                let page = try await broker.get(target)
                let entities = page.json.array ?? []
                ids += entities.compactMap { $0["id"]?.string }
                targets.append(target)
                // A comma may stand in an address too.
                let link = page.header("Link")?.split(separator: ", <").first { $0.contains(#"rel="next""#) }
                next = link?.split(separator: ">").first?.split(separator: "/ngsi-ld/v1").last.map(
                    String.init)
            }
            let broken = try await broker.get("/entities?type=Vehicle&orderBy=speed&pageAfter=urn:v:7")

            #expect(ids == (0..<1_250).reversed().map { "urn:v:\($0)" } + ["urn:v:still"])
            #expect(targets.count == 3 && !targets[1].contains("pageAfter"))
            #expect(targets.last?.contains("pageAfter=[0,") == true)
            #expect(broken.status == 400 && broken.json["path"]?.string == "pageAfter")
        }
    }
}
