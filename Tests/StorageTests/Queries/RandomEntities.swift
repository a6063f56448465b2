import NGSILD
import TestInput

/// Documents of few names and few values, so that queries of the same vocabulary find some of them.
struct RandomEntities {
    var random: SeededGenerator

    static let names = ["a", "b", "c", "d"]
    static let numbers = ["0", "1", "2.5", "-3", "10", "1e2", "9007199254740993", "9007199254740992", "1.0"]
    static let texts = [
        "Kia", "kia", "BMW", "", "é", "2024-05-01T10:00:00Z", "2024-05-01T10:00:00.5Z", "2024-05-01",
        "10:00:00Z", "2024-13-01", "z",
    ]
    static let iris = ["urn:x:1", "urn:x:2", "urn:e:3", "urn:e:7"]
    static let moments = [
        "2024-05-01T10:00:00Z", "2024-05-01T10:00:00.5Z", "2024-05-01T10:00:01Z", "2023-01-01T00:00:00Z",
    ]

    mutating func entity(_ number: Int) -> StoredEntity {
        let types = random.pick(["A", "B", "A;B", "C"])
        let scopes = random.pick([[], ["/M"], ["/M/G"], ["/M/G/P", "/C"], ["/N/x/P"]])
        return stored("urn:e:\(number)", type: types, scopes: scopes, document())
    }

    mutating func document() -> String {
        var members: [String] = []
        for name in Self.names where random.chance(60) {
            members.append(#""\#(name)":\#(attribute(depth: 0))"#)
        }
        if random.chance(70) { members.append(#""location":\#(geoProperty())"#) }
        return "{\(members.joined(separator: ","))}"
    }

    private mutating func attribute(depth: Int) -> String {
        guard random.chance(15) else { return instance(depth: depth, dataset: nil) }
        let datasets: [String?] = [nil, "urn:d:1", "urn:d:2"]
        return "[\(datasets.map { instance(depth: depth, dataset: $0) }.joined(separator: ","))]"
    }

    private mutating func instance(depth: Int, dataset: String?) -> String {
        var members = [value()]
        if let dataset { members.append(#""datasetId":"\#(dataset)""#) }
        if random.chance(40) { members.append(#""observedAt":"\#(random.pick(Self.moments))""#) }
        if random.chance(20) { members.append(#""unitCode":"\#(random.pick(["CEL", "KMH"]))""#) }
        // Long ago or far ahead of the moment of the queries.
        if random.chance(8) {
            members.append(
                #""expiresAt":"\#(random.pick(["2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"]))""#)
        }
        if depth < 2, random.chance(35) {
            members.append(#""\#(random.pick(Self.names))":\#(attribute(depth: depth + 1))"#)
        }
        return "{\(members.joined(separator: ","))}"
    }

    private mutating func value() -> String {
        switch Int.random(in: 0..<11, using: &random) {
        case 0...2: return #""type":"Property","value":\#(scalar())"#
        case 10:
            let typed = #"{"@type":"DateTime","@value":\#(random.chance(20) ? "[1]" : scalar())}"#
            return #""type":"Property","value":\#(random.chance(20) ? "[\(typed)]" : typed)"#
        case 3: return #""type":"Property","value":[\#(scalar()),\#(scalar())]"#
        case 4: return #""type":"Property","value":{"x":\#(scalar()),"y":{"z":\#(scalar())},"l":[{"z":1}]}"#
        case 5:
            return #""type":"Relationship","object":\#(random.chance(30) ? "[\(iri()),\(iri())]" : iri())"#
        case 6:
            return #""type":"LanguageProperty","languageMap":{"en":\#(text()),"de":[\#(text()),\#(text())]}"#
        case 7:
            return
                #""type":"VocabProperty","vocab":\#(random.pick([#""red""#, #"["red","urn:x:1"]"#, #""urn:x:2""#]))"#
        case 8: return #""type":"JsonProperty","json":{"x":\#(scalar()),"en":[\#(scalar())],"n":null}"#
        default:
            return random.chance(50)
                ? #""type":"ListProperty","valueList":[\#(scalar()),\#(scalar()),[1]]"#
                : #""type":"ListRelationship","objectList":[{"object":\#(iri())},{"object":\#(iri())}]"#
        }
    }

    private mutating func scalar() -> String {
        switch Int.random(in: 0..<5, using: &random) {
        case 0, 1: random.pick(Self.numbers)
        case 2: random.pick(["true", "false"])
        default: text()
        }
    }

    /// Some as a client may escape them, who need not.
    private mutating func text() -> String {
        let text = random.pick(Self.texts)
        return random.chance(10) ? #""\#(text.replacing("i", with: #"\u0069"#))""# : #""\#(text)""#
    }
    private mutating func iri() -> String { #""\#(random.pick(Self.iris))""# }

    private mutating func geoProperty() -> String {
        let x = Int.random(in: 0..<10, using: &random)
        let y = Int.random(in: 0..<10, using: &random)
        let geometry =
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1: #"{"type":"Point","coordinates":[\#(x),\#(y)]}"#
            case 2: #"{"type":"LineString","coordinates":[[\#(x),\#(y)],[\#(x + 2),\#(y + 1)]]}"#
            case 3:
                #"{"type":"Polygon","coordinates":[[[\#(x),\#(y)],[\#(x + 3),\#(y)],[\#(x + 3),\#(y + 3)],[\#(x),\#(y + 3)],[\#(x),\#(y)]]]}"#
            default:
                // Its border crosses itself.
                #"{"type":"Polygon","coordinates":[[[\#(x),\#(y)],[\#(x + 3),\#(y + 3)],[\#(x + 3),\#(y)],[\#(x),\#(y + 3)],[\#(x),\#(y)]]]}"#
            }
        return #"{"type":"GeoProperty","value":\#(geometry)}"#
    }
}

/// Queries of the vocabulary of `RandomEntities`.
struct RandomQueries {
    var random: SeededGenerator

    mutating func filter(depth: Int = 0) -> String {
        guard depth < 3, random.chance(35) else { return term() }
        let separator = random.pick([";", "|"])
        let parts = (0..<2).map { _ in filter(depth: depth + 1) }
        return "(\(parts.joined(separator: separator)))"
    }

    private mutating func term() -> String {
        let path = path()
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return path
        case 1: return "!" + path
        case 2...4: return path + random.pick(["==", "!="]) + values()
        case 5: return path + random.pick(["==", "!="]) + range()
        case 6, 7: return path + random.pick([">", ">=", "<", "<="]) + random.pick(comparables())
        default:
            return path + random.pick(["~=", "!~="])
                + random.pick([#""^K""#, #""i""#, #""^[a-z]*$""#, #""a+|1""#, "a+b?", #""[[:alpha:]]""#])
        }
    }

    private mutating func path() -> String {
        var path = random.pick(RandomEntities.names)
        if random.chance(8) { return random.pick(["createdAt", "modifiedAt", "expiresAt"]) }
        if random.chance(10) {
            path = "\(path){\(random.chance(30) ? "A:" : "")\(random.pick(RandomEntities.names))"
        }
        let isLinked = path.contains("{")
        if random.chance(25) {
            path +=
                "."
                + random.pick(
                    RandomEntities.names + ["observedAt", "unitCode", "modifiedAt", "createdAt", "value"])
        }
        if random.chance(25) { path += random.pick(["[x]", "[en]", "[*]", "[y.z]", "[l.z]", "[n]", "[de]"]) }
        return isLinked ? path + "}" : path
    }

    private func comparables() -> [String] {
        RandomEntities.numbers + RandomEntities.texts.map { "\"\($0)\"" } + RandomEntities.moments + [
            "2024-05-01", "10:00:00Z",
        ]
    }

    private mutating func values() -> String {
        let values =
            comparables() + RandomEntities.iris + [
                "true", "false", "red", "https://uri.etsi.org/ngsi-ld/default-context/red",
            ]
        return random.chance(25) ? random.pick(values) + "," + random.pick(values) : random.pick(values)
    }

    private mutating func range() -> String {
        random.pick([
            "0..5", "1..1", "-3..2.5", #""A".."L""#, "2024-05-01T10:00:00Z..2024-05-01T10:00:01Z",
            "2024-01-01..2024-12-31", "5..0",
        ])
    }

    mutating func parameters() -> [String: String] {
        var parameters: [String: String] = [:]
        if random.chance(60) {
            parameters["type"] = random.pick(["A", "A,B", "(A;B)", "(A;B)|C", "Nothing"])
        }
        if random.chance(70) { parameters["q"] = filter() }
        if random.chance(20) { parameters["attrs"] = random.pick(["a", "a,location", "zzz"]) }
        if random.chance(20) {
            parameters["scopeQ"] = random.pick([
                "/M", "/M/#", "/#", "/+/G", "/M/G/P;/C", "(/M;/C)|/N/+/P", "/M,/M/G",
            ])
        }
        if random.chance(20) {
            parameters["idPattern"] = random.pick(["^urn:e:1", "3$", "urn:e:[12]", "e:(4|5)"])
        }
        if random.chance(10) { parameters["id"] = "urn:e:1,urn:e:2,urn:e:30" }
        if random.chance(35) { place(&parameters) }
        return parameters
    }

    private mutating func place(_ parameters: inout [String: String]) {
        let x = Int.random(in: 0..<10, using: &random)
        let y = Int.random(in: 0..<10, using: &random)
        parameters["georel"] = random.pick([
            "near;maxDistance==250000", "near;minDistance==250000", "near;maxDistance==1", "within",
            "contains",
            "intersects", "equals", "disjoint", "overlaps",
        ])
        if random.chance(50) {
            parameters["geometry"] = "Point"
            parameters["coordinates"] = "[\(x),\(y)]"
        } else {
            parameters["geometry"] = "Polygon"
            parameters["coordinates"] =
                random.chance(70)
                ? "[[[\(x),\(y)],[\(x + 4),\(y)],[\(x + 4),\(y + 4)],[\(x),\(y + 4)],[\(x),\(y)]]]"
                : "[[[\(x),\(y)],[\(x + 4),\(y + 4)],[\(x + 4),\(y)],[\(x),\(y + 4)],[\(x),\(y)]]]"
        }
    }
}
