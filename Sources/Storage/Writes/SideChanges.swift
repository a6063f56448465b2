import NGSILD

/// What changes in a side table of names (`entity_type`, `entity_scope`).
struct NameChanges {
    private(set) var added = NameColumns()
    private(set) var removed = NameColumns()

    mutating func add(_ key: EntityKey, from before: [String], to after: [String]) {
        let (old, new) = (before.map { Verbatim($0) }, after.map { Verbatim($0) })
        // The common case by far, and the cheap one.
        guard old != new else { return }
        for name in Set(old).subtracting(new) { removed.append(key, name.text) }
        for name in Set(new).subtracting(old) { added.append(key, name.text) }
    }
}

/// Columns `tenant`, `id` and a name.
struct NameColumns {
    private(set) var keys = KeyColumns()
    private(set) var names: [String] = []

    mutating func append(_ key: EntityKey, _ name: String) {
        keys.append(key)
        names.append(name)
    }
}

/// What changes in table `entity_geo`.
struct GeometryChanges {
    typealias Geometry = (attribute: String, instance: String, geoJSON: [UInt8])

    private(set) var put = GeometryColumns()
    private(set) var removed = GeometryColumns()

    private struct Name: Hashable {
        let attribute, instance: Verbatim

        init(_ geometry: Geometry) {
            attribute = Verbatim(geometry.attribute)
            instance = Verbatim(geometry.instance)
        }
    }

    mutating func add(_ key: EntityKey, from before: [Geometry], to after: [Geometry]) {
        // The common case by far, and the cheap one: nothing has moved.
        guard !before.elementsEqual(after, by: ==) else { return }
        let old = Dictionary(before.map { (Name($0), $0.geoJSON) }, uniquingKeysWith: { $1 })
        let new = Dictionary(after.map { (Name($0), $0.geoJSON) }, uniquingKeysWith: { $1 })
        for name in old.keys where new[name] == nil {
            removed.append(key, attribute: name.attribute.text, instance: name.instance.text)
        }
        for (name, geoJSON) in new where old[name] != geoJSON {
            put.append(key, attribute: name.attribute.text, instance: name.instance.text, geoJSON: geoJSON)
        }
    }
}

/// Columns of table `entity_geo`; the geometries are texts, none where rows are to be removed.
struct GeometryColumns {
    private(set) var keys = KeyColumns()
    private(set) var attributes: [String] = []
    private(set) var instances: [String] = []
    private(set) var geoJSON: [String] = []

    mutating func append(_ key: EntityKey, attribute: String, instance: String, geoJSON text: [UInt8]? = nil)
    {
        keys.append(key)
        attributes.append(attribute)
        instances.append(instance)
        if let text { geoJSON.append(String(decoding: text, as: UTF8.self)) }
    }
}
