import JSON
import NGSILD
import Testing

struct EntityExpansionTests {
    @Test func `4.5.1: id, types, scopes and expiry are read, attributes stored by their short names`() throws
    {
        let entity = try Entity(
            expanding: view(
                """
                {"@id": "urn:ngsi-ld:Vehicle:A1", "@type": ["Vehicle", "Car", "Vehicle"], "scope": ["Madrid", "/a/b"],
                 "expiresAt": "2026-01-01T00:01:00Z", "createdAt": "1999-01-01T00:00:00Z", "modifiedAt": 5,
                 "https://uri.etsi.org/ngsi-ld/default-context/speed": 55, "@context": "https://example.org/c"}
                """), context: .core, at: created)

        #expect(entity.id.description == "urn:ngsi-ld:Vehicle:A1")
        #expect(entity.types == ["Vehicle", "Car"])
        #expect(entity.scopes == ["/Madrid", "/a/b"])
        #expect(entity.expiresAt == later)
        #expect(entity.createdAt == created && entity.modifiedAt == created)
        #expect(entity.attributes.names == ["speed"])
    }

    @Test(arguments: [
        (#"5"#, ""), (#"[]"#, ""), (#"{"type": "T"}"#, ""), (#"{"id": "urn:a:1"}"#, ""),
        (#"{"id": 5, "type": "T"}"#, "/id"), (#"{"id": "x", "type": "T"}"#, "/id"),
        (#"{"id": "urn:a:1", "@id": "urn:a:2", "type": "T"}"#, "/@id"),
        (#"{"id": "urn:ngsi-ld:null", "type": "T"}"#, "/id"),
        (#"{"id": "urn:a:1", "type": "T", "@type": "U"}"#, "/@type"),
        (#"{"id": "urn:a:1", "type": []}"#, "/type"),
        (#"{"id": "urn:a:1", "type": 5}"#, "/type"), (#"{"id": "urn:a:1", "type": ["T", 5]}"#, "/type/1"),
        (#"{"id": "urn:a:1", "type": "type"}"#, "/type"),
        (#"{"id": "urn:a:1", "type": "9Vehicle"}"#, "/type"),
        (
            #"{"id": "urn:a:1", "type": "T", "ngsildproof": {"type": "Property", "value": "x"}}"#,
            "/ngsildproof/value"
        ),
        (#"{"id": "urn:a:1", "type": "T", "a": {"value": 1, "ngsildproof": "x"}}"#, "/a/ngsildproof"),
        (#"{"id": "urn:a:1", "type": "a b"}"#, "/type"),
        (#"{"id": "urn:a:1", "type": "T", "scope": "9bad"}"#, "/scope"),
        (#"{"id": "urn:a:1", "type": "T", "scope": ["/ok", "9bad"]}"#, "/scope/1"),
        (#"{"id": "urn:a:1", "type": "T", "scope": "urn:ngsi-ld:null"}"#, "/scope"),
        (#"{"id": "urn:a:1", "type": "T", "scope": null}"#, "/scope"),
        (#"{"id": "urn:a:1", "type": "T", "expiresAt": "2026-02-30T00:00:00Z"}"#, "/expiresAt"),
        (#"{"id": "urn:a:1", "type": "T", "datasetId": {"type": "Property", "value": 1}}"#, "/datasetId"),
        (#"{"id": "urn:a:1", "type": "T", "instanceId": {"type": "Property", "value": 1}}"#, "/instanceId"),
        (#"{"id": "urn:a:1", "type": "T", "observedAt": 5}"#, "/observedAt"),
        (#"{"id": "urn:a:1", "type": "T", "my attr": 1}"#, "/my attr"),
        (#"{"id": "urn:a:1", "type": "T", "scope": "/a", "ngsi-ld:scope": 1}"#, "/ngsi-ld:scope"),
        (
            #"{"id": "urn:a:1", "type": "T", "a": 1, "https://uri.etsi.org/ngsi-ld/default-context/a": 2}"#,
            "/https:~1~1uri.etsi.org~1ngsi-ld~1default-context~1a"
        ),
    ])
    func `5.5.4: a fault of the entity is refused with its place`(text: String, path: String) throws {
        let error = #expect(throws: NGSILDError.self) {
            try Entity(expanding: view(text), context: .core, at: created)
        }

        #expect(error?.kind == .badRequestData)
        #expect(error?.path == path)
    }

    @Test func `5.5.3: all faults of a payload are told at once, each once`() throws {
        let error = #expect(throws: NGSILDError.self) {
            try Entity(
                expanding: view(
                    """
                    {"type": 5, "scope": "9bad", "good": 1, "my attr": 1,
                     "a": {"type": "Property", "observedAt": "noon", "unitCode": 7, "s": {"object": "x"}},
                     "b": [{"value": 1}, {"value": 2}, {"object": 5, "datasetId": "x"}],
                     "c": {"type": "Relationship", "value": "urn:c:1"}}
                    """), context: .core, at: created)
        }

        let places =
            ["/type", "/scope", "/my attr", "/a/observedAt", "/a/unitCode", "/a/s/object", "/a", "/b/1"]
            + ["/b/2/object", "/b/2/datasetId", "/c/value", ""]
        #expect(error?.path == places.first)
        #expect(error?.others.compactMap(\.path) == Array(places.dropFirst()))
        #expect(error?.others.allSatisfy(\.others.isEmpty) == true)
        #expect(error?.others.last?.detail == "the entity has no \"id\"")
    }

    @Test func `5.5.3: each element at fault is told`() throws {
        let error = #expect(throws: NGSILDError.self) {
            try Entity(
                expanding: view(
                    """
                    {"id": "urn:a:1", "type": ["T", "a b", 5], "scope": ["/1", "/ok", "/2"],
                     "l": {"languageMap": {"e n": "x", "fr": "y", "de": 1}}, "r": {"object": ["x", "urn:x:1", "y"]},
                     "o": {"objectList": ["x", {"object": "y"}, "urn:x:1"]}}
                    """), context: .core, at: created)
        }

        let places =
            ["/type/1", "/type/2", "/scope/0", "/scope/2", "/l/languageMap/e n", "/l/languageMap/de"]
            + ["/r/object/0", "/r/object/2", "/o/objectList/0", "/o/objectList/1/object"]
        #expect([error?.path] + (error?.others.map(\.path) ?? []) == places)
    }

    @Test func `5.5.3: of very many faults the first twenty are told`() throws {
        let members = (1...1000).map { #""a\#($0)": {"type": "Relationship", "object": "x"}"# }
        let error = #expect(throws: NGSILDError.self) { try entity(members.joined(separator: ", ")) }

        #expect(error?.path == "/a1/object")
        #expect(error?.others.count == 19)
        #expect(error?.others.last?.path == "/a20/object")
    }

    @Test func `5.6.18: a payload for one entity may leave its id out, but not name another`() throws {
        let id = try EntityID("urn:a:1")

        #expect(try Entity(expanding: view(#"{"type": "T"}"#), id: id, context: .core, at: created).id == id)
        #expect(throws: NGSILDError.self) {
            try Entity(
                expanding: view(#"{"id": "urn:a:2", "type": "T"}"#), id: id, context: .core, at: created)
        }
    }

    @Test func `4.22: the earliest expiry of anything in it is when it is due`() throws {
        let members =
            #""a": {"value": 1, "expiresAt": "2026-01-01T00:01:00Z"}, "b": {"value": 1, "s": {"value": 2, "expiresAt": "2026-01-01T00:02:00.5Z"}}"#
        let transient = try entity(members)
        let lasting = try entity(#""a": {"value": {"expiresAt": "2020-01-01T00:00:00Z"}}"#)

        #expect(transient.due == later)
        #expect(stored(transient).due == later)
        #expect(lasting.due == nil && stored(lasting).due == nil)
        #expect(stored(transient).removingExpired(at: later)?.attributes.names == ["b"])
        #expect(stored(transient).removingExpired(at: later)?.due == latest)
        let rest = try #require(stored(transient).removingExpired(at: latest))
        #expect(try document(rest) == json(#"{"b": {"type": "Property", "value": 1}}"#))
        #expect(try entity(#""expiresAt": "2026-01-01T00:01:00Z""#).removingExpired(at: later) == nil)
    }

    @Test func `4.7: its geometries are told by attribute and dataset`() throws {
        let members =
            #""location": {"type": "Point", "coordinates": [1, 2]}, "x": [{"value": {"type": "Point", "coordinates": [3, 4]}, "datasetId": "urn:d:1"}], "y": 5"#

        for entity in [try entity(members), stored(try entity(members))] {
            #expect(entity.geometries.map(\.attribute) == ["location", "x"])
            #expect(entity.geometries.map(\.instance) == ["", "urn:d:1"])
            #expect(try JSONValue(parsing: entity.geometries[1].geoJSON)["coordinates"] == [3, 4])
        }
    }

    @Test func `4.7: geometries can be asked of some attributes alone`() throws {
        let room = stored(try entity(#""location": {"type": "Point", "coordinates": [1, 2]}, "x": 5"#))

        #expect(room.geometries(among: ["location"]).map(\.attribute) == ["location"])
        #expect(room.geometries(among: ["x", "y"]).isEmpty)
    }

    @Test
    func `a document has a line for each attribute, with a mark where it is not served as it is stored`()
        throws
    {
        let row = StoredEntity(
            id: "urn:a:1", types: ["T"], scopes: [], createdAt: created, modifiedAt: created, expiresAt: nil,
            document: Array(
                "{\n\"a\":{\"type\":\"Property\",\"value\":5.00}\n,\n\"b\":{\"type\":\"Property\",\"value\":1}\n}"
                    .utf8))
        let entity = Entity(row).updating(try fragment(#"{"b": 2}"#, for: .update), at: later).entity

        #expect(Entity(row).document == row.document)
        #expect(
            String(decoding: entity.document, as: UTF8.self)
                == #"""
                {
                "a":{"type":"Property","value":5.00}
                ,
                "b":{"type":"Property","value":2,"modifiedAt":"\#(laterText)"}\#t
                }
                """#)
    }
}
