/// How entities are served (4.5.4, 4.5.16, 4.15, 4.21, 6.3.7).
package struct Representation: Equatable, Sendable {
    package enum Form: Equatable, Sendable {
        case normalized, concise, simplified
    }

    package var form: Form
    /// GeoJSON Features (4.5.16), with attributes in `form`.
    package var isGeoJSON: Bool
    /// Whether `createdAt`, `modifiedAt` and `expiresAt` are served (6.3.11).
    package var includesSystemAttributes: Bool
    /// Makes Properties of LanguageProperties (4.15).
    package var language: LanguageFilter?
    package var projection: Projection
    /// Only the instances of these datasets, `@none` being the default instance; nil: all (4.5.5).
    package var datasetIds: Set<String>?
    /// Stored name of the GeoProperty that becomes the geometry of a Feature (4.5.16.1).
    package var geometryProperty: String
    /// An earlier version of the specification, whose data types alone are served (4.3.6.8).
    package var version: SpecificationVersion?

    package init(
        form: Form = .normalized, isGeoJSON: Bool = false, includesSystemAttributes: Bool = false,
        language: LanguageFilter? = nil, projection: Projection = Projection(),
        datasetIds: Set<String>? = nil,
        geometryProperty: String = "location", version: SpecificationVersion? = nil
    ) {
        self.form = form
        self.isGeoJSON = isGeoJSON
        self.includesSystemAttributes = includesSystemAttributes
        self.language = language
        self.projection = projection
        self.datasetIds = datasetIds
        self.geometryProperty = geometryProperty
        self.version = version
    }

    /// Whether the stored form of an attribute without times is what is served of it.
    var isStoredForm: Bool {
        form == .normalized && !includesSystemAttributes && language == nil && version == nil
    }

    /// For the entity that the attribute `name` links to (4.5.23).
    func linked(by name: String) -> Representation {
        var representation = self
        representation.projection = projection.linked(by: name)
        // The filter is about the target entity (5.7.1.4).
        representation.datasetIds = nil
        representation.isGeoJSON = false
        return representation
    }
}

/// A version of this specification, `major.minor`, as in `Prefer: ngsi-ld=1.5` (4.3.6.8).
package struct SpecificationVersion: Comparable, Sendable, CustomStringConvertible {
    package let major: Int
    package let minor: Int

    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// nil: not two numbers of at most four digits joined by a point.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.count <= 4 && part.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 } ? Int(part) : nil
        }
        guard parts.count == 2, numbers.count == 2 else { return nil }
        self.init(numbers[0], numbers[1])
    }

    /// The one that Atria implements.
    package static let current = SpecificationVersion(1, 9)

    package var description: String { "\(major).\(minor)" }

    package static func < (left: SpecificationVersion, right: SpecificationVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}
