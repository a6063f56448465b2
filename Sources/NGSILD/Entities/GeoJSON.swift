package import JSON

/// The check of geometries: those of RFC 7946 apart from GeometryCollection (4.7.1).
package enum GeoJSON {
    /// A geometry type, by how deep its coordinates are nested.
    private enum Shape: String {
        case point = "Point"
        case multiPoint = "MultiPoint"
        case lineString = "LineString"
        case multiLineString = "MultiLineString"
        case polygon = "Polygon"
        case multiPolygon = "MultiPolygon"
    }

    package struct Fault: Error {
        package let view: JSONView
        /// What is wrong, to follow the name of what was looked at.
        package let reason: String
    }

    /// Whether `view` is meant as a geometry: an object with the type of one and coordinates (4.7.3).
    package static func isGeometry(_ view: JSONView) -> Bool {
        view.kind == .object && shape(of: view) != nil && view["coordinates"] != nil
    }

    /// The same of a stored value.
    static func isGeometry(_ cursor: JSONCursor) -> Bool {
        cursor["type"]?.string.flatMap(Shape.init(rawValue:)) != nil && cursor["coordinates"] != nil
    }

    /// - Throws: where it is no geometry, or one that could not be indexed. A polygon may cross itself.
    package static func check(_ geometry: JSONView) throws(Fault) {
        guard geometry.kind == .object else {
            throw Fault(view: geometry, reason: "is not a GeoJSON geometry object")
        }
        guard let shape = shape(of: geometry) else {
            throw Fault(
                view: geometry["type"] ?? geometry,
                reason: "is none of Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon")
        }
        guard let coordinates = geometry["coordinates"] else {
            throw Fault(view: geometry, reason: "has no coordinates")
        }
        switch shape {
        case .point: try checkPosition(coordinates)
        case .multiPoint: try checkEach(coordinates, of: "a position", checkPosition)
        case .lineString: try checkLine(coordinates)
        case .multiLineString: try checkEach(coordinates, of: "a line", checkLine)
        case .polygon: try checkPolygon(coordinates)
        case .multiPolygon: try checkEach(coordinates, of: "a polygon", checkPolygon)
        }
    }

    private static func shape(of geometry: JSONView) -> Shape? {
        geometry["type"]?.string.flatMap(Shape.init(rawValue:))
    }

    private static func checkEach(
        _ array: JSONView, of content: String, _ check: (JSONView) throws(Fault) -> Void
    ) throws(Fault) {
        guard array.kind == .array, array.count > 0 else {
            throw Fault(view: array, reason: "is not an array with at least \(content)")
        }
        for element in array.elements { try check(element) }
    }

    private static func checkLine(_ line: JSONView) throws(Fault) {
        guard line.kind == .array, line.count >= 2 else {
            throw Fault(view: line, reason: "is not an array of two or more positions")
        }
        for position in line.elements { try checkPosition(position) }
    }

    private static func checkPolygon(_ polygon: JSONView) throws(Fault) {
        try checkEach(polygon, of: "a ring", checkRing)
    }

    private static func checkRing(_ ring: JSONView) throws(Fault) {
        guard ring.kind == .array, ring.count >= 4 else {
            throw Fault(view: ring, reason: "is not a ring of four or more positions")
        }
        var first: [Double]?
        var last: [Double] = []
        for position in ring.elements {
            try checkPosition(position)
            last = numbers(position)
            first = first ?? last
        }
        guard first == last else {
            throw Fault(view: ring, reason: "is not closed: its first and last positions differ")
        }
    }

    private static func checkPosition(_ position: JSONView) throws(Fault) {
        let numbers = numbers(position)
        guard position.kind == .array, (2...3).contains(position.count), numbers.count == position.count
        else {
            throw Fault(
                view: position,
                reason: "is not a position [longitude, latitude] or [longitude, latitude, altitude]")
        }
        guard -180...180 ~= numbers[0] else {
            throw Fault(
                view: position, reason: "has the longitude \(numbers[0]), which is not within -180 to 180")
        }
        guard -90...90 ~= numbers[1] else {
            throw Fault(
                view: position,
                reason:
                    "has the latitude \(numbers[1]), which is not within -90 to 90 (the longitude comes first)"
            )
        }
    }

    private static func numbers(_ position: JSONView) -> [Double] {
        position.elements.compactMap { $0.number?.double }
    }
}
