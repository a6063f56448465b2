import Glibc
import JSON

/// A query (5.7.2), and which entities it finds by the text.
struct ModelQuery {
    var type: String?
    var ids: [String] = []
    var filter: ModelFilter?
    var scope: String?
    var area: Area?
    /// `true`: by the attribute `n`; else by id.
    var isOrdered = false
    var projection: Projection?

    /// What is served of each entity (4.21, 4.5.5, 5.7.2.5).
    enum Projection: Equatable {
        case attrs([String])
        /// Beside id and type.
        case pick([String])
        case omit([String])
        case dataset(String)
    }

    enum Area {
        /// Within these bounds (4.10).
        case box(west: Double, south: Double, east: Double, north: Double)
        /// At most so many metres away.
        case near(longitude: Double, latitude: Double, metres: Double)
    }

    var parameters: [(String, String)] {
        var parameters: [(String, String)] = []
        if let type { parameters.append(("type", type)) }
        if !ids.isEmpty { parameters.append(("id", ids.joined(separator: ","))) }
        if let filter { parameters.append(("q", filter.text)) }
        if let scope { parameters.append(("scopeQ", scope)) }
        switch area {
        case nil: break
        case .box(let west, let south, let east, let north):
            let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
            let text = ring.map { "[\($0.0),\($0.1)]" }.joined(separator: ",")
            parameters += [("georel", "within"), ("geometry", "Polygon"), ("coordinates", "[[\(text)]]")]
        case .near(let longitude, let latitude, let metres):
            parameters += [
                ("georel", "near;maxDistance==\(metres)"), ("geometry", "Point"),
                ("coordinates", "[\(longitude),\(latitude)]"),
            ]
        }
        if isOrdered { parameters.append(("orderBy", "n")) }
        switch projection {
        case nil: break
        case .attrs(let names): parameters.append(("attrs", names.joined(separator: ",")))
        case .pick(let names): parameters.append(("pick", "id,type," + names.joined(separator: ",")))
        case .omit(let names): parameters.append(("omit", names.joined(separator: ",")))
        case .dataset(let id): parameters.append(("datasetId", id.isEmpty ? "@none" : id))
        }
        // The whole hub is meant, however little the query says (5.7.2.4).
        return parameters + [("local", "true")]
    }

    /// What the client sees of an entity that matches.
    func served(_ entity: ModelEntity) -> ModelEntity {
        var served = entity
        switch projection {
        case nil: break
        case .attrs(let names): served.attributes = entity.attributes.filter { names.contains($0.key) }
        case .pick(let names):
            served.attributes = entity.attributes.filter { names.contains($0.key) }
            if !names.contains("scope") { served.scopes = [] }
        case .omit(let names):
            served.attributes = entity.attributes.filter { !names.contains($0.key) }
            if names.contains("scope") { served.scopes = [] }
        case .dataset(let id):
            served.attributes = entity.attributes.compactMapValues { instances in
                instances[id].map { [id: $0] }
            }
        }
        return served
    }

    func matches(_ entity: ModelEntity) -> Bool {
        hasType(entity) && hasAttributes(entity) && (ids.isEmpty || ids.contains(entity.id))
            && (filter?.matches(entity) ?? true) && hasScope(entity) && isInside(entity)
    }

    /// `A`, `A,B` or `(A;B)` (4.17).
    private func hasType(_ entity: ModelEntity) -> Bool {
        guard let type else { return true }
        let names = type.split { "(),;".contains($0) }.map(String.init)
        return type.contains(";")
            ? names.allSatisfy(entity.types.contains) : names.contains(where: entity.types.contains)
    }

    private func hasAttributes(_ entity: ModelEntity) -> Bool {
        guard case .attrs(let names) = projection else { return true }
        return names.contains { entity.attributes[$0] != nil }
    }

    /// One scope, with `+` for a level or `/#` at its end (4.19).
    private func hasScope(_ entity: ModelEntity) -> Bool {
        guard let scope else { return true }
        let wanted = scope.split(separator: "/")
        let isOpen = wanted.last == "#"
        let levels = isOpen ? wanted.dropLast() : wanted[...]
        return entity.scopes.contains { text in
            let there = text.split(separator: "/")
            guard isOpen ? there.count >= levels.count : there.count == levels.count else { return false }
            return zip(there, levels).allSatisfy { $1 == "+" || $0 == $1 }
        }
    }

    private func isInside(_ entity: ModelEntity) -> Bool {
        guard let area else { return true }
        return entity.attributes["location"]?.values.contains { instance in
            let place = instance["value"]?["coordinates"]?.array?.compactMap { $0.number?.double } ?? []
            guard place.count == 2 else { return false }
            switch area {
            case .box(let west, let south, let east, let north):
                return west < place[0] && place[0] < east && south < place[1] && place[1] < north
            case .near(let longitude, let latitude, let metres):
                return Self.metres(from: (longitude, latitude), to: (place[0], place[1])) <= metres
            }
        } ?? false
    }

    /// On a sphere; the places of the tests are not near the edge.
    private static func metres(from one: (Double, Double), to two: (Double, Double)) -> Double {
        let radians = Double.pi / 180
        let (a, b) = (one.1 * radians, two.1 * radians)
        let east = (two.0 - one.0) * radians
        return 6_371_000 * acos(min(1, sin(a) * sin(b) + cos(a) * cos(b) * cos(east)))
    }
}

/// A filter of the query language (4.9).
indirect enum ModelFilter {
    case exists(String)
    /// `path` is `a`, `a.s`, `o[x]`, `l[en]` or `l[*]`.
    case compare(path: String, Comparison, JSONValue)
    case between(path: String, Double, Double, isInside: Bool)
    case and(ModelFilter, ModelFilter)
    case or(ModelFilter, ModelFilter)

    enum Comparison: String, CaseIterable {
        case equal = "=="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    var text: String {
        switch self {
        case .exists(let path): path
        case .compare(let path, let comparison, let value):
            "\(path)\(comparison.rawValue)\(String(decoding: value.bytes, as: UTF8.self))"
        case .between(let path, let low, let high, let isInside):
            "\(path)\(isInside ? "==" : "!=")\(low)..\(high)"
        case .and(let left, let right): "(\(left.text));(\(right.text))"
        case .or(let left, let right): "(\(left.text))|(\(right.text))"
        }
    }

    func matches(_ entity: ModelEntity) -> Bool {
        switch self {
        case .exists(let path): !targets(path, in: entity).isEmpty
        case .compare(let path, let comparison, let value):
            targets(path, in: entity).contains { comparison.holds(of: $0, value) }
        case .between(let path, let low, let high, let isInside):
            targets(path, in: entity).contains { target in
                let isWithin =
                    target.singles.first.flatMap { $0.number?.double }.map { low...high ~= $0 } ?? false
                return isWithin == isInside
            }
        case .and(let left, let right): left.matches(entity) && right.matches(entity)
        case .or(let left, let right): left.matches(entity) || right.matches(entity)
        }
    }

    /// The target values: one for each instance that has the target element.
    private func targets(_ path: String, in entity: ModelEntity) -> [ModelTarget] {
        let parts = path.split(separator: "[")
        let names = parts[0].split(separator: ".").map(String.init)
        var instances = Array((entity.attributes[names[0]] ?? [:]).values)
        for name in names.dropFirst() { instances = instances.compactMap { $0[name]?.object } }
        let member = parts.count > 1 ? String(parts[1].dropLast()) : nil
        return instances.compactMap { ModelTarget($0, member: member) }
    }
}

/// What an attribute says, as the query language sees it.
private struct ModelTarget {
    /// All that an equality may find: the value, or the elements of an array.
    var candidates: [JSONValue]
    /// What an order may look at: values that are no arrays.
    var singles: [JSONValue]
    var isRelationship = false

    /// nil: the instance has no such member.
    init?(_ instance: JSONObject, member: String?) {
        if let map = instance["languageMap"]?.object {
            let texts = map.filter { member ?? "*" == "*" || $0.name == member }.map(\.value)
            guard !texts.isEmpty else { return nil }
            // Each text of a language is a value like those of other languages, where it has several.
            candidates = texts.flatMap { $0.array ?? [$0] }
            singles = candidates
            return
        }
        isRelationship = instance["object"] != nil
        guard var value = instance["object"] ?? instance["value"] else { return nil }
        if let member {
            guard let inner = value[member] else { return nil }
            value = inner
        }
        candidates = value.array ?? [value]
        singles = value.array == nil ? [value] : []
    }
}

extension ModelFilter.Comparison {
    fileprivate func holds(of target: ModelTarget, _ value: JSONValue) -> Bool {
        func isEqual(_ other: JSONValue) -> Bool {
            if let left = other.number?.double, let right = value.number?.double { return left == right }
            return other == value
        }
        switch self {
        case .equal: return target.candidates.contains(where: isEqual)
        case .unequal: return !target.candidates.contains(where: isEqual)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard !target.isRelationship else { return false }
            return target.singles.contains { single in
                if let left = single.number?.double, let right = value.number?.double {
                    return orders(left, right)
                }
                if let left = single.string, let right = value.string { return orders(left, right) }
                return false
            }
        }
    }

    private func orders<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .equal, .unequal: false
        }
    }
}
