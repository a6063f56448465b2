import JSON
import NGSILD
import Testing

/// An entity as it is served.
private func serve(
    _ entity: Entity, as representation: Representation, now: Timestamp = created, context: Context = .core,
    contextMember: [UInt8]? = nil, linked: EntityRenderer.LinkedEntities? = nil
) throws -> JSONValue {
    var writer = JSONWriter()
    EntityRenderer(representation, context: context, now: now, contextMember: contextMember, linked: linked)
        .write(entity.stored, into: &writer)
    return try JSONValue(parsing: writer.bytes)
}

struct RepresentationTests {
    private let every = """
        "speed": [{"value": 55}, {"value": 11.0, "datasetId": "urn:d:gps"}], "name": {"languageMap": {"en": "hi"}},
        "street": {"json": {"a": null}}, "category": {"vocab": "non"}, "depths": {"valueList": [1.2, 3.4]},
        "parked": {"object": "urn:p:1", "objectType": "Parking"}, "route": {"objectList": ["urn:r:1", "urn:r:2"]},
        "location": {"type": "Point", "coordinates": [8, 49]}, "plain": {"value": "x", "unitCode": "CEL", "sub": 5}
        """

    @Test func `4.5.1: the normalized form begins with id and type, and has no times`() throws {
        let before = try entity(#""scope": ["/A", "/B"], "expiresAt": "2027-01-01T00:00:00Z", \#(every)"#)
        let after = before.updating(
            try fragment(#"{"plain": {"value": "y", "sub": 6}}"#, for: .update), at: later
        ).entity
        var writer = JSONWriter()
        EntityRenderer(Representation(), context: .core, now: later).write(after.stored, into: &writer)
        let text = String(decoding: writer.bytes, as: UTF8.self)

        #expect(
            text.hasPrefix(
                #"{"id":"urn:ngsi-ld:Room:1","type":"Room","scope":["/A","/B"],"speed":[{"type":"Property","value":55},"#
            ))
        #expect(
            text.contains(#""plain":{"type":"Property","value":"y","sub":{"type":"Property","value":6}}"#))
        #expect(text.contains(#""value":11.0"#))
        #expect(!text.contains("modifiedAt") && !text.contains("createdAt") && !text.contains("expiresAt"))
    }

    @Test func `4.5.4: the simplified form has values alone`() throws {
        #expect(
            try serve(entity(every), as: Representation(form: .simplified))
                == json(
                    """
                    {"id": "urn:ngsi-ld:Room:1", "type": "Room", "speed": {"dataset": {"@none": 55, "urn:d:gps": 11.0}},
                     "name": {"languageMap": {"en": "hi"}}, "street": {"json": {"a": null}}, "category": {"vocab": "non"},
                     "depths": [1.2, 3.4], "parked": "urn:p:1", "route": ["urn:r:1", "urn:r:2"],
                     "location": {"type": "Point", "coordinates": [8, 49]}, "plain": "x"}
                    """))
    }

    @Test func `4.5.2.3: the concise form leaves out what follows from the rest`() throws {
        let odd =
            #""v": {"value": {"type": "A"}}, "w": {"value": {"a": 1}}, "g": {"type": "Property", "value": {"type": "Point", "coordinates": [1, 2]}}, "i": {"value": [{"value": 1}]}"#
        #expect(
            try serve(entity("\(every), \(odd)"), as: Representation(form: .concise))
                == json(
                    """
                    {"id": "urn:ngsi-ld:Room:1", "type": "Room",
                     "speed": [{"value": 55}, {"value": 11.0, "datasetId": "urn:d:gps"}],
                     "name": {"languageMap": {"en": "hi"}}, "street": {"json": {"a": null}}, "category": {"vocab": "non"},
                     "depths": {"valueList": [1.2, 3.4]}, "parked": {"object": "urn:p:1", "objectType": "Parking"},
                     "route": {"objectList": ["urn:r:1", "urn:r:2"]}, "location": {"type": "Point", "coordinates": [8, 49]},
                     "plain": {"value": "x", "unitCode": "CEL", "sub": 5},
                     "v": {"value": {"type": "A"}}, "w": {"a": 1},
                     "g": {"type": "Property", "value": {"type": "Point", "coordinates": [1, 2]}},
                     "i": {"value": [{"value": 1}]}}
                    """))
    }

    @Test func `6.3.11: system attributes are served where asked for, at every level`() throws {
        let before = stored(
            try entity(
                #""expiresAt": "2027-01-01T00:00:00Z", "a": {"value": 1, "s": 2, "expiresAt": "2028-01-01T00:00:00Z"}, "b": 3"#
            ))
        let after = try before.partiallyUpdating(
            attribute(#"{"value": 5}"#, "a", for: .partialUpdate), at: later
        ).entity

        #expect(
            try serve(after, as: Representation(includesSystemAttributes: true), now: later)
                == json(
                    """
                    {"id": "urn:ngsi-ld:Room:1", "type": "Room", "expiresAt": "2027-01-01T00:00:00Z",
                     "createdAt": "2026-01-01T00:00:00Z", "modifiedAt": "\(laterText)",
                     "a": {"type": "Property", "value": 5, "expiresAt": "2028-01-01T00:00:00Z",
                       "s": {"type": "Property", "value": 2, "createdAt": "2026-01-01T00:00:00Z", "modifiedAt": "2026-01-01T00:00:00Z"},
                       "createdAt": "2026-01-01T00:00:00Z", "modifiedAt": "\(laterText)"},
                     "b": {"type": "Property", "value": 3, "createdAt": "2026-01-01T00:00:00Z", "modifiedAt": "2026-01-01T00:00:00Z"}}
                    """))
    }

    @Test
    func `5.5.7: an attribute whose IRI means something else in the @context is not served under its name`()
        throws
    {
        let stored = try entity(#""ex:a": {"value": 1}, "a": {"value": 2}"#)
        let misleading = try context(#"{"ex:a": "https://uri.etsi.org/ngsi-ld/default-context/a"}"#)

        #expect(
            try serve(stored, as: Representation(form: .simplified), context: misleading)
                == json(#"{"id": "urn:ngsi-ld:Room:1", "type": "Room", "ex:a": 2}"#))
        #expect(
            try serve(stored, as: Representation(form: .simplified))
                == json(#"{"id": "urn:ngsi-ld:Room:1", "type": "Room", "ex:a": 1, "a": 2}"#))
    }

    @Test func `4.22: what expired is not served`() throws {
        let members =
            #""a": {"value": 1, "expiresAt": "2026-01-01T00:01:00Z"}, "b": [{"value": 1}, {"value": 2, "datasetId": "urn:d:1", "expiresAt": "2026-01-01T00:01:00Z"}], "c": {"value": 1, "s": {"value": 2, "expiresAt": "2026-01-01T00:01:00Z"}}"#
        let text = try serve(entity(members), as: Representation(), now: later)

        #expect(text["a"] == nil)
        #expect(text["b"] == (try json(#"{"type": "Property", "value": 1}"#)))
        #expect(text["c"] == (try json(#"{"type": "Property", "value": 1}"#)))
    }

    @Test func `4.5.5: a filter by datasets picks instances`() throws {
        let served = try serve(entity(every), as: Representation(datasetIds: ["urn:d:gps"]))
        let both = try serve(entity(every), as: Representation(datasetIds: ["urn:d:gps", "@none"]))

        #expect(
            served
                == (try json(
                    #"{"id": "urn:ngsi-ld:Room:1", "type": "Room", "speed": {"type": "Property", "value": 11.0, "datasetId": "urn:d:gps"}}"#
                )))
        #expect(both["speed"]?.array?.count == 2 && both["plain"]?["sub"] != nil)
    }

    @Test func `4.21: pick, omit and attrs choose members`() throws {
        let before = try entity(#""a": 1, "b": 2, "scope": "/A""#)
        func members(pick: String? = nil, omit: String? = nil, attrs: String? = nil) throws -> (
            Set<String>, EntityRenderer.Extent
        ) {
            let projection = try Projection(pick: pick, omit: omit, attrs: attrs, context: .core)
            var writer = JSONWriter()
            let extent = EntityRenderer(Representation(projection: projection), context: .core, now: created)
                .write(before.stored, into: &writer)
            return (Set(try JSONValue(parsing: writer.bytes).object?.map(\.name) ?? []), extent)
        }

        #expect(try members(pick: "a").0 == ["a"])
        #expect(try members(pick: "id,b").0 == ["id", "b"])
        #expect(try members(omit: "a,scope").0 == ["id", "type", "b"])
        #expect(try members(attrs: "b").0 == ["id", "type", "scope", "b"])
        #expect(try members(attrs: "z").1.attributes == 0)
        #expect(try members(pick: "z").1.members == 0)
        #expect(try members().1.members == 5 && members().1.attributes == 2)
    }

    @Test func `4.5.16: a Feature has the geometry of the chosen GeoProperty`() throws {
        let members =
            #""location": {"type": "Point", "coordinates": [1, 2]}, "area": {"type": "Point", "coordinates": [3, 4]}, "a": 1"#
        let feature = try serve(
            entity(members), as: Representation(isGeoJSON: true), contextMember: Array(#""https://c""#.utf8))
        let area = try serve(
            entity(members), as: Representation(form: .simplified, isGeoJSON: true, geometryProperty: "area"))
        let none = try serve(entity(members), as: Representation(isGeoJSON: true, geometryProperty: "a"))

        #expect(
            feature
                == (try json(
                    """
                    {"id": "urn:ngsi-ld:Room:1", "type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]},
                     "properties": {"type": "Room", "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [1, 2]}},
                       "area": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [3, 4]}},
                       "a": {"type": "Property", "value": 1}}, "@context": "https://c"}
                    """)))
        #expect(area["geometry"]?["coordinates"] == [3, 4] && area["properties"]?["a"] == 1)
        #expect(none["geometry"] == .some(.null))
    }

    @Test func `4.5.16.3: a list is a FeatureCollection with one @context`() throws {
        let rows = [try entity(#""a": 1"#).stored, try entity("").stored]
        func list(_ isGeoJSON: Bool) throws -> JSONValue {
            var writer = JSONWriter()
            EntityRenderer(
                Representation(isGeoJSON: isGeoJSON), context: .core, now: created,
                contextMember: Array(#""https://c""#.utf8)
            ).write(rows, into: &writer)
            return try JSONValue(parsing: writer.bytes)
        }

        #expect(try list(true)["type"] == "FeatureCollection" && list(true)["@context"] == "https://c")
        #expect(
            try list(true)["features"]?.array?.count == 2 && list(true)["features"]?[0]?["@context"] == nil)
        #expect(try list(false)[1]?["@context"] == "https://c")
    }

    @Test(arguments: [
        ("en", "en", "hi"), ("EN", "en", "hi"), ("fr", "fr", "salut"), ("fr-BE", "fr", "salut"),
        ("nl", "nl-BE", "dag"),
        ("de", "@none", "x"), ("*", "@none", "x"), ("de,fr;q=0.5,en;q=0.8", "en", "hi"),
        ("fr;q=0,en", "en", "hi"),
        ("fr-CH,fr;q=0.9,en;q=0.8,*;q=0.5", "fr", "salut"),
    ])
    func `4.15: a language filter makes a Property of the text that fits best`(
        filter: String, language: String, text: String
    ) throws {
        let before = try entity(
            #""n": {"languageMap": {"en": "hi", "fr": "salut", "nl-BE": "dag", "@none": "x"}, "observedAt": "2026-01-01T00:00:00Z"}"#
        )
        let filter = try LanguageFilter(filter)

        let expected: JSONValue = [
            "type": "Property", "value": .string(text), "lang": .string(language),
            "observedAt": "2026-01-01T00:00:00Z",
        ]
        #expect(try serve(before, as: Representation(language: filter))["n"] == expected)
        #expect(
            try serve(before, as: Representation(form: .simplified, language: filter))["n"] == .string(text))
    }

    @Test(arguments: ["", ",", "en;q=2", "en;q=x", "e n", "en;q=0.5;x", "-", "en,,fr"])
    func `4.15: what is no list of languages is refused`(text: String) {
        #expect(throws: NGSILDError.self) { try LanguageFilter(text) }
    }

    @Test func `4.15: where neither a language nor the default fits, any is served`() throws {
        let before = try entity(#""n": {"languageMap": {"sk": "ahoj"}}"#)

        #expect(try serve(before, as: Representation(language: LanguageFilter("en")))["n"]?["lang"] == "sk")
    }

    @Test func `5.5.7: names are served as the client's context has them`() throws {
        let context = try userContext(
            #"{"temp": "https://example.org/temperature", "Raum": "https://example.org/Room", "warm": "https://example.org/warm"}"#
        )
        let before = try Entity(
            expanding: view(
                #"{"id": "urn:a:1", "type": "Raum", "temp": {"vocab": ["warm", "x"], "temp": 1}, "other": 2}"#
            ),
            context: context, at: created)

        #expect(before.types == ["https://example.org/Room"])
        #expect(before.attributes.names == ["https://example.org/temperature", "other"])
        #expect(
            try serve(before, as: Representation(), context: context)
                == json(
                    """
                    {"id": "urn:a:1", "type": "Raum", "temp": {"type": "VocabProperty", "vocab": ["warm", "x"],
                     "temp": {"type": "Property", "value": 1}}, "other": {"type": "Property", "value": 2}}
                    """))
        #expect(
            try serve(before, as: Representation())["https://example.org/temperature"]?["vocab"]?[0]
                == "https://example.org/warm")
    }
}

struct LinkedRepresentationTests {
    private func graph(_ id: String) -> StoredEntity? {
        let texts = [
            "urn:b:1":
                #"{"id": "urn:b:1", "type": "B", "name": "b", "next": {"object": "urn:c:1"}, "back": {"object": "urn:ngsi-ld:Room:1"}}"#,
            "urn:c:1": #"{"id": "urn:c:1", "type": "C", "name": "c"}"#,
        ]
        return texts[id].flatMap { try? Entity(expanding: view($0), context: .core, at: created).stored }
    }

    private func render(_ members: String, _ representation: Representation, depth: Int) throws -> JSONValue {
        var writer = JSONWriter()
        EntityRenderer(
            representation, context: .core, now: created, contextMember: Array(#""https://c""#.utf8),
            linked: .init(depth: depth, entity: graph)
        ).write(try entity(members).stored, into: &writer)
        return try JSONValue(parsing: writer.bytes)
    }

    @Test func `4.5.23.2: linked entities stand beside the object, as deep as was asked for`() throws {
        let members =
            #""r": {"object": "urn:b:1"}, "m": {"object": ["urn:c:1", "urn:z:1"]}, "l": {"objectList": ["urn:c:1"]}, "z": {"object": "urn:z:1"}"#
        let one = try render(members, Representation(), depth: 1)
        let two = try render(members, Representation(), depth: 2)

        #expect(one["r"]?["object"] == "urn:b:1" && one["r"]?["entity"]?["name"]?["value"] == "b")
        #expect(one["r"]?["entity"]?["next"]?["entity"] == nil && one["r"]?["entity"]?["@context"] == nil)
        #expect(two["r"]?["entity"]?["next"]?["entity"]?["name"]?["value"] == "c")
        // The way back would never end.
        #expect(two["r"]?["entity"]?["back"]?["entity"] == nil)
        #expect(one["m"]?["entity"]?.array?.count == 1)
        #expect(one["l"]?["entityList"]?[0]?["id"] == "urn:c:1" && one["l"]?["entity"] == nil)
        #expect(one["z"] == (try json(#"{"type": "Relationship", "object": "urn:z:1"}"#)))
    }

    @Test func `4.5.4: in the simplified form the linked entity takes the place of its URI`() throws {
        let served = try render(
            #""r": {"object": "urn:c:1"}, "m": {"object": ["urn:c:1", "urn:z:1"]}"#,
            Representation(form: .simplified), depth: 1)

        #expect(served["r"] == ["id": "urn:c:1", "type": "C", "name": "c"])
        #expect(served["m"] == [["id": "urn:c:1", "type": "C", "name": "c"], "urn:z:1"])
    }

    @Test func `5.7.1.4: datasetId is about the target entity, not about linked ones`() throws {
        let served = try render(
            #""r": {"object": "urn:c:1", "datasetId": "urn:d:1"}, "a": 1"#,
            Representation(form: .simplified, datasetIds: ["urn:d:1"]), depth: 1)

        #expect(
            served == [
                "id": "urn:ngsi-ld:Room:1", "type": "Room", "r": ["id": "urn:c:1", "type": "C", "name": "c"],
                "@context": "https://c",
            ])
    }

    @Test func `4.21: projections in braces are about the linked entity`() throws {
        let projection = try Projection(pick: "id,r{name}", omit: nil, attrs: nil, context: .core)
        let served = try render(
            #""r": {"object": "urn:b:1"}, "a": 1"#, Representation(form: .simplified, projection: projection),
            depth: 1)

        #expect(served == ["id": "urn:ngsi-ld:Room:1", "r": ["name": "b"], "@context": "https://c"])
    }
}

struct VersionRepresentationTests {
    @Test func `4.3.6.8: clients of earlier versions get what they know`() throws {
        let before = try Entity(
            expanding: view(
                """
                {"id": "urn:a:1", "type": ["A", "B"], "scope": "/S", "v": {"vocab": "x"}, "j": {"json": {"a": 1}},
                 "l": {"valueList": [1]}, "o": {"objectList": ["urn:x:1"]}, "n": {"languageMap": {"en": "hi"}},
                 "p": {"value": 1, "unitCode": "CEL", "valueType": "DateTime"}, "r": {"object": "urn:x:1", "objectType": "X"},
                 "d": [{"value": 2, "datasetId": "urn:d:1"}, {"value": 3}]}
                """), context: .core, at: created)
        func render(_ minor: Int) throws -> JSONValue {
            try serve(before, as: Representation(version: SpecificationVersion(1, minor)))
        }

        #expect(try render(9)["v"]?["type"] == "VocabProperty")
        let five = try render(5)
        #expect(five["v"] == ["type": "Property", "value": "x"])
        #expect(five["j"] == ["type": "Property", "value": ["a": 1]])
        #expect(five["l"] == ["type": "Property", "value": [1]])
        #expect(five["o"] == ["type": "Relationship", "object": ["urn:x:1"]])
        #expect(five["n"]?["type"] == "LanguageProperty")
        #expect(five["p"] == ["type": "Property", "value": 1, "unitCode": "CEL"])
        #expect(five["r"]?["objectType"] == nil && five["scope"] == "/S" && five["type"] == ["A", "B"])
        let one = try render(1)
        #expect(one["type"] == "A" && one["scope"] == nil && one["d"] == ["type": "Property", "value": 3])
        #expect(
            one["p"] == ["type": "Property", "value": 1]
                && one["n"] == ["type": "Property", "value": ["en": "hi"]])
    }
}
