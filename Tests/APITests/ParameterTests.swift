import JSON
import TestSupport
import Testing

/// The parameters of queries that are easily missed, each with what it must not do.
@Suite struct ParameterTests {
    private static let places = """
        [{"id": "urn:x:a", "type": "Place", "name": "b", "location": {"type": "Point", "coordinates": [8, 40]},
          "exit": {"type": "Point", "coordinates": [9, 41]}, "near": {"object": "urn:x:b"}},
         {"id": "urn:x:b", "type": "Place", "name": "a", "location": {"type": "Point", "coordinates": [8, 42]}},
         {"id": "urn:x:c", "type": "Place", "name": "c", "exit": {"type": "Point", "coordinates": [8, 40]}}]
        """

    private func ids(_ answer: TestAnswer) -> [String?] { answer.json.array?.map { $0["id"]?.string } ?? [] }

    @Test func `6.4.3.2: coordinates, geometry and georel go together, and geoproperty says of what`()
        async throws
    {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)
            let near = "georel=near%3BmaxDistance%3D%3D1000&geometry=Point&coordinates=%5B8,40%5D"

            #expect(ids(try await broker.get("/entities?\(near)")) == ["urn:x:a"])
            #expect(ids(try await broker.get("/entities?\(near)&geoproperty=exit")) == ["urn:x:c"])
            #expect(ids(try await broker.get("/entities?type=Place&geoproperty=exit")).count == 3)
            for partial in ["georel=within", "geometry=Point", "coordinates=%5B8,40%5D"] {
                #expect(try await broker.get("/entities?type=Place&\(partial)").problem == "BadRequestData")
            }
            let odd = try await broker.get("/entities?\(near.replacing("8,40", with: "8,140"))")
            #expect(odd.problem == "BadRequestData")
            #expect(odd.json["path"] == "coordinates")
        }
    }

    @Test func `4.23.3: an order by distance is from orderFrom, a Point unless orderGeometry says otherwise`()
        async throws
    {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)
            let all = "/entities?type=Place&local=true&pick=id"
            let far = "\(all)&orderBy=location%3Bdist-desc"

            #expect(
                ids(try await broker.get("\(far)&orderFrom=%5B8,40%5D")) == ["urn:x:b", "urn:x:a", "urn:x:c"])
            let line = "\(far)&orderFrom=%5B%5B8,41.9%5D,%5B9,41.9%5D%5D&orderGeometry=LineString"
            #expect(ids(try await broker.get(line)) == ["urn:x:a", "urn:x:b", "urn:x:c"])
            #expect(try await broker.get(far).problem == "BadRequestData")
            #expect(try await broker.get("\(far)&orderFrom=8,40").problem == "BadRequestData")
            #expect(
                try await broker.get("\(far)&orderFrom=%5B8,40%5D&orderGeometry=Circle").problem
                    == "BadRequestData")
            #expect(ids(try await broker.get("\(all)&orderBy=name")) == ["urn:x:b", "urn:x:a", "urn:x:c"])
            #expect(try await broker.get("\(all)&orderBy=name&collation=x").problem == "BadRequestData")
            let posted = #"""
                {"type": "Query", "entities": [{"type": "Place"}], "pick": ["id"],
                 "ordering": {"orderBy": ["location;dist-asc"], "coordinates": [8, 42]}}
                """#
            #expect(
                ids(try await broker.post("/entityOperations/query", posted)) == [
                    "urn:x:b", "urn:x:a", "urn:x:c",
                ])
        }
    }

    @Test func `6.3.7: format says the form, wins over options, and knows no other values`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)

            for path in ["/entities?type=Place&id=urn:x:c&pick=name", "/entities/urn:x:c?pick=name"] {
                func name(_ parameters: String) async throws -> JSONValue? {
                    let json = try await broker.get("\(path)&\(parameters)").json
                    return (json[0] ?? json)["name"]
                }
                #expect(try await name("format=simplified") == "c")
                #expect(try await name("format=keyValues") == "c")
                #expect(try await name("format=concise") == "c")
                #expect(
                    try await name("format=normalized&options=keyValues") == [
                        "type": "Property", "value": "c",
                    ])
                #expect(try await broker.get("\(path)&format=temporalValues").problem == "InvalidRequest")
                #expect(try await broker.get("\(path)&options=keyValues,other").problem == "InvalidRequest")
            }
        }
    }

    @Test func `4.5.23: join=@none leaves links as they are, and levels need a join`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)
            let path = "/entities/urn:x:a"

            let none = try await broker.get("\(path)?join=@none")
            #expect(none.status == 200)
            #expect(none.json["near"]?["entity"] == nil)
            #expect(none.json["near"]?["object"] == "urn:x:b")
            #expect(try await broker.get("\(path)?join=inline").json["near"]?["entity"]?["id"] == "urn:x:b")
            for wrong in [
                "joinLevel=1", "containedBy=urn:x:b", "join=@none&joinLevel=1", "join=deep",
                "join=flat&joinLevel=0",
            ] {
                #expect(try await broker.get("\(path)?\(wrong)").problem == "BadRequestData", "\(wrong)")
            }
            let features = try await broker.get("\(path)?join=flat", ["Accept": "application/geo+json"])
            #expect(features.json["type"] == "FeatureCollection")
            #expect(features.json["features"]?.array?.count == 2)
            #expect(features.json["id"] == nil)
        }
    }

    @Test func `4.5.23.2: what a ListRelationship links to is an entityList, in its order`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)
            try await broker.post(
                "/entities",
                #"{"id": "urn:x:r", "type": "Route", "via": {"type": "ListRelationship", "objectList": ["urn:x:c", "urn:x:a"]}}"#
            )

            let route = try await broker.get("/entities/urn:x:r?join=inline")
            #expect(route.json["via"]?["entityList"]?.array?.map { $0["id"] } == ["urn:x:c", "urn:x:a"])
            #expect(route.json["via"]?["entity"] == nil)
            #expect(try await broker.get("/entities/urn:x:r").json["via"]?["entityList"] == nil)
        }
    }

    @Test func `4.5.23.3, 4.5.5: of the instances that datasetId leaves out, the links are not followed`()
        async throws
    {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)
            try await broker.post(
                "/entities",
                #"""
                {"id": "urn:x:r", "type": "Route", "to": [
                    {"object": "urn:x:a"}, {"object": "urn:x:b", "datasetId": "urn:d:1"}]}
                """#)
            let path = "/entities/urn:x:r?join=flat&datasetId"

            #expect(ids(try await broker.get("\(path)=urn:d:1")) == ["urn:x:r", "urn:x:b"])
            #expect(ids(try await broker.get("\(path)=@none")) == ["urn:x:r", "urn:x:a"])
            #expect(
                ids(try await broker.get("\(path)=@none,urn:d:1")) == ["urn:x:r", "urn:x:a", "urn:x:b"])
            // The linked entity has its attributes, which have no such instance.
            let linked = try await broker.get("\(path)=urn:d:1").json[1]?.object
            #expect((linked?.count ?? 0) > 2)
        }
    }

    @Test func `5.2.13: a geoQ says all of relation, geometry and coordinates`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)

            for geoQ in [
                "{}", #"{"geoproperty": "exit"}"#, #"{"georel": "within", "geometry": "Point"}"#,
                #"{"geometry": "Point", "coordinates": [8, 40]}"#,
            ] {
                let answer = try await broker.post(
                    "/entityOperations/query",
                    #"{"type": "Query", "entities": [{"type": "Place"}], "geoQ": \#(geoQ)}"#)
                #expect(answer.problem == "BadRequestData")
                #expect(answer.json["path"] == "/geoQ")
            }
        }
    }

    @Test(arguments: [
        (#""q": "a==""#, "/q"), (#""pick": ["a;b"]"#, "/pick"),
        (#""geoQ": {"georel": "near", "geometry": "Point", "coordinates": [8, 40]}"#, "/geoQ/georel"),
        (#""geoQ": {"georel": "within", "geometry": "Point", "coordinates": [8, 140]}"#, "/geoQ/coordinates"),
        (#""ordering": {"orderBy": ["a;up"]}"#, "/ordering/orderBy"),
        (#""ordering": {"orderBy": ["a"], "coordinates": [8, 140]}"#, "/ordering/coordinates"),
    ])
    func `5.5.3: the error of a query by POST points into the body`(member: String, path: String) async throws
    {
        try await TestBroker.with { broker in
            let answer = try await broker.post(
                "/entityOperations/query", #"{"type": "Query", "entities": [{"type": "Place"}], \#(member)}"#)
            #expect(answer.problem == "BadRequestData")
            #expect(answer.json["path"]?.string == path)
            let paged = try await broker.post(
                "/entityOperations/query?limit=-1", #"{"type": "Query", "entities": [{"type": "Place"}]}"#)
            #expect(paged.json["path"] == "limit")
        }
    }

    @Test func `6.3.15: geometryProperty is one attribute`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)
            let path = "/entities/urn:x:a?geometryProperty"
            let geoJSON = ["Accept": "application/geo+json"]

            let exit = try await broker.get("\(path)=exit", geoJSON)
            #expect(exit.json["geometry"]?["coordinates"]?[0] == 9)
            #expect(try await broker.get("\(path)=a,exit", geoJSON).problem == "BadRequestData")
            #expect(try await broker.get("\(path)=a%20b", geoJSON).json["path"] == "geometryProperty")
            #expect(try await broker.get("\(path)=name", geoJSON).json["geometry"] == .null)
        }
    }

    @Test func `5.5.3: an error of a parameter's encoding names the parameter`() async throws {
        try await TestBroker.with { broker in
            for value in ["%ff", "%00", "%2"] {
                let answer = try await broker.get("/entities?type=Place&q=\(value)")
                #expect(answer.problem == "InvalidRequest")
                #expect(answer.json["path"] == "q")
            }
        }
    }

    @Test func `6.3.13: limit=0 is for counting alone`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)

            let counted = try await broker.get("/entities?type=Place&limit=0&count=true")
            #expect(counted.text == "[]")
            #expect(counted.header("NGSILD-Results-Count") == "3")
            #expect(counted.header("Link")?.contains("rel=\"next\"") == false)
            #expect(try await broker.get("/entities?type=Place&limit=0").problem == "BadRequestData")
            #expect(
                try await broker.get("/entities?type=Place&limit=0&count=false").problem == "BadRequestData")
            #expect(try await broker.get("/entities?type=Place").header("NGSILD-Results-Count") == nil)
            let query = #"{"type": "Query", "entities": [{"type": "Place"}]}"#
            let posted = try await broker.post("/entityOperations/query?limit=0&count=true", query)
            #expect(posted.header("NGSILD-Results-Count") == "3")
            #expect(
                try await broker.post("/entityOperations/query?limit=0", query).problem == "BadRequestData")
        }
    }

    @Test
    func
        `5.7.2.4, 5.5.14: what says how to distribute is taken, and changes nothing where nothing is distributed`()
        async throws
    {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)
            for parameters in [
                "splitEntities=true", "splitEntities=false", "csf=provider%3D%3D%22city%22", "local=false",
                "entityMap=true", "entityMap=true&entityMapLifetime=PT5M",
                "entityMap=true&entityMapLifetime=P1DT2H",
            ] {
                let answer = try await broker.get(
                    "/entities?type=Place&\(parameters)", ["NGSILD-EntityMap": "urn:x:map"])
                #expect(answer.status == 200)
                #expect(answer.json.array?.count == 3)
                #expect(answer.header("NGSILD-EntityMap") == nil)
            }
        }
    }

    @Test func `5.7.2.4, 6.4.3.2: what cannot be meant is refused all the same`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)
            for parameters in [
                "splitEntities=maybe", "csf=%3D%3D", "local=2", "entityMap=yes",
                "entityMap=true&entityMapLifetime=1hour",
                "entityMap=true&entityMapLifetime=P", "entityMap=true&entityMapLifetime=PT",
                "entityMapLifetime=PT5M",
                "entityMap=false&entityMapLifetime=PT5M",
            ] {
                let answer = try await broker.get("/entities?type=Place&\(parameters)")
                #expect(answer.status == 400)
                #expect(answer.problem == "BadRequestData")
                #expect(answer.json["path"]?.string != nil)
            }
        }
    }

    @Test func `5.7.1.4, 6.23: entity maps are declined on retrieve and by POST as well`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entityOperations/create", Self.places)

            let one = try await broker.get("/entities/urn:x:a?entityMap=true&entityMapLifetime=PT5M")
            #expect(one.status == 200)
            #expect(one.header("NGSILD-EntityMap") == nil)
            #expect(try await broker.get("/entities/urn:x:a?entityMap=1").problem == "BadRequestData")
            let query =
                #"{"type": "Query", "entities": [{"type": "Place"}], "entityMap": true, "splitEntities": true}"#
            let posted = try await broker.post("/entityOperations/query", query)
            #expect(posted.status == 200)
            #expect(posted.header("NGSILD-EntityMap") == nil)
            let lifetime = query.replacing("true}", with: "true, \"entityMapLifetime\": \"soon\"}")
            #expect(try await broker.post("/entityOperations/query", lifetime).problem == "BadRequestData")
            #expect(
                try await broker.delete("/entities?type=Place&entityMap=true").problem == "InvalidRequest")
            #expect(try await broker.get("/entityMaps/urn:x:map").status == 404)
        }
    }

    @Test func `6.3.18: every operation on entities takes local, and Via from another broker`() async throws {
        try await TestBroker.with { broker in
            let via = ["Via": "1.1 other.example", "Content-Type": "application/json"]
            let room = #"{"id": "urn:x:1", "type": "Room", "t": 1}"#
            let query = #"{"type": "Query", "entities": [{"type": "Room"}]}"#
            let requests: [(String, String, String?, Int)] = [
                ("POST", "/entities", room, 201), ("PATCH", "/entities/urn:x:1", #"{"t": 2}"#, 204),
                ("PUT", "/entities/urn:x:1", room, 204),
                ("POST", "/entities/urn:x:1/attrs", #"{"u": 2}"#, 204),
                ("PATCH", "/entities/urn:x:1/attrs", #"{"u": 3}"#, 204),
                ("PATCH", "/entities/urn:x:1/attrs/u", #"{"value": 3}"#, 204),
                ("PUT", "/entities/urn:x:1/attrs/u", #"{"value": 3}"#, 204),
                ("DELETE", "/entities/urn:x:1/attrs/u", nil, 204), ("GET", "/entities/urn:x:1", nil, 200),
                ("GET", "/entities", nil, 200), ("GET", "/types", nil, 200), ("GET", "/types/Room", nil, 200),
                ("GET", "/attributes", nil, 200), ("GET", "/attributes/t", nil, 200),
                ("POST", "/entityOperations/upsert", "[\(room)]", 204),
                ("POST", "/entityOperations/update", "[\(room)]", 204),
                ("POST", "/entityOperations/merge", "[\(room)]", 204),
                ("POST", "/entityOperations/query", query, 200),
                ("POST", "/entityOperations/delete", #"["urn:x:1"]"#, 204),
                ("POST", "/entityOperations/create", "[\(room)]", 201),
                ("DELETE", "/entities", nil, 204), ("POST", "/entities", room, 201),
                ("DELETE", "/entities/urn:x:1", nil, 204),
            ]
            for (method, path, body, status) in requests {
                let wrong = try await broker.send(method, "\(path)?local=here", body, via)
                #expect(wrong.problem == "BadRequestData", "\(method) \(path)")
                let answer = try await broker.send(method, "\(path)?local=true", body, via)
                #expect(answer.status == status, "\(method) \(path)")
                #expect(answer.header("Via") == nil)
            }
            #expect(try await broker.get("/info/sourceIdentity?local=true").problem == "InvalidRequest")
        }
    }
}
