package import JSON
import TestInput

/// Random requests about few entities with few names and values, so that they meet.
///
/// Each attribute name has a type of its own, but `x`, which has several: a merge leaves that one alone, since the
/// text does not say what one type merged into another is.
struct RandomRequests {
    var random: SeededGenerator
    /// The ids that are asked about.
    var ids = (0..<6).map { "urn:ngsi-ld:Thing:\($0)" }

    private enum Purpose { case whole, update, merge }

    private static let datasets = ["", "", "urn:d:1", "urn:d:2"]
    private static let numbers: [JSONValue] = [0, 1, 2, 2.5, -3, 10]
    private static let texts: [JSONValue] = ["red", "green", "Blue", "", "é"]
    private static let moments: [JSONValue] = ["2026-01-01T00:00:00Z", "2026-01-02T10:00:00.25Z"]
    private static let uris: [JSONValue] = ["urn:ngsi-ld:Thing:0", "urn:ngsi-ld:Thing:9", "urn:x:1"]
    private static let scopes = ["/A", "/A/b", "/A/b/c", "/D"]

    mutating func request() -> ModelRequest {
        let id = random.pick(ids)
        switch Int.random(in: 0..<20, using: &random) {
        case 0...2: return .create(payload(id, .whole))
        case 3, 4: return .append(payload(id, .whole, isPart: true), overwrite: random.chance(60))
        case 5, 6: return .update(payload(id, .update, isPart: true))
        case 7, 8:
            let name = random.pick(Array("aorlnx"))
            return .partiallyUpdate(id: id, name: String(name), partial(String(name)))
        case 9:
            let name = String(random.pick(Array("aorlx")))
            return .replaceAttribute(id: id, name: name, instance(name, random.pick(Self.datasets)))
        case 10:
            let name = random.pick(["a", "o", "r", "l", "x", "location", "scope"])
            let all = random.chance(25)
            return .deleteAttribute(
                id: id, name: name, dataset: all || name == "scope" ? "" : random.pick(Self.datasets),
                all: all)
        case 11, 12: return .merge(payload(id, .merge, isPart: true))
        case 13: return .replace(payload(id, .whole))
        case 14: return .delete(id: id)
        case 15:
            var query = query()
            query.isOrdered = false
            query.projection = nil
            return .purge(query, random.pick([.entities, .drop("a"), .drop("scope"), .keep("a")]))
        default: return .batch(batch())
        }
    }

    mutating func batch() -> ModelBatch {
        let kind: ModelBatch.Kind = random.pick([
            .create, .create, .upsert(isUpdate: false), .upsert(isUpdate: true), .update(overwrite: true),
            .update(overwrite: false), .merge, .delete,
        ])
        let payloads = (0..<Int.random(in: 1...5, using: &random)).map { _ in
            let id = random.pick(ids)
            return switch kind {
            case .create, .upsert: payload(id, .whole)
            case .update: payload(id, .whole, isPart: true)
            case .merge: payload(id, .merge, isPart: true)
            case .delete: ModelPayload(id: id, types: [], scopes: nil, attributes: [:])
            }
        }
        return ModelBatch(kind: kind, payloads: payloads)
    }

    // MARK: Payloads

    mutating func entity(_ id: String) -> ModelPayload { payload(id, .whole) }

    private mutating func payload(_ id: String, _ purpose: Purpose, isPart: Bool = false) -> ModelPayload {
        let types = random.pick([["A"], ["B"], ["A", "B"], ["C"]])
        var scopes: [String]?
        if random.chance(30) { scopes = random.pick([["/A"], ["/A/b", "/D"], ["/A/b/c"]]) }
        var attributes: [String: [JSONObject]] = [:]
        for name in ["a", "o", "r", "l", "n", "location", "x"] where random.chance(isPart ? 30 : 45) {
            if purpose == .merge, name == "x" { continue }
            let datasets = name == "n" || name == "location" ? [""] : pickDatasets()
            attributes[name] = datasets.map { dataset in
                if purpose != .whole, random.chance(20) { return null(name, dataset) }
                return purpose == .merge && random.chance(60)
                    ? mergePatch(name, dataset) : instance(name, dataset)
            }
        }
        return ModelPayload(
            id: id, types: isPart && random.chance(70) ? [] : types, scopes: scopes, expiresAt: expiry(),
            attributes: attributes)
    }

    private mutating func pickDatasets() -> [String] {
        random.pick([[""], [""], [""], ["urn:d:1"], ["", "urn:d:1"], ["urn:d:1", "urn:d:2"]])
    }

    /// A whole attribute instance.
    private mutating func instance(_ name: String, _ dataset: String) -> JSONObject {
        var object = value(name)
        if random.chance(30) { object["observedAt"] = random.pick(Self.moments) }
        if random.chance(20), object["type"] == "Property" {
            object["unitCode"] = random.pick(["CEL", "KMH"])
        }
        if random.chance(30) { object["s"] = subattribute() }
        if let expiry = expiry() { object["expiresAt"] = expiry }
        if !dataset.isEmpty { object["datasetId"] = .string(dataset) }
        return object
    }

    /// Long ago or far ahead, in few cases.
    private mutating func expiry() -> JSONValue? {
        guard random.chance(8) else { return nil }
        return random.pick([ModelNames.longAgo, ModelNames.farAhead])
    }

    private mutating func value(_ name: String) -> JSONObject {
        switch name {
        case "o":
            var value = JSONObject()
            for key in ["x", "y"] where random.chance(60) { value[key] = scalar() }
            if random.chance(40) { value["in"] = random.pick([["z": 1], ["z": 2, "w": "red"]]) }
            return property(.object(value))
        case "r":
            let isOne = random.chance(70)
            return [
                "type": "Relationship",
                "object": isOne ? random.pick(Self.uris) : .array([Self.uris[0], Self.uris[2]]),
            ]
        case "l":
            var map = JSONObject()
            map["en"] = random.pick(Self.texts)
            if random.chance(50) { map["de"] = random.pick([random.pick(Self.texts), ["rot", "red"]]) }
            return ["type": "LanguageProperty", "languageMap": .object(map)]
        case "n": return property(random.pick(Self.numbers))
        case "location":
            let places: [JSONValue] = [[0.5, 0.5], [10.25, 50.5], [128.6, 35.87], [-70.5, -33.4]]
            return [
                "type": "GeoProperty", "value": ["type": "Point", "coordinates": random.pick(places)],
            ]
        case "x":
            return random.chance(50)
                ? property(scalar()) : ["type": "Relationship", "object": random.pick(Self.uris)]
        default:
            return property(random.chance(80) ? scalar() : .array([scalar(), scalar()]))
        }
    }

    private func property(_ value: JSONValue) -> JSONObject { ["type": "Property", "value": value] }

    private mutating func scalar() -> JSONValue {
        random.pick([random.pick(Self.numbers), random.pick(Self.texts), random.pick([true, false])])
    }

    private mutating func subattribute() -> JSONValue {
        .object(property(random.pick(Self.numbers)))
    }

    /// The wish to delete an instance (5.5.8).
    private func null(_ name: String, _ dataset: String) -> JSONObject {
        var object: JSONObject =
            switch name {
            case "r": ["type": "Relationship", "object": ModelNames.null]
            case "l": ["type": "LanguageProperty", "languageMap": ["@none": ModelNames.null]]
            case "location": ["type": "GeoProperty", "value": ModelNames.null]
            default: ["type": "Property", "value": ModelNames.null]
            }
        if !dataset.isEmpty { object["datasetId"] = .string(dataset) }
        return object
    }

    private func nullSubattribute() -> JSONValue { ["type": "Property", "value": ModelNames.null] }

    /// Some members of an instance, some of them to be deleted.
    private mutating func partial(_ name: String) -> JSONObject {
        let dataset = random.pick(Self.datasets)
        if random.chance(15), name != "x" { return null(name, dataset) }
        var object = random.chance(60) ? value(name) : ["observedAt": random.pick(Self.moments)]
        if random.chance(30) { object["observedAt"] = random.pick(Self.moments + [ModelNames.null]) }
        if random.chance(30) { object["s"] = random.pick([subattribute(), nullSubattribute()]) }
        if !dataset.isEmpty { object["datasetId"] = .string(dataset) }
        return object
    }

    /// What a merge may say: keys of values to remove, members to remove, or no value at all.
    private mutating func mergePatch(_ name: String, _ dataset: String) -> JSONObject {
        var object = value(name)
        if name == "o" {
            object["value"] = random.pick([
                ["x": ModelNames.null], ["y": 5, "in": ["z": ModelNames.null]],
                ["in": ModelNames.null, "x": 7],
            ])
        } else if name != "location", random.chance(25) {
            object = ["type": object["type"] ?? .null, "observedAt": random.pick(Self.moments)]
        }
        if random.chance(20), object["value"] != nil || object["object"] != nil {
            object["observedAt"] = ModelNames.null
        }
        if random.chance(30) { object["s"] = random.pick([subattribute(), nullSubattribute()]) }
        if !dataset.isEmpty { object["datasetId"] = .string(dataset) }
        return object
    }

    // MARK: Queries

    mutating func query() -> ModelQuery {
        var query = ModelQuery()
        if random.chance(70) { query.type = random.pick(["A", "B", "A,C", "(A;B)"]) }
        if random.chance(10) { query.ids = Array(ids.prefix(3)) }
        if random.chance(60) { query.filter = filter(depth: 0) }
        if random.chance(15) { query.scope = random.pick(["/A", "/A/#", "/+/b", "/#", "/D"]) }
        if random.chance(20) {
            query.area = random.pick([
                .box(west: 0, south: 0, east: 20, north: 60),
                .near(longitude: 128.5, latitude: 35.8, metres: 50_000),
                .near(longitude: 0.5, latitude: 0.5, metres: 1),
            ])
        }
        query.isOrdered = random.chance(20)
        if random.chance(30) {
            query.projection = random.pick([
                .attrs(["a", "n"]), .pick(["a"]), .pick(["scope", "l", "r"]), .omit(["a"]),
                .omit(["scope", "o"]),
                .dataset(""), .dataset("urn:d:1"),
            ])
        }
        return query
    }

    private mutating func filter(depth: Int) -> ModelFilter {
        let path = random.pick(["a", "n", "r", "l", "x", "o[x]", "o[in]", "l[en]", "l[*]", "a.s", "r.s"])
        switch Int.random(in: 0..<(depth < 2 ? 10 : 6), using: &random) {
        case 0: return .exists(random.pick(["a", "n", "r", "location", "a.s", "x", "o[y]"]))
        case 1:
            return .between(path: random.pick(["n", "o[x]", "a.s"]), 0.5, 2.5, isInside: random.chance(70))
        case 2...5:
            let comparison = random.pick(ModelFilter.Comparison.allCases)
            let value =
                path == "r" || path == "x" && random.chance(50)
                ? random.pick(Self.uris) : random.pick([scalar(), random.pick(Self.numbers)])
            // Only numbers and texts have an order.
            let isFit = value.bool == nil || comparison == .equal || comparison == .unequal
            return .compare(path: path, comparison, isFit ? value : 1)
        case 6, 7: return .and(filter(depth: depth + 1), filter(depth: depth + 1))
        default: return .or(filter(depth: depth + 1), filter(depth: depth + 1))
        }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral members: (String, JSONValue)...) {
        self = members.reduce(into: JSONObject()) { $0[$1.0] = $1.1 }
    }
}
