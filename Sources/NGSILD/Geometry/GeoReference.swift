import CGEOS
import Synchronization

/// A geometry that others are compared with, prepared for many comparisons (GEOS: OGC simple features, planar).
///
/// A polygon that is not valid (its border crosses itself) is read as the area that it encloses, as PostGIS does.
package final class GeoReference: Sendable {
    package let shape: GeoShape
    // GEOS builds a prepared geometry's indexes as they are needed: one thread at a time.
    private let prepared: Mutex<PreparedGeometry>

    package init(_ shape: GeoShape) {
        self.shape = shape
        prepared = Mutex(PreparedGeometry(shape))
    }

    /// Whether `target` stands in `relation` to this geometry; false where GEOS cannot tell.
    package func holds(_ relation: GeoQuery.Relation, for target: GeoShape) -> Bool {
        prepared.withLock { $0.holds(relation, for: target) }
    }

    /// Metres on the sphere between the nearest points of the two (4.10, 4.23.1).
    package func distance(to target: GeoShape) -> Double {
        SphericalDistance.between(shape, target)
    }
}

/// GEOS's objects: a context of its own, so that it may be used by any one thread.
private struct PreparedGeometry: ~Copyable, @unchecked Sendable {
    private let context: OpaquePointer?
    private let geometry: OpaquePointer?
    private let prepared: OpaquePointer?

    init(_ shape: GeoShape) {
        let context = GEOS_init_r()
        let geometry = Self.geometry(of: shape, context)
        self.context = context
        self.geometry = geometry
        prepared = geometry.flatMap { GEOSPrepare_r(context, $0) }
    }

    deinit {
        GEOSPreparedGeom_destroy_r(context, prepared)
        GEOSGeom_destroy_r(context, geometry)
        GEOS_finish_r(context)
    }

    func holds(_ relation: GeoQuery.Relation, for target: GeoShape) -> Bool {
        guard let prepared, let target = Self.geometry(of: target, context) else { return false }
        defer { GEOSGeom_destroy_r(context, target) }
        let answer =
            switch relation {
            case .within: GEOSPreparedContains_r(context, prepared, target)
            case .contains: GEOSPreparedWithin_r(context, prepared, target)
            case .intersects: GEOSPreparedIntersects_r(context, prepared, target)
            case .disjoint: GEOSPreparedDisjoint_r(context, prepared, target)
            case .overlaps: GEOSPreparedOverlaps_r(context, prepared, target)
            case .equals: GEOSEquals_r(context, geometry, target)
            }
        return answer == 1
    }

    /// A valid geometry for `shape`, owned by the caller.
    private static func geometry(of shape: GeoShape, _ context: OpaquePointer?) -> OpaquePointer? {
        let parts = shape.parts.map { part(of: shape, $0, context) }
        let geometry: OpaquePointer?
        switch shape.kind {
        case .multiPoint, .multiLineString: geometry = parts[0]
        case .multiPolygon: geometry = collection(GEOS_MULTIPOLYGON, parts, context)
        case .point, .lineString, .polygon: geometry = parts[0]
        }
        guard shape.isAreal, let built = geometry, GEOSisValid_r(context, built) != 1 else { return geometry }
        defer { GEOSGeom_destroy_r(context, built) }
        let rules = GEOSMakeValidParams_create_r(context)
        defer { GEOSMakeValidParams_destroy_r(context, rules) }
        _ = GEOSMakeValidParams_setMethod_r(context, rules, GEOS_MAKE_VALID_STRUCTURE)
        _ = GEOSMakeValidParams_setKeepCollapsed_r(context, rules, 0)
        return GEOSMakeValidWithParams_r(context, built, rules)
    }

    private static func part(
        of shape: GeoShape, _ paths: [[GeoShape.Position]], _ context: OpaquePointer?
    ) -> OpaquePointer? {
        let sequences = paths.map { sequence($0, context) }
        switch shape.kind {
        case .point: return GEOSGeom_createPoint_r(context, sequences[0])
        case .lineString: return GEOSGeom_createLineString_r(context, sequences[0])
        case .multiPoint:
            return collection(GEOS_MULTIPOINT, sequences.map { GEOSGeom_createPoint_r(context, $0) }, context)
        case .multiLineString:
            return collection(
                GEOS_MULTILINESTRING, sequences.map { GEOSGeom_createLineString_r(context, $0) }, context)
        case .polygon, .multiPolygon:
            let rings = sequences.map { GEOSGeom_createLinearRing_r(context, $0) }
            var holes = Array(rings.dropFirst())
            return GEOSGeom_createPolygon_r(context, rings[0], &holes, UInt32(holes.count))
        }
    }

    private static func collection(
        _ kind: GEOSGeomTypes, _ members: [OpaquePointer?], _ context: OpaquePointer?
    ) -> OpaquePointer? {
        var members = members
        return GEOSGeom_createCollection_r(context, Int32(kind.rawValue), &members, UInt32(members.count))
    }

    private static func sequence(_ path: [GeoShape.Position], _ context: OpaquePointer?) -> OpaquePointer? {
        let sequence = GEOSCoordSeq_create_r(context, UInt32(path.count), 2)
        for (index, position) in path.enumerated() {
            GEOSCoordSeq_setXY_r(context, sequence, UInt32(index), position.longitude, position.latitude)
        }
        return sequence
    }
}
