import Glibc

/// Distances on the sphere, along great circles: the Haversine formula (4.23.1) carried over to lines.
enum SphericalDistance {
    /// Metres; the mean radius of WGS 84, (2a + b) / 3, which PostGIS takes too.
    static let radius = 6_371_008.771_415_06

    /// Metres between the nearest points of two shapes; 0 where they share one.
    static func between(_ left: GeoShape, _ right: GeoShape) -> Double {
        let (left, right) = (SphericalShape(left), SphericalShape(right))
        if left.covers(right) || right.covers(left) { return 0 }
        var least = Double.infinity
        for leftPath in left.paths {
            for rightPath in right.paths {
                least = min(least, between(leftPath, rightPath))
                if least == 0 { return 0 }
            }
        }
        return least * radius
    }

    /// An angle: two paths that do not cross are nearest at an end of a segment of one of them.
    private static func between(_ left: [Vector], _ right: [Vector]) -> Double {
        if crosses(left, right) { return 0 }
        var least = Double.infinity
        for position in left { least = min(least, between(position, path: right)) }
        for position in right { least = min(least, between(position, path: left)) }
        return least
    }

    private static func between(_ position: Vector, path: [Vector]) -> Double {
        guard path.count > 1 else { return position.angle(to: path[0]) }
        var least = Double.infinity
        for (start, end) in zip(path, path.dropFirst()) {
            least = min(least, position.angle(toSegmentFrom: start, to: end))
        }
        return least
    }

    private static func crosses(_ left: [Vector], _ right: [Vector]) -> Bool {
        guard left.count > 1, right.count > 1 else { return false }
        for (a, b) in zip(left, left.dropFirst()) {
            for (c, d) in zip(right, right.dropFirst()) where Vector.segmentsCross(a, b, c, d) { return true }
        }
        return false
    }
}

/// A shape with its positions as points of the unit sphere.
private struct SphericalShape {
    /// Rings of a polygon each; empty where the shape has no area.
    private let polygons: [[[Vector]]]
    let paths: [[Vector]]

    init(_ shape: GeoShape) {
        let parts = shape.parts.map { $0.map { $0.map(Vector.init) } }
        polygons = shape.isAreal ? parts : []
        paths = Array(parts.joined())
    }

    /// Whether a path of `other` begins inside this shape: where no borders cross, all of it lies there.
    func covers(_ other: SphericalShape) -> Bool {
        polygons.contains { rings in
            other.paths.contains { Self.contains($0[0], rings) }
        }
    }

    /// By the even-odd rule in the gnomonic projection, in which great circles are straight lines.
    private static func contains(_ position: Vector, _ rings: [[Vector]]) -> Bool {
        let plane = TangentPlane(at: Vector.mean(rings[0]))
        guard let (x, y) = plane.project(position) else { return false }
        var isInside = false
        for ring in rings {
            for (start, end) in zip(ring, ring.dropFirst()) {
                guard let (startX, startY) = plane.project(start), let (endX, endY) = plane.project(end)
                else {
                    return false
                }
                if (startY > y) != (endY > y), x < (endX - startX) * (y - startY) / (endY - startY) + startX {
                    isInside.toggle()
                }
            }
        }
        return isInside
    }
}

/// The plane that touches the sphere at one point.
private struct TangentPlane {
    private let center, east, north: Vector

    init(at center: Vector) {
        let pole = abs(center.z) < 0.9 ? Vector(x: 0, y: 0, z: 1) : Vector(x: 1, y: 0, z: 0)
        self.center = center
        east = pole.cross(center).normalized
        north = center.cross(east).normalized
    }

    /// Where the ray through `position` meets the plane; nil from the far hemisphere.
    func project(_ position: Vector) -> (x: Double, y: Double)? {
        let depth = position.dot(center)
        return depth > 0 ? (position.dot(east) / depth, position.dot(north) / depth) : nil
    }
}

/// A point of the unit sphere.
private struct Vector {
    var x, y, z: Double

    init(x: Double, y: Double, z: Double) {
        self.x = x
        self.y = y
        self.z = z
    }

    init(_ position: GeoShape.Position) {
        let longitude = position.longitude * .pi / 180
        let latitude = position.latitude * .pi / 180
        self.init(x: cos(latitude) * cos(longitude), y: cos(latitude) * sin(longitude), z: sin(latitude))
    }

    func dot(_ other: Vector) -> Double { x * other.x + y * other.y + z * other.z }

    func cross(_ other: Vector) -> Vector {
        Vector(x: y * other.z - z * other.y, y: z * other.x - x * other.z, z: x * other.y - y * other.x)
    }

    static func mean(_ vectors: [Vector]) -> Vector {
        vectors.reduce(Vector(x: 0, y: 0, z: 0)) { Vector(x: $0.x + $1.x, y: $0.y + $1.y, z: $0.z + $1.z) }
            .normalized
    }

    var normalized: Vector {
        let length = length
        return length > 0 ? Vector(x: x / length, y: y / length, z: z / length) : self
    }

    var length: Double { dot(self).squareRoot() }

    /// Stable for points that are near or opposite, where the arc cosine is not.
    func angle(to other: Vector) -> Double { atan2(cross(other).length, dot(other)) }

    func angle(toSegmentFrom start: Vector, to end: Vector) -> Double {
        let normal = start.cross(end)
        let ends = min(angle(to: start), angle(to: end))
        guard normal.length > 1e-15 else { return ends }
        // The foot of the perpendicular lies on the arc where this point is between the planes through its ends.
        let isBetween = normal.cross(start).dot(self) >= 0 && end.cross(normal).dot(self) >= 0
        guard isBetween else { return ends }
        return min(ends, abs(asin(max(-1, min(1, dot(normal) / normal.length)))))
    }

    static func segmentsCross(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) -> Bool {
        let first = a.cross(b)
        let second = c.cross(d)
        guard first.dot(c) * first.dot(d) < 0, second.dot(a) * second.dot(b) < 0 else { return false }
        // Not the crossing of the two great circles at the far side of the sphere.
        let middle = Vector(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z)
        return middle.dot(c) > 0 || middle.dot(d) > 0
    }
}
