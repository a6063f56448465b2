import JSON
import TestInput

/// Random texts near to what clients send: built by the grammars, and damaged.
struct RandomPayloads {
    var random: SeededGenerator

    private static let names = [
        "a", "b", "temperature", "location", "type", "id", "scope", "createdAt", "ex:a", "é", "",
    ]
    private static let attributeNames = ["a", "b", "temperature", "location", "é"]
    private static let scalars = [
        "1", "-0", "1e5", "2.50", "\"x\"", "\"\"", "true", "false", "null", "1e999", "\"urn:ngsi-ld:null\"",
        "\"2026-01-01T00:00:00Z\"", "\"urn:x:1\"", "\"\\u0000\"", "\"é\\ud83d\\ude00\"", "[]", "{}",
        "123456789012345678901234567890",
    ]

    // MARK: Parameters

    /// Names and values for `GET /entities`, not escaped.
    mutating func parameters() -> [(String, String)] {
        var parameters: [(String, String)] = []
        let types = random.chance(85) ? ["T", "T,U", "(T;U)", "*"] : ["T|", "(T", "ex:T", ";"]
        parameters.append(("type", random.pick(types)))
        if random.chance(60) { parameters.append(("q", damaged(query(depth: 0), 20))) }
        if random.chance(25) { parameters += place() }
        if random.chance(15) {
            parameters.append(
                ("scopeQ", damaged(random.pick(["/A/#", "/+/b", "(/A;/B)|/C", "/#", "A"]), 40)))
        }
        for (name, values) in Self.others where random.chance(4) {
            parameters.append((name, damaged(random.pick(values), 20)))
        }
        return parameters.filter { !$0.1.isEmpty }
    }

    private static let others: [(String, [String])] = [
        ("attrs", ["a", "a,b", ",", "location"]), ("pick", ["a", "id,type,a", "a{b}", "a,{}", "a{b{c}}"]),
        ("omit", ["a", "id", "a{b}"]), ("lang", ["en", "en;q=0.5,*", "x-", "*"]),
        ("orderBy", ["a", "a;desc", "a.b", "a[x]", "createdAt", "a;dist-asc", "id"]),
        ("collation", ["und", "de", "xx-yy-zz"]), ("limit", ["1", "0", "-1", "1000", "1001", "x"]),
        ("offset", ["0", "5", "-1", "99999999999999999999"]), ("count", ["true", "false", "yes"]),
        ("options", ["keyValues", "sysAttrs", "concise", "count", "x"]), ("format", ["simplified", "x"]),
        ("idPattern", [".*", "urn:(a|b)+", "[", "(", "a{2,3}", "^urn", "\\d+", "(a*)*b"]),
        ("id", ["urn:x:1", "urn:x:1,urn:x:2", "x", ","]), ("join", ["inline", "flat", "@none", "x"]),
        ("joinLevel", ["1", "0", "100"]), ("datasetId", ["urn:d:1", "@none", "x"]),
        ("pageAfter", ["urn:x:1", "x"]),
        ("expandValues", ["a", "a,b"]), ("jsonKeys", ["a", ","]), ("local", ["true", "x"]),
        ("csf", ["a==1", "a=="]), ("geometryProperty", ["location", "a b"]), ("containedBy", ["urn:x:1"]),
    ]

    /// 4.9.
    mutating func query(depth: Int) -> String {
        switch Int.random(in: 0..<(depth < 6 ? 8 : 4), using: &random) {
        case 0: return path()
        case 1...3:
            let comparison = random.pick(["==", "!=", "<", "<=", ">", ">=", "~=", "!~="])
            return path() + comparison + value()
        case 4: return "(\(query(depth: depth + 1)))"
        default: return query(depth: depth + 1) + random.pick([";", "|"]) + query(depth: depth + 1)
        }
    }

    private mutating func path() -> String {
        var path = random.pick(random.chance(90) ? Self.attributeNames : Self.names)
        if random.chance(30) {
            path += "." + random.pick(["a", "observedAt", "unitCode", "value", "createdAt"])
        }
        if random.chance(20) { path += random.pick(["[x]", "[x.y]", "[*]", "[en]", "[]", "[0]"]) }
        if random.chance(8) { path += random.pick(["{a}", "{T:a}", "{a{b}}", "{}"]) }
        return path
    }

    private mutating func value() -> String {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return random.pick(["\(scalar()),\(scalar())", "\(scalar())..\(scalar())"])
        case 1...3: return random.pick(["1", "-2.5", "\"x\"", "true", "1..5", "\"a\",\"b\"", "urn:x:1"])
        case 4: return random.pick(["2026-01-01T00:00:00Z", "2026-13-01", "12:00:00Z", "10:00", "urn:x:1"])
        case 5: return random.pick([".*", "^a+$", "(", "[[:alpha:]]", "a{1,2}", "\"a.*\"", "(a+)+$"])
        default: return scalar()
        }
    }

    private mutating func scalar() -> String { random.pick(Self.scalars) }

    /// 4.10.
    private mutating func place() -> [(String, String)] {
        let relations = [
            "within", "intersects", "near;maxDistance==10", "near;minDistance==0", "near", "disjoint",
            "equals",
            "near;maxDistance==1e400", "near;maxDistance==-1", "overlaps", "contains", "x",
        ]
        var parameters = [("georel", random.pick(relations))]
        if random.chance(90) { parameters.append(("geometry", random.pick(Self.geometries))) }
        if random.chance(90) {
            parameters.append(
                ("coordinates", damaged(coordinates(depth: Int.random(in: 0...3, using: &random)), 15)))
        }
        if random.chance(20) { parameters.append(("geoproperty", random.pick(Self.names))) }
        return parameters
    }

    static let geometries = [
        "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
        "GeometryCollection",
    ]

    mutating func coordinates(depth: Int) -> String {
        guard depth > 0 else {
            let number = { (random: inout SeededGenerator) in
                random.pick(["0", "1", "10.5", "-170", "180", "90", "91", "1e300", "\"1\"", "null"])
            }
            let count = random.pick([2, 2, 2, 2, 3, 1, 0])
            return "[\((0..<count).map { _ in number(&random) }.joined(separator: ","))]"
        }
        let isRing = random.chance(60)
        if isRing, depth <= 2 {
            let ring = "[[0,0],[10,0],[10,10],[0,10],[0,0]]"
            return depth == 1 ? ring : "[\(ring),[[1,1],[2,1],[2,2],[1,1]]]"
        }
        let parts = (0..<Int.random(in: 0...5, using: &random)).map { _ in coordinates(depth: depth - 1) }
        return "[\(parts.joined(separator: ","))]"
    }

    // MARK: Bodies

    /// An entity, as JSON or near to it.
    mutating func entity(_ id: String, context: String? = nil) -> String {
        var members = [
            "\"id\": \"\(id)\"", "\"type\": \(random.pick(["\"T\"", "[\"T\", \"U\"]", "[]", "5"]))",
        ]
        if random.chance(70) { members[1] = "\"type\": \"T\"" }
        if random.chance(15) {
            members.append("\"scope\": \(random.pick(["\"/A\"", "[\"/A/b\"]", "5", "\"9\""]))")
        }
        for name in Self.attributeNames + ["ex:a"] where random.chance(20) {
            members.append("\"\(name)\": \(attribute(depth: 0))")
        }
        if random.chance(5) { members.append("\"\(random.pick(Self.names))\": \(scalar())") }
        if let context { members.append("\"@context\": \(context)") }
        return "{\(members.joined(separator: ", "))}"
    }

    mutating func attribute(depth: Int) -> String {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return scalar()
        case 1 where depth < 3: return "[\(attribute(depth: depth + 1)), \(attribute(depth: depth + 1))]"
        case 2:
            return """
                {"type": "GeoProperty", "value": {"type": "\(random.pick(Self.geometries))", \
                "coordinates": \(coordinates(depth: Int.random(in: 0...3, using: &random)))}}
                """
        case 3...6: return random.pick(Self.attributes)
        default:
            var members: [String] = []
            if random.chance(80) { members.append("\"type\": \"\(random.pick(Self.types))\"") }
            let values = ["value", "object", "languageMap", "vocab", "json", "valueList", "objectList"]
            if random.chance(90) { members.append("\"\(random.pick(values))\": \(inner(depth: depth))") }
            for name in [
                "observedAt", "unitCode", "datasetId", "expiresAt", "valueType", "createdAt", "lang",
            ]
            where random.chance(12) {
                members.append("\"\(name)\": \(scalar())")
            }
            if depth < 3, random.chance(30) { members.append("\"s\": \(attribute(depth: depth + 1))") }
            return "{\(members.joined(separator: ", "))}"
        }
    }

    /// Good ones.
    private static let attributes = [
        #"{"type": "Property", "value": 5, "unitCode": "CEL", "s": {"type": "Property", "value": [1, {"x": true}]}}"#,
        #"{"type": "Relationship", "object": ["urn:x:1", "urn:x:2"], "observedAt": "2026-01-01T00:00:00Z"}"#,
        #"{"type": "GeoProperty", "value": {"type": "Point", "coordinates": [1, 2]}}"#,
        #"{"languageMap": {"en": "yes", "de": ["ja", "doch"]}}"#, #"{"vocab": ["a", "ex:b"]}"#,
        #"{"json": {"x": null}}"#, #"{"valueList": [1, 2]}"#, #"{"objectList": ["urn:x:1"]}"#,
        #"[{"value": 1}, {"value": 2, "datasetId": "urn:d:1"}]"#, #""urn:ngsi-ld:null""#,
    ]

    private static let types = [
        "Property", "Relationship", "GeoProperty", "LanguageProperty", "VocabProperty", "JsonProperty",
        "ListProperty", "ListRelationship", "Propertyy",
    ]

    private mutating func inner(depth: Int) -> String {
        guard depth < 4 else { return scalar() }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return "[\(inner(depth: depth + 1)), \(inner(depth: depth + 1))]"
        case 1: return "{\"\(random.pick(Self.names))\": \(inner(depth: depth + 1))}"
        case 2: return "{\"en\": \(scalar()), \"@none\": \(scalar())}"
        default: return scalar()
        }
    }

    // MARK: @contexts

    mutating func context(depth: Int = 0) -> String {
        switch Int.random(in: 0..<8, using: &random) {
        case 0 where depth < 3: return "[\(context(depth: depth + 1)), \(context(depth: depth + 1))]"
        case 1:
            return random.pick([
                "\"https://example.org/good\"", "\"https://example.org/loop\"",
                "\"https://example.org/none\"",
                "null", "5", "\"x\"",
            ])
        default:
            var members: [String] = []
            for name in Self.names + ["ex", "T", "@vocab", "@base", "@version", "@language", "@import"]
            where random.chance(25) {
                members.append("\"\(name)\": \(definition(depth: depth))")
            }
            return "{\(members.joined(separator: ", "))}"
        }
    }

    private mutating func definition(depth: Int) -> String {
        let texts = [
            "\"https://example.org/x#\"", "\"ex:b\"", "\"@id\"", "\"@type\"", "\"@vocab\"", "\"a\"", "\"\"",
            "null",
            "1.1", "5", "\"@json\"", "\"@none\"", "\"_:b\"", "\"ex:\"", "\":\"",
        ]
        guard random.chance(40) else { return random.pick(texts) }
        let keywords = [
            "@id", "@type", "@container", "@context", "@protected", "@prefix", "@reverse", "@language",
            "@nest",
            "@index", "@direction", "x",
        ]
        var members: [String] = []
        for keyword in keywords where random.chance(25) {
            let values = texts + ["true", "\"@list\"", "\"@set\"", "[\"@set\", \"@language\"]"]
            members.append("\"\(keyword)\": \(random.pick(values))")
        }
        return "{\(members.joined(separator: ", "))}"
    }

    // MARK: Damage

    /// `text` with a few bytes changed, dropped, doubled or put in, in `percent` of all cases.
    mutating func damaged(_ text: String, _ percent: Int) -> String {
        guard random.chance(percent) else { return text }
        return String(decoding: damaged(Array(text.utf8)), as: UTF8.self)
    }

    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let pieces = [
            "{", "}", "[", "]", "(", ")", ",", ":", ";", "|", "\"", "\\", "=", "..", "null", "@id", "\u{E9}",
            "%", "+",
        ]
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + 7))
            case 3: bytes.insert(contentsOf: random.pick(pieces).utf8, at: place)
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
            }
        }
        return bytes
    }
}
