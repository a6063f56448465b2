import JSON

/// A geographic query (4.10, 5.2.13).
package struct GeoQuery: Sendable {
    package enum Relation: String, CaseIterable, Sendable {
        case within, contains, intersects, equals, disjoint, overlaps
    }

    package enum Predicate: Equatable, Sendable {
        case related(Relation)
        /// Metres, more than 0: not farther than that.
        case near(maxDistance: Double)
        /// Metres, more than 0: farther than that.
        case far(minDistance: Double)
    }

    package let predicate: Predicate
    package let reference: GeoReference
    /// The stored name of the GeoProperty.
    package let property: String

    package init(_ predicate: Predicate, reference: GeoReference, property: String = "location") {
        self.predicate = predicate
        self.reference = reference
        self.property = property
    }

    /// From the parameters `georel`, `geometry`, `coordinates` and `geoproperty`; nil where none of the first three is there.
    ///
    /// - Throws: `badRequestData` where one of the three is missing, or says nothing that 4.10 knows.
    package init?(
        georel: String?, geometry: String?, coordinates: String?, geoproperty: String?, context: Context
    ) throws(NGSILDError) {
        guard georel != nil || geometry != nil || coordinates != nil else { return nil }
        guard let georel, let geometry, let coordinates else {
            throw NGSILDError(
                .badRequestData, "a geo query needs all of georel, geometry and coordinates (4.10)",
                at: "georel")
        }
        predicate = try Self.predicate(georel)
        reference = GeoReference(
            try Self.shape(kind: geometry, coordinates: coordinates, parameter: "coordinates"))
        property =
            try geoproperty.map { name throws(NGSILDError) in
                try Projection.attribute(name, context: context, parameter: "geoproperty")
            } ?? "location"
    }

    /// A geometry from the text of its coordinates (RFC 7946, 3.1.1).
    package static func shape(
        kind: String, coordinates: String, parameter: String
    ) throws(NGSILDError) -> GeoShape {
        let tooLarge = NGSILDError(
            .badRequestData, "\(parameter) has more than \(QueryLimits.positionsMax) positions", at: parameter
        )
        guard coordinates.utf8.count <= QueryLimits.positionsMax * 50 else { throw tooLarge }
        do {
            let document = try JSONDocument(parsing: Array(coordinates.utf8))
            let shape = try GeoShape(kind: kind, coordinates: document.root, parameter: parameter)
            guard shape.paths.reduce(0, { $0 + $1.count }) <= QueryLimits.positionsMax else { throw tooLarge }
            return shape
        } catch let fault as JSONError {
            throw NGSILDError(
                .badRequestData,
                "\(parameter) is not a JSON array: \(fault.reason), position \(fault.offset + 1)",
                at: parameter)
        } catch let fault as NGSILDError {
            throw fault
        } catch {
            preconditionFailure("no other error is thrown above: \(error)")
        }
    }

    private static func predicate(_ text: String) throws(NGSILDError) -> Predicate {
        if let relation = Relation(rawValue: text) { return .related(relation) }
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.first == "near" else {
            let known = Relation.allCases.map(\.rawValue).joined(separator: ", ")
            throw NGSILDError(
                .badRequestData,
                "georel=\(text) is none of near;maxDistance==…, near;minDistance==…, \(known)",
                at: "georel")
        }
        guard parts.count == 2, let sign = parts[1].firstRange(of: "==") else {
            throw NGSILDError(
                .badRequestData, "georel=\(text): near takes one of maxDistance==… and minDistance==…",
                at: "georel")
        }
        let number = String(parts[1][sign.upperBound...])
        guard let distance = Decimal(number).flatMap({ Double($0.text) }), distance > 0 else {
            throw NGSILDError(
                .badRequestData, "georel=\(text): the distance is not a positive number of metres",
                at: "georel")
        }
        switch parts[1][..<sign.lowerBound] {
        case "maxDistance": return .near(maxDistance: distance)
        case "minDistance": return .far(minDistance: distance)
        default:
            throw NGSILDError(
                .badRequestData, "georel=\(text): near takes maxDistance==… or minDistance==…", at: "georel")
        }
    }

    /// Whether one geometry of an entity meets it.
    package func matches(_ shape: GeoShape) -> Bool {
        switch predicate {
        case .related(let relation): reference.holds(relation, for: shape)
        case .near(let distance): reference.distance(to: shape) <= distance
        case .far(let distance): reference.distance(to: shape) > distance
        }
    }
}

extension GeoQuery {
    /// Whether one of the instances of the GeoProperty meets it (5.7.2.4); without one nothing is met (4.10).
    package func matches(_ entity: QueriedEntity) -> Bool {
        guard let attribute = entity.document[property] else { return false }
        return entity.anyInstance(of: attribute) { instance in
            guard instance["type"]?.isString("GeoProperty") == true, let value = instance["value"],
                let shape = GeoShape(value)
            else { return false }
            return matches(shape)
        }
    }
}
