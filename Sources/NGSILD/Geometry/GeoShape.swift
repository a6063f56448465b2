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

        /// Arrays around a position.
        fileprivate var depth: Int {
            switch self {
            case .point: 0
            case .multiPoint, .lineString: 1
            case .multiLineString, .polygon: 2
            case .multiPolygon: 3
            }
        }
    }

    /// Degrees, WGS 84; a third number, the altitude, is not kept.
    package struct Position: Equatable, Sendable {
        package let longitude: Double
        package let latitude: Double
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
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw NGSILDError(.badRequestData, "\"\(name)\" is no geometry: one of \(known)", at: "geometry")
        }
        var reader = CoordinateReader(kind: kind, parameter: parameter)
        self.kind = kind
        parts = try reader.parts(coordinates)
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

/// Walks `coordinates` and says what is wrong with them.
private struct CoordinateReader {
    let kind: GeoShape.Kind
    let parameter: String
    private var positions = 0

    init(kind: GeoShape.Kind, parameter: String) {
        self.kind = kind
        self.parameter = parameter
    }

    mutating func parts(_ view: JSONView) throws(NGSILDError) -> [[[GeoShape.Position]]] {
        switch kind {
        case .point: return [[[try position(view)]]]
        case .multiPoint:
            return [try elements(view) { reader, view throws(NGSILDError) in [try reader.position(view)] }]
        case .lineString: return [[try path(view)]]
        case .multiLineString, .polygon: return [try paths(view)]
        case .multiPolygon:
            return try elements(view) { reader, view throws(NGSILDError) in try reader.paths(view) }
        }
    }

    private mutating func paths(_ view: JSONView) throws(NGSILDError) -> [[GeoShape.Position]] {
        try elements(view) { reader, view throws(NGSILDError) in try reader.path(view) }
    }

    /// A line, or a closed ring.
    private mutating func path(_ view: JSONView) throws(NGSILDError) -> [GeoShape.Position] {
        let path = try elements(view) { reader, view throws(NGSILDError) in try reader.position(view) }
        switch kind {
        case .polygon, .multiPolygon:
            guard path.count >= 4, path.first == path.last else {
                throw failure("a ring has four or more positions, the last equal to the first (RFC 7946)")
            }
        default:
            guard path.count >= 2 else { throw failure("a line has two or more positions") }
        }
        return path
    }

    private mutating func elements<Element>(
        _ view: JSONView,
        _ read: (inout CoordinateReader, JSONView) throws(NGSILDError) -> Element
    ) throws(NGSILDError) -> [Element] {
        guard view.kind == .array, view.count > 0 else {
            throw failure("arrays of positions \(kind.depth) deep are expected")
        }
        var elements: [Element] = []
        for element in view.elements { elements.append(try read(&self, element)) }
        return elements
    }

    private mutating func position(_ view: JSONView) throws(NGSILDError) -> GeoShape.Position {
        positions += 1
        guard positions <= QueryLimits.positionsMax else {
            throw failure("more than \(QueryLimits.positionsMax) positions")
        }
        var numbers: [Double] = []
        for element in view.elements {
            guard let number = element.number?.double, number.isFinite else {
                throw failure("a position is an array of numbers")
            }
            numbers.append(number)
        }
        guard (2...4).contains(numbers.count), (-180...180).contains(numbers[0]),
            (-90...90).contains(numbers[1])
        else {
            throw failure("a position is a longitude of -180…180 and a latitude of -90…90")
        }
        return GeoShape.Position(longitude: numbers[0], latitude: numbers[1])
    }

    private func failure(_ reason: String) -> NGSILDError {
        NGSILDError(.badRequestData, "\(parameter) of a \(kind.rawValue): \(reason)", at: parameter)
    }
}
