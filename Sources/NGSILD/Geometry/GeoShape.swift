package import JSON

/// A GeoJSON geometry (RFC 7946), as far as NGSI-LD takes them: all but GeometryCollection (4.6.3, 4.10).
package struct GeoShape: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case point = "Point"
        case multiPoint = "MultiPoint"
        case lineString = "LineString"
        case multiLineString = "MultiLineString"
        case polygon = "Polygon"
        case multiPolygon = "MultiPolygon"

        static let names = allCases.map(\.rawValue).joined(separator: ", ")
    }

    /// Degrees, WGS 84; a third number, the altitude, is not kept.
    package struct Position: Equatable, Sendable {
        package let longitude: Double
        package let latitude: Double

        package init(longitude: Double, latitude: Double) {
            self.longitude = longitude
            self.latitude = latitude
        }

        /// An array of two numbers or more.
        fileprivate init(_ view: JSONView) {
            let numbers = view.elements.prefix(2).compactMap { $0.number?.double }
            self.init(longitude: numbers[0], latitude: numbers[1])
        }
    }

    package let kind: Kind
    /// Polygons (or one group of paths), of rings or lines, of positions; a point is a path of one.
    package let parts: [[[Position]]]

    /// All paths, whatever they belong to.
    var paths: FlattenSequence<[[[Position]]]> { parts.joined() }
    package var isAreal: Bool { kind == .polygon || kind == .multiPolygon }

    /// A geometry from its type and coordinates; `parameter` is what they are called in errors.
    ///
    /// - Throws: `badRequestData` where the kind is none of 4.10 or the coordinates do not fit it.
    package init(
        kind name: String, coordinates: JSONView, parameter: String = "coordinates"
    ) throws(NGSILDError) {
        guard let kind = Kind(rawValue: name) else {
            throw NGSILDError(
                .badRequestData, "\"\(name)\" is no geometry: one of \(Kind.names)", at: "geometry")
        }
        do throws(GeoJSON.Fault) {
            try GeoJSON.check(coordinates, of: kind)
        } catch {
            throw NGSILDError(
                .badRequestData,
                "\(parameter) of a \(name): \(NGSILDError.excerpt(of: error.view)) \(error.reason)",
                at: parameter)
        }
        self.init(kind, checked: coordinates)
    }

    /// `coordinates` are those of a `kind`, as `GeoJSON` checks them.
    private init(_ kind: Kind, checked coordinates: JSONView) {
        func path(_ view: JSONView) -> [Position] { view.elements.map { Position($0) } }
        self.kind = kind
        parts =
            switch kind {
            case .point: [[[Position(coordinates)]]]
            case .multiPoint: [coordinates.elements.map { [Position($0)] }]
            case .lineString: [[path(coordinates)]]
            case .multiLineString, .polygon: [coordinates.elements.map(path)]
            case .multiPolygon: coordinates.elements.map { $0.elements.map(path) }
            }
    }

    /// A geometry in a document; nil where it is none, and so matches nothing.
    package init?(_ geometry: JSONView) {
        guard let kind = geometry["type"]?.string, let coordinates = geometry["coordinates"],
            let shape = try? GeoShape(kind: kind, coordinates: coordinates)
        else { return nil }
        self = shape
    }

    package init(point: Position) {
        kind = .point
        parts = [[[point]]]
    }

    /// The text that PostGIS reads (`ST_GeomFromGeoJSON`).
    package var geoJSON: String {
        func list(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }
        func position(_ position: Position) -> String { "[\(position.longitude),\(position.latitude)]" }
        let nested = parts.map { $0.map { $0.map(position) } }
        let coordinates =
            switch kind {
            case .point: nested[0][0][0]
            case .multiPoint: list(nested[0].map { $0[0] })
            case .lineString: list(nested[0][0])
            case .multiLineString, .polygon: list(nested[0].map(list))
            case .multiPolygon: list(nested.map { list($0.map(list)) })
            }
        return #"{"type":"\#(kind.rawValue)","coordinates":\#(coordinates)}"#
    }
}
