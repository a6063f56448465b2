import JSON
import NGSILD
import Testing

@Suite struct GeoQueryTests {
    private func query(_ georel: String, _ geometry: String, _ coordinates: String) throws -> GeoQuery {
        let query = try GeoQuery(
            georel: georel, geometry: geometry, coordinates: coordinates, geoproperty: nil, context: .core)
        return try #require(query)
    }

    private func shape(_ kind: String, _ coordinates: String) throws -> GeoShape {
        try GeoQuery.shape(kind: kind, coordinates: coordinates, parameter: "coordinates")
    }

    static let square = "[[[0,0],[10,0],[10,10],[0,10],[0,0]]]"
    static let holed = "[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]]"
    /// Its border crosses itself at [5, 5].
    static let bowTie = "[[[0,0],[10,10],[10,0],[0,10],[0,0]]]"

    @Test(arguments: [
        ("within", "Polygon", square, "Point", "[5,5]", true),
        ("within", "Polygon", square, "Point", "[10,5]", false),
        ("within", "Polygon", holed, "Point", "[5,5]", false),
        ("within", "Polygon", holed, "Point", "[2,2]", true),
        ("contains", "Point", "[5,5]", "Polygon", square, true),
        ("contains", "Point", "[5,5]", "Polygon", holed, false),
        ("intersects", "LineString", "[[-1,5],[11,5]]", "Polygon", square, true),
        ("disjoint", "Point", "[11,5]", "Polygon", square, true),
        ("disjoint", "Point", "[5,5]", "Polygon", square, false),
        ("equals", "Polygon", square, "Polygon", "[[[10,0],[10,10],[0,10],[0,0],[10,0]]]", true),
        ("overlaps", "Polygon", "[[[5,5],[15,5],[15,15],[5,15],[5,5]]]", "Polygon", square, true),
        ("overlaps", "Polygon", square, "Polygon", square, false),
        ("within", "MultiPolygon", "[\(square)]", "MultiPoint", "[[1,1],[9,9]]", true),
        ("intersects", "MultiLineString", "[[[20,20],[21,21]],[[1,1],[2,2]]]", "Polygon", square, true),
        // A polygon that crosses itself is what it encloses.
        ("equals", "Polygon", bowTie, "Polygon", bowTie, true),
        ("within", "Polygon", bowTie, "Point", "[8,5]", true),
        ("within", "Polygon", bowTie, "Point", "[5,8]", false),
        ("contains", "Point", "[2,5]", "Polygon", bowTie, true),
    ])
    func `4.10: the relations`(
        georel: String, geometry: String, coordinates: String, kind: String, target: String, holds: Bool
    ) throws {
        #expect(try query(georel, geometry, coordinates).matches(shape(kind, target)) == holds)
    }

    @Test(arguments: [
        // One degree of longitude at latitude 85 is 9.7 km; the other end of the line is 67 km away.
        ("near;maxDistance==20000", "Point", "[0,85]", "LineString", "[[1,85],[0,85.6]]", true),
        ("near;maxDistance==5000", "Point", "[0,85]", "LineString", "[[1,85],[0,85.6]]", false),
        ("near;maxDistance==2000", "LineString", "[[0,60],[10,60]]", "Point", "[10,60.009]", true),
        ("near;maxDistance==2000", "LineString", "[[0,61],[10,61]]", "Point", "[10,60.009]", false),
        ("near;maxDistance==1", "Point", "[5,5]", "Polygon", square, true),
        ("near;maxDistance==200000", "Point", "[5,5]", "Polygon", holed, true),
        ("near;maxDistance==50000", "Point", "[5,5]", "Polygon", holed, false),
        ("near;minDistance==50000", "Point", "[5,5]", "Polygon", holed, true),
        ("near;maxDistance==10", "Point", "[179.99999,0]", "Point", "[-179.99999,0]", true),
    ])
    func `4.10: near is metres to the nearest point`(
        georel: String, geometry: String, coordinates: String, kind: String, target: String, holds: Bool
    ) throws {
        #expect(try query(georel, geometry, coordinates).matches(shape(kind, target)) == holds)
    }

    @Test(arguments: [
        ("near", "Point", "[8,40]"), ("near;maxDistance==0", "Point", "[8,40]"),
        ("near;maxDistance==-100", "Point", "[8,40]"),
        ("near;maxDistance==inf", "Point", "[8,40]"), ("near;maxDistance==1e400", "Point", "[8,40]"),
        ("near;maxDistance==5;minDistance==1", "Point", "[8,40]"), ("near;distance==5", "Point", "[8,40]"),
        ("near;maxDistance=5", "Point", "[8,40]"), ("touches", "Point", "[8,40]"),
        ("within", "GeometryCollection", "[]"),
        ("within", "Point", "8,40"), ("within", "Point", "[8]"), ("within", "Point", "[\"8\",40]"),
        ("within", "Point", "[200,40]"),
        ("within", "Point", "[8,91]"), ("within", "Point", "[[8,40]]"), ("within", "LineString", "[[8,40]]"),
        ("within", "LineString", "[]"),
        ("within", "Polygon", "[[[0,0],[1,1],[0,0]]]"), ("within", "Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]"),
        ("within", "Polygon", "{}"),
        ("within", "Point", "null"), ("within", "Point", ""),
    ])
    func `4.10: what is no geo query is refused`(georel: String, geometry: String, coordinates: String) {
        #expect(
            refuses { () throws(NGSILDError) in
                _ = try GeoQuery(
                    georel: georel, geometry: geometry, coordinates: coordinates, geoproperty: nil,
                    context: .core)
            })
    }

    @Test func `4.10: all three parameters or none`() throws {
        #expect(
            refuses { () throws(NGSILDError) in
                _ = try GeoQuery(
                    georel: "within", geometry: "Point", coordinates: nil, geoproperty: nil, context: .core)
            })
        #expect(
            try GeoQuery(georel: nil, geometry: nil, coordinates: nil, geoproperty: "place", context: .core)
                == nil)
    }

    @Test func `5.7.2.4: any instance of the GeoProperty is enough, and without one nothing matches`() throws
    {
        let disjoint = try query("disjoint", "Point", "[0,0]")
        let near = try query("near;maxDistance==10", "Point", "[8,40]")
        let places = #"""
            {"location": [{"type": "GeoProperty", "value": {"type": "Point", "coordinates": [1, 1]}},
            {"type": "GeoProperty", "datasetId": "urn:d:1", "value": {"type": "Point", "coordinates": [8, 40]}}]}
            """#

        #expect(near.matches(judged(places)))
        #expect(!disjoint.matches(judged("{}")))
        #expect(
            !disjoint.matches(
                judged(
                    #"{"location": {"type": "Property", "value": {"type": "Point", "coordinates": [1, 1]}}}"#)
            ))
        #expect(
            !disjoint.matches(
                judged(
                    #"{"location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [1]}}}"#)
            ))
    }

    @Test func `4.10: whatever is sent as coordinates, it is answered or refused`() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "[", "]", ",", "1", "-200", "0.5", "1e300", "null", "\"a\"", "{", "}",
            "[[0,0],[1,1],[1,0],[0,0]]",
        ]
        for _ in 0..<2_000 {
            let coordinates = (0..<Int.random(in: 1...10, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            for kind in GeoShape.Kind.allCases {
                do throws(NGSILDError) {
                    let shape = try GeoQuery.shape(
                        kind: kind.rawValue, coordinates: coordinates, parameter: "coordinates")
                    _ = GeoReference(shape).holds(.intersects, for: shape)
                } catch {
                    #expect(error.kind == .badRequestData)
                }
            }
        }
    }
}
