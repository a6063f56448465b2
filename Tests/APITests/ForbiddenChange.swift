import JSON

/// A change that makes an example what the text forbids, and where the problem has to point.
struct ForbiddenChange {
    let rule: String
    /// JSON Pointer.
    let path: String
    let apply: (inout JSONObject) -> Void

    /// Changes of the entity, and of each of its attributes.
    static func all(of example: Example) -> [ForbiddenChange] {
        let idName = example.document["id"] == nil ? "@id" : "id"
        func entity(
            _ rule: String, _ path: String, _ apply: @escaping (inout JSONObject) -> Void
        ) -> ForbiddenChange {
            ForbiddenChange(rule: rule, path: path, apply: apply)
        }
        var changes = [
            entity("5.2.4: without id", "") { $0[idName] = nil },
            entity("5.2.4: without type", "") { $0["type"] = nil },
            entity("5.2.4: an id that is no URI", "/\(idName)") { $0[idName] = "no uri" },
            entity("5.2.4: a type that is no name", "/type/1") { $0["type"] = ["Good", "b a d"] },
            entity("4.6.2: a name with a blank", "/my name") { $0["my name"] = 1 },
            entity("4.6.2: a name with a parenthesis", "/name(s)") { $0["name(s)"] = 1 },
            entity("4.5.1: a core term as a name", "/datasetId") {
                $0["datasetId"] = ["type": "Property", "value": 1]
            },
            entity("5.5.4: an attribute that is the NGSI-LD Null", "/none") {
                $0["none"] = "urn:ngsi-ld:null"
            },
            entity("5.2.1: an attribute that is null", "/none") { $0["none"] = JSONValue.null },
            entity("4.18: a scope that is none", "/scope/0") { $0["scope"] = ["/9"] },
            entity("4.7: a bad geometry", "/place/value/coordinates") {
                $0["place"] = ["type": "GeoProperty", "value": ["type": "Point", "coordinates": ["x", 1]]]
            },
            entity("4.7: a geometry collection", "/place/value/type") {
                $0["place"] = [
                    "type": "GeoProperty", "value": ["type": "GeometryCollection", "geometries": []],
                ]
            },
            entity("4.7.1: location is a GeoProperty", "/location") {
                $0["location"] = ["type": "Property", "value": 1]
            },
        ]
        // One attribute of each type.
        var types: Set<String> = []
        for (name, type, _) in example.attributes where types.insert(type).inserted {
            changes += of(name, type)
        }
        return changes
    }

    /// Changes of one attribute.
    private static func of(_ name: String, _ type: String) -> [ForbiddenChange] {
        let place = "/\(name)"
        func attribute(
            _ rule: String, _ path: String, _ apply: @escaping (inout JSONObject) -> Void
        ) -> ForbiddenChange {
            ForbiddenChange(rule: rule, path: place + path) { entity in
                guard var instance = entity[name]?.object else { return }
                apply(&instance)
                entity[name] = .object(instance)
            }
        }
        let isRelationship = type == "Relationship"
        let value = isRelationship ? "object" : "value"
        let foreign = isRelationship ? "value" : "object"
        var changes = [
            attribute("4.5.2, 4.5.3: no value", "") { $0[value] = nil },
            attribute("4.5.2, 4.5.3: the value of another type", "/\(foreign)") { $0[foreign] = "urn:x:1" },
            attribute("4.5.2.2: a languageMap as well", "/languageMap") { $0["languageMap"] = ["en": "x"] },
            attribute("4.6.3: observedAt without a zone", "/observedAt") {
                $0["observedAt"] = "2026-01-01T00:00:00"
            },
            attribute("4.6.3: observedAt on a day that is none", "/observedAt") {
                $0["observedAt"] = "2026-02-30T00:00:00Z"
            },
            attribute("4.5.5: a datasetId that is no URI", "/datasetId") { $0["datasetId"] = "no uri" },
            attribute("4.5: a type that is none", "/type") { $0["type"] = "Propertyy" },
            attribute("4.5.1: an @context of its own", "/@context") { $0["@context"] = "https://a.example" },
            attribute("5.5.4: the NGSI-LD Null", "/\(value)") { $0[value] = "urn:ngsi-ld:null" },
            attribute("5.2.1: a sub-attribute that is null", "/sub") { $0["sub"] = JSONValue.null },
            attribute("4.5.3: a sub-attribute with a bad target", "/sub/object") {
                $0["sub"] = ["type": "Relationship", "object": 5]
            },
            attribute("5.2.5: a unitCode that is no text, or not allowed", "/unitCode") {
                $0["unitCode"] = 5
            },
            ForbiddenChange(rule: "4.5.5: one dataset twice", path: place + "/1") { entity in
                guard let instance = entity[name] else { return }
                entity[name] = [instance, instance]
            },
        ]
        if isRelationship {
            changes.append(attribute("5.2.6: a target that is no URI", "/object") { $0["object"] = "no uri" })
        } else {
            changes.append(
                attribute("5.2.1: a value that is null", "/value") { $0["value"] = JSONValue.null })
        }
        return changes
    }
}
