import JSON

extension Entity {
    /// The geometries of its GeoProperties: stored name, datasetId ("" for the default instance), GeoJSON text.
    package var geometries: [(attribute: String, instance: String, geoJSON: [UInt8])] {
        attributes.flatMap(
            stored: { name, value in Self.geometries(of: name.string ?? "", in: value) },
            edited: { name, instances in Self.geometries(of: name, in: instances) })
    }

    /// The same of the attributes `names`.
    package func geometries(
        among names: [String]
    ) -> [(attribute: String, instance: String, geoJSON: [UInt8])] {
        names.flatMap { name in
            attributes.find(
                name, stored: { Self.geometries(of: name, in: $0) },
                edited: { Self.geometries(of: name, in: $0) }) ?? []
        }
    }

    private static func geometries(
        of name: String, in stored: JSONView
    ) -> [(attribute: String, instance: String, geoJSON: [UInt8])] {
        guard holdsGeoProperty(stored) else { return [] }
        return geometries(of: name, in: AttributeInstance.all(stored))
    }

    private static func holdsGeoProperty(_ stored: JSONView) -> Bool {
        stored.kind == .array
            ? stored.elements.contains { isGeoProperty($0) } : isGeoProperty(stored)
    }

    private static func isGeoProperty(_ instance: JSONView) -> Bool {
        instance["type"]?.isString(AttributeType.geoProperty.rawValue) == true
    }

    private static func geometries(
        of name: String, in instances: [AttributeInstance]
    ) -> [(attribute: String, instance: String, geoJSON: [UInt8])] {
        instances.compactMap { instance in
            guard instance.type == .geoProperty, let value = instance.value else { return nil }
            var writer = JSONWriter(reserving: value.view?.rawRange.count ?? 128)
            value.write(into: &writer)
            return (name, instance.datasetId ?? "", writer.bytes)
        }
    }
}
