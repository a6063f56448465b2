import JSON

extension Entity {
    /// The geometries of its GeoProperties: stored name, datasetId ("" for the default instance), GeoJSON text.
    package var geometries: [(attribute: String, instance: String, geoJSON: [UInt8])] {
        attributes.flatMap(
            stored: { name, value in
                guard value.withCursor(Self.holdsGeoProperty) else { return [] }
                return Self.geometries(of: name.string ?? "", in: AttributeInstance.all(value))
            },
            edited: { name, instances in Self.geometries(of: name, in: instances) })
    }

    /// Whether its geometries may differ from those of the row that it was read from: where no touched attribute is
    /// or was a GeoProperty, they do not.
    package var hasTouchedGeometries: Bool {
        guard let source = attributes.source else { return true }
        return attributes.touched.contains { name in
            attributes[name].contains { $0.type == .geoProperty }
                || source[name]?.withCursor(Self.holdsGeoProperty) ?? false
        }
    }

    private static func holdsGeoProperty(_ stored: JSONCursor) -> Bool {
        stored.kind == .array
            ? stored.elements.contains { isGeoProperty($0) } : isGeoProperty(stored)
    }

    private static func isGeoProperty(_ instance: JSONCursor) -> Bool {
        instance["type"]?.isString(AttributeType.geoProperty.rawValue) == true
    }

    private static func geometries(
        of name: String, in instances: [AttributeInstance]
    ) -> [(attribute: String, instance: String, geoJSON: [UInt8])] {
        instances.compactMap { instance in
            guard instance.type == .geoProperty, let value = instance.value else { return nil }
            var writer = JSONWriter()
            value.write(into: &writer)
            return (name, instance.datasetId ?? "", writer.bytes)
        }
    }
}
