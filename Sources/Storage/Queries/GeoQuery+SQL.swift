import NGSILD
import Postgres

extension GeoQuery {
    /// On the row `e` of table `entity`: one of its geometries meets it.
    func condition(tenant: TenantKey) -> SQLCondition {
        SQLCondition(
            """
            EXISTS (SELECT FROM entity_geo g WHERE g.tenant = \(tenant.number) AND g.id = e.id
            AND g.attribute = \(property) AND \(relation))
            """)
    }

    /// Rows with the ids of the entities that meet it, found by an index on the geometries; nil where none helps.
    func candidates(tenant: TenantKey) -> SQL? {
        switch predicate {
        case .far, .related(.disjoint): return nil
        case .near, .related:
            return """
                SELECT g.id FROM entity_geo g WHERE g.tenant + 0 = \(tenant.number)
                AND g.attribute = \(property) AND \(relation)
                """
        }
    }

    /// On the row `g` of table `entity_geo`.
    private var relation: SQL {
        switch predicate {
        case .near(let distance): Self.isWithin(distance, of: reference.shape)
        case .far(let distance): "NOT \(Self.isWithin(distance, of: reference.shape))"
        case .related(.disjoint): "ST_Disjoint(\(Self.validTarget), \(Self.valid(reference.shape)))"
        case .related(let relation):
            // The boxes, for the index; then the shapes.
            "g.geometry && \(Self.valid(reference.shape)) AND \(Self.holds(relation, reference.shape))"
        }
    }

    private static func holds(_ relation: Relation, _ shape: GeoShape) -> SQL {
        let function: StaticString =
            switch relation {
            case .within: "ST_Within"
            case .contains: "ST_Contains"
            case .intersects: "ST_Intersects"
            case .equals: "ST_Equals"
            case .disjoint: "ST_Disjoint"
            case .overlaps: "ST_Overlaps"
            }
        return "\(raw: function)(\(validTarget), \(valid(shape)))"
    }

    /// Metres on the sphere, as in `SphericalDistance`.
    private static func isWithin(_ distance: Double, of shape: GeoShape) -> SQL {
        "ST_DWithin(g.geometry::geography, \(geography(shape)), \(distance), false)"
    }

    /// Metres on the sphere from the geometry of row `g`, by the operator that an index has the order of.
    static func distance(to shape: GeoShape) -> SQL {
        "g.geometry::geography <-> \(geography(shape))"
    }

    private static func geography(_ shape: GeoShape) -> SQL { "\(valid(shape))::geography" }

    /// As a subquery, which is worked out once; a polygon that crosses itself is read as the area that it encloses.
    private static func valid(_ shape: GeoShape) -> SQL {
        shape.isAreal
            ? "(SELECT ST_MakeValid(ST_GeomFromGeoJSON(\(shape.geoJSON)), 'method=structure keepcollapsed=false'))"
            : "(SELECT ST_GeomFromGeoJSON(\(shape.geoJSON)))"
    }

    private static let validTarget: SQL = """
        CASE WHEN ST_IsValid(g.geometry) THEN g.geometry
        ELSE ST_MakeValid(g.geometry, 'method=structure keepcollapsed=false') END
        """
}
