import JSON
import NGSILD
import Testing

struct AttributeExpansionTests {
    @Test(arguments: [
        // Property, normalized and concise
        (
            #"{"type": "Property", "value": 5.0, "unitCode": "CEL"}"#,
            #"{"type": "Property", "value": 5.0, "unitCode": "CEL"}"#
        ),
        (#"55"#, #"{"type": "Property", "value": 55}"#),
        (#""urn:x:1""#, #"{"type": "Property", "value": "urn:x:1"}"#),
        (#"[1, [2, {"a": null}]]"#, #"{"type": "Property", "value": [1, [2, {"a": null}]]}"#),
        (#"[]"#, #"{"type": "Property", "value": []}"#),
        (#"{"street": "a", "city": "b"}"#, #"{"type": "Property", "value": {"street": "a", "city": "b"}}"#),
        (
            #"{"@type": "Date", "@value": "2026-01-01"}"#,
            #"{"type": "Property", "value": {"@type": "Date", "@value": "2026-01-01"}}"#
        ),
        (
            #"{"value": {"@type": "@json", "@value": null}}"#,
            #"{"type": "Property", "value": {"@type": "@json", "@value": null}}"#
        ),
        (#"{"@type": "Property", "value": true}"#, #"{"type": "Property", "value": true}"#),
        (
            #"{"type": "https://uri.etsi.org/ngsi-ld/Property", "value": 1}"#,
            #"{"type": "Property", "value": 1}"#
        ),
        (
            #"{"value": 1, "observedAt": "2026-01-01T00:00:00,5Z"}"#,
            #"{"type": "Property", "value": 1, "observedAt": "2026-01-01T00:00:00.5Z"}"#
        ),
        (
            #"{"value": 1, "valueType": "xsd:double", "datasetId": "urn:d:1"}"#,
            #"[{"type": "Property", "value": 1, "valueType": "xsd:double", "datasetId": "urn:d:1"}]"#
        ),
        (
            #"{"value": 1, "accuracy": 0.5, "by": {"object": "urn:p:1"}}"#,
            #"{"type": "Property", "value": 1, "accuracy": {"type": "Property", "value": 0.5}, "by": {"type": "Relationship", "object": "urn:p:1"}}"#
        ),
        (
            #"{"value": 1, "expiresAt": "2020-01-01T00:00:00Z"}"#,
            #"{"type": "Property", "value": 1, "expiresAt": "2020-01-01T00:00:00Z"}"#
        ),
        // What brokers make is ignored
        (
            #"{"value": 1, "createdAt": "x", "modifiedAt": 5, "deletedAt": {}, "instanceId": "urn:i:1"}"#,
            #"{"type": "Property", "value": 1}"#
        ),
        (
            #"{"object": "urn:p:1", "entity": {"id": "urn:p:1", "type": "P"}}"#,
            #"{"type": "Relationship", "object": "urn:p:1"}"#
        ),
        // GeoProperty
        (
            #"{"type": "Point", "coordinates": [8, 49.5]}"#,
            #"{"type": "GeoProperty", "value": {"type": "Point", "coordinates": [8, 49.5]}}"#
        ),
        (
            #"{"value": {"type": "Point", "coordinates": [8, 49.5, 100]}}"#,
            #"{"type": "GeoProperty", "value": {"type": "Point", "coordinates": [8, 49.5, 100]}}"#
        ),
        (
            #"{"type": "GeoProperty", "value": "{\"type\": \"Point\", \"coordinates\": [8, 49.5]}"}"#,
            #"{"type": "GeoProperty", "value": {"type": "Point", "coordinates": [8, 49.5]}}"#
        ),
        // A polygon that crosses itself
        (
            #"{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0.0]]]}"#,
            #"{"type": "GeoProperty", "value": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0.0]]]}}"#
        ),
        // The other types
        (
            #"{"languageMap": {"en": "hello", "sk": ["ahoj", "servus"], "@none": "x"}}"#,
            #"{"type": "LanguageProperty", "languageMap": {"en": "hello", "sk": ["ahoj", "servus"], "@none": "x"}}"#
        ),
        (
            #"{"type": "LanguageProperty", "languageMap": {"zh-Hant-TW": "x"}, "valueType": "langString"}"#,
            #"{"type": "LanguageProperty", "languageMap": {"zh-Hant-TW": "x"}, "valueType": "langString"}"#
        ),
        (
            #"{"vocab": "https://uri.etsi.org/ngsi-ld/default-context/Male"}"#,
            #"{"type": "VocabProperty", "vocab": "Male"}"#
        ),
        (#"{"vocab": ["a", "b"]}"#, #"{"type": "VocabProperty", "vocab": ["a", "b"]}"#),
        (
            #"{"json": {"id": "85a6cc52", "value": null, "type": "raw", "x": "urn:ngsi-ld:null"}}"#,
            #"{"type": "JsonProperty", "json": {"id": "85a6cc52", "value": null, "type": "raw", "x": "urn:ngsi-ld:null"}}"#
        ),
        (#"{"json": [{"a": 1}, {}]}"#, #"{"type": "JsonProperty", "json": [{"a": 1}, {}]}"#),
        (
            #"{"valueList": [1, "a", [2], {"b": 1}]}"#,
            #"{"type": "ListProperty", "valueList": [1, "a", [2], {"b": 1}]}"#
        ),
        (
            #"{"type": "Relationship", "object": ["urn:a:1", "urn:a:2"], "objectType": ["A", "B"]}"#,
            #"{"type": "Relationship", "object": ["urn:a:1", "urn:a:2"], "objectType": ["A", "B"]}"#
        ),
        (
            #"{"objectList": ["urn:a:1", {"object": "urn:a:2"}]}"#,
            #"{"type": "ListRelationship", "objectList": [{"object": "urn:a:1"}, {"object": "urn:a:2"}]}"#
        ),
        // Several instances
        (
            #"[{"value": 1, "datasetId": "@none"}, {"value": 2, "datasetId": "urn:d:1"}]"#,
            #"[{"type": "Property", "value": 1}, {"type": "Property", "value": 2, "datasetId": "urn:d:1"}]"#
        ),
        (#"[{"type": "Property", "value": 1}]"#, #"{"type": "Property", "value": 1}"#),
    ])
    func `4.5.2, 4.5.3: what is valid is stored with its type`(input: String, stored: String) throws {
        let entity = try entity(#""x": \#(input)"#)

        #expect(try document(entity) == json(#"{"x": \#(stored)}"#))
    }

    @Test(arguments: [
        // Values
        (#"null"#, "/x", "null"), (#"{"value": null}"#, "/x/value", "null"),
        (#"{"type": "Property"}"#, "/x", "value"),
        (#"{"observedAt": "2026-01-01T00:00:00Z"}"#, "/x", "value"),
        (#""urn:ngsi-ld:null""#, "/x", "urn:ngsi-ld:null"),
        (#"{"value": "urn:ngsi-ld:null"}"#, "/x/value", "urn:ngsi-ld:null"),
        (#"{"value": {"a": {"b": "urn:ngsi-ld:nul\u006c"}}}"#, "/x/value/a/b", "urn:ngsi-ld:null"),
        (#"{"value": [1, "urn:ngsi-ld:null"]}"#, "/x/value/1", "urn:ngsi-ld:null"),
        (#"{"object": "urn:ngsi-ld:null"}"#, "/x/object", "urn:ngsi-ld:null"),
        (#"{"languageMap": {"@none": "urn:ngsi-ld:null"}}"#, "/x/languageMap", "urn:ngsi-ld:null"),
        (#"{"valueList": ["urn:ngsi-ld:null"]}"#, "/x/valueList", "urn:ngsi-ld:null"),
        (#"{"value": 1, "s": {"value": "urn:ngsi-ld:null"}}"#, "/x/s/value", "urn:ngsi-ld:null"),
        // Members
        (#"{"type": "Thing", "value": 1}"#, "/x/type", "Thing"),
        (#"{"type": 5, "value": 1}"#, "/x/type", "5"),
        (#"{"type": "GeometryCollection", "geometries": []}"#, "/x/type", "GeometryCollection"),
        (#"{"type": "Property", "value": 1, "object": "urn:a:1"}"#, "/x/object", "object"),
        (#"{"type": "Property", "value": 1, "languageMap": {"en": "x"}}"#, "/x/languageMap", "languageMap"),
        (#"{"type": "Property", "value": 1, "valueList": [1]}"#, "/x/valueList", "valueList"),
        (
            #"{"type": "Property", "value": 1, "previousObject": "urn:a:1"}"#, "/x/previousObject",
            "previousObject"
        ),
        (#"{"type": "Property", "value": 1, "previousValue": 0}"#, "/x/previousValue", "previousValue"),
        (#"{"type": "Property", "value": 1, "entityIdSealed": true}"#, "/x/entityIdSealed", "ngsildproof"),
        (#"{"type": "Property", "value": 1, "entity": {}}"#, "/x/entity", "entity"),
        (#"{"type": "Property", "value": 1, "objectType": "A"}"#, "/x/objectType", "objectType"),
        (#"{"type": "Property", "value": 1, "@context": {}}"#, "/x/@context", "@context"),
        (#"{"type": "Property", "value": 1, "id": "urn:a:1"}"#, "/x/id", "id"),
        (#"{"type": "Relationship", "object": "urn:a:1", "value": 1}"#, "/x/value", "value"),
        (#"{"type": "Relationship", "object": "urn:a:1", "unitCode": "CEL"}"#, "/x/unitCode", "unitCode"),
        (#"{"type": "Relationship", "object": "urn:a:1", "valueType": "A"}"#, "/x/valueType", "valueType"),
        (
            #"{"type": "ListRelationship", "objectList": ["urn:a:1"], "object": "urn:a:1"}"#, "/x/object",
            "object"
        ),
        (
            #"{"type": "LanguageProperty", "languageMap": {"en": "a"}, "unitCode": "CEL"}"#, "/x/unitCode",
            "unitCode"
        ),
        (#"{"type": "VocabProperty", "vocab": "a", "value": 1}"#, "/x/value", "value"),
        (#"{"type": "JsonProperty", "json": {}, "unitCode": "CEL"}"#, "/x/unitCode", "unitCode"),
        (#"{"type": "ListProperty", "valueList": [], "value": 1}"#, "/x/value", "value"),
        (#"{"value": 1, "observedAt": "2026-01-01T00:00:00+02:00"}"#, "/x/observedAt", "+02:00"),
        (#"{"value": 1, "observedAt": 5}"#, "/x/observedAt", "5"),
        (#"{"value": 1, "expiresAt": "tomorrow"}"#, "/x/expiresAt", "tomorrow"),
        (#"{"value": 1, "unitCode": 5}"#, "/x/unitCode", "5"),
        (#"{"value": 1, "unitCode": ""}"#, "/x/unitCode", "unitCode"),
        (#"{"value": 1, "datasetId": "no uri"}"#, "/x/datasetId", "no uri"),
        (#"{"value": 1, "datasetId": null}"#, "/x/datasetId", "null"),
        (#"{"value": 1, "datasetId": "urn:ngsi-ld:null"}"#, "/x/datasetId", "datasetId"),
        (#"{"value": 1, "observedAt": "urn:ngsi-ld:null"}"#, "/x/observedAt", "urn:ngsi-ld:null"),
        (#"{"value": 1, "my attr": 2}"#, "/x/my attr", "my attr"),
        (#"{"value": 1, "s": null}"#, "/x/s", "null"),
        // By type
        (#"{"object": "thing"}"#, "/x/object", "thing"), (#"{"object": ["urn:a:1", 5]}"#, "/x/object/1", "5"),
        (#"{"object": {"object": "urn:a:1"}}"#, "/x/object", "URI"),
        (#"{"objectList": "urn:a:1"}"#, "/x/objectList", "array"),
        (#"{"objectList": ["a"]}"#, "/x/objectList/0", "a"),
        (#"{"valueList": 5}"#, "/x/valueList", "array"),
        (#"{"valueList": [null]}"#, "/x/valueList/0", "null"),
        (#"{"json": 5}"#, "/x/json", "5"), (#"{"json": [1]}"#, "/x/json", "object"),
        (#"{"vocab": ["a", "urn:ngsi-ld:null"]}"#, "/x/vocab/1", "urn:ngsi-ld:null"),
        (#"{"vocab": 5}"#, "/x/vocab", "5"), (#"{"vocab": []}"#, "/x/vocab", "vocab"),
        (#"{"languageMap": "x"}"#, "/x/languageMap", "x"),
        (#"{"languageMap": {"": "x"}}"#, "/x/languageMap/", "tag"),
        (#"{"languageMap": {"en": 5}}"#, "/x/languageMap/en", "5"),
        (#"{"languageMap": {"en": ["a", 5]}}"#, "/x/languageMap/en", "string"),
        (#"{"languageMap": {"en": "x"}, "valueType": "xsd:string"}"#, "/x/valueType", "xsd:string"),
        // Instances
        (#"[{"type": "Property", "value": 1}, {"value": 2}]"#, "/x/1", "default instance"),
        (#"[{"value": 1, "datasetId": "urn:d:1"}, {"value": 2, "datasetId": "urn:d:1"}]"#, "/x/1", "urn:d:1"),
        (#"[{"type": "Property", "value": 1}, 5]"#, "/x/1", "5"),
    ])
    func `5.5.4: a fault is refused, with its place and what was seen`(
        input: String, path: String, seen: String
    ) throws {
        let error = #expect(throws: NGSILDError.self) { try entity(#""x": \#(input)"#) }

        #expect(error?.kind == .badRequestData)
        #expect(error?.path == path)
        #expect(error?.detail.contains(seen) == true, "\(error?.detail ?? "")")
    }

    @Test(arguments: [
        #"{"type": "Point", "coordinates": []}"#, #"{"type": "Point", "coordinates": [1]}"#,
        #"{"type": "Point", "coordinates": [1, 2, 3, 4]}"#, #"{"type": "Point", "coordinates": ["1", "2"]}"#,
        #"{"type": "Point", "coordinates": [181, 0]}"#, #"{"type": "Point", "coordinates": [0, 91]}"#,
        #"{"type": "Point", "coordinates": [[1, 2]]}"#, #"{"type": "Point", "coordinates": {"a": 1}}"#,
        #"{"type": "LineString", "coordinates": [[1, 2]]}"#,
        #"{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}"#,
        #"{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1]]]}"#,
        #"{"type": "Polygon", "coordinates": []}"#,
        #"{"type": "MultiPolygon", "coordinates": [[[0, 0], [1, 1]]]}"#,
        #"{"type": "Point"}"#, #"{"type": "Feature", "geometry": null}"#, #""POINT(1 2)""#, #"5"#,
        #""{\"type\": \"Point\"}""#, #"{"type": "GeometryCollection", "geometries": []}"#,
    ])
    func `4.7.1: a GeoProperty holds a geometry that can be indexed`(value: String) throws {
        let error = #expect(throws: NGSILDError.self) {
            try entity(#""place": {"type": "GeoProperty", "value": \#(value)}"#)
        }

        #expect(error?.path?.hasPrefix("/place/value") == true)
    }

    @Test(arguments: [#"{"type": "Property", "value": 7}"#, #"7"#, #"{"object": "urn:a:1"}"#])
    func `4.7.1: location is a GeoProperty`(attribute: String) {
        #expect(throws: NGSILDError.self) { try entity(#""location": \#(attribute)"#) }
    }

    @Test func `4.5.2.2: ngsildproof has sealed members, and nothing else has`() throws {
        let proof =
            #"{"type": "Property", "entityIdSealed": "urn:r:1", "entityTypeSealed": "Room", "value": {"type": "DataIntegrityProof"}}"#
        let entity = try entity(#""ngsildproof": \#(proof), "speed": {"value": 1, "ngsildproof": \#(proof)}"#)

        #expect(try document(entity)["ngsildproof"] == json(proof))
        #expect(try document(entity)["speed"]?["ngsildproof"] == json(proof))
    }

    @Test func `4.5.2.2: sub-attributes nest, up to a limit`() throws {
        func nested(_ depth: Int) -> String {
            depth == 0 ? #"{"value": 0}"# : #"{"value": \#(depth), "s": \#(nested(depth - 1))}"#
        }

        #expect(throws: Never.self) { try entity(#""x": \#(nested(EntityLimits.depthMax))"#) }
        #expect(throws: NGSILDError.self) { try entity(#""x": \#(nested(EntityLimits.depthMax + 1))"#) }
    }
}
