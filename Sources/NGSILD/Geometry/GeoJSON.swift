package import JSON

/// The check of geometries, of entities and of queries: those of RFC 7946 apart from GeometryCollection (4.7.1).
package enum GeoJSON {
    package struct Fault: Error {
        package let view: JSONView
        /// What is wrong, to follow the name of what was looked at.
        package let reason: String
    }

    /// Whether `view` is meant as a geometry: an object with the type of one and coordinates (4.7.3).
    package static func isGeometry(_ view: JSONView) -> Bool {
        view.kind == .object && kind(of: view) != nil && view["coordinates"] != nil
    }

    /// The same of a stored value.
    static func isGeometry(_ cursor: JSONCursor) -> Bool {
        cursor["type"]?.string.flatMap(GeoShape.Kind.init(rawValue:)) != nil && cursor["coordinates"] != nil
    }

    /// - Throws: where it is no geometry, or one that could not be indexed. A polygon may cross itself.
    package static func check(_ geometry: JSONView) throws(Fault) {
        guard geometry.kind == .object else {
            throw Fault(view: geometry, reason: "is not a GeoJSON geometry object")
        }
        guard let kind = kind(of: geometry) else {
            throw Fault(view: geometry["type"] ?? geometry, reason: "is none of \(GeoShape.Kind.names)")
        }
        guard let coordinates = geometry["coordinates"] else {
            throw Fault(view: geometry, reason: "has no coordinates")
        }
        try check(coordinates, of: kind)
    }

    /// The same for the coordinates of a `kind` alone.
    static func check(_ coordinates: JSONView, of kind: GeoShape.Kind) throws(Fault) {
        switch kind {
        case .point: try checkPosition(coordinates)
        case .multiPoint: try checkEach(coordinates, of: "a position", checkPosition)
        case .lineString: try checkLine(coordinates)
        case .multiLineString: try checkEach(coordinates, of: "a line", checkLine)
        case .polygon: try checkPolygon(coordinates)
        case .multiPolygon: try checkEach(coordinates, of: "a polygon", checkPolygon)
        }
    }

    private static func kind(of geometry: JSONView) -> GeoShape.Kind? {
        geometry["type"]?.string.flatMap(GeoShape.Kind.init(rawValue:))
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
        var numbers: [Double] = []
        numbers.reserveCapacity(3)
        for element in position.elements {
            if let number = element.number { numbers.append(number.double) }
        }
        return numbers
    }
}
