/// The order of a result (4.23, 5.2.43 OrderingParams).
package struct Ordering: Sendable {
    package enum Direction: String, Sendable {
        case ascending = "asc"
        case descending = "desc"
        /// Nearest first, or farthest first, from `Ordering.reference`.
        case distanceAscending = "dist-asc"
        case distanceDescending = "dist-desc"

        package var isByDistance: Bool { self == .distanceAscending || self == .distanceDescending }
    }

    package struct Key: Equatable, Sendable {
        package let subject: Subject
        package let direction: Direction
    }

    package enum Subject: Equatable, Sendable {
        case id, type, scope
        case path(AttributePath)
    }

    /// Not empty; the entities' ids break ties.
    package let keys: [Key]
    /// What distances are measured from; there where a key needs it.
    package let reference: GeoShape?
    /// The order of strings; nil: by code points.
    package let collation: Collation?

    /// From `orderBy`, `orderFrom`, `orderGeometry` and `collation`; nil where there is no `orderBy`.
    ///
    /// - Throws: `badRequestData` where one of them says nothing that 4.23.3 knows, or distance lacks its origin.
    package init?(
        orderBy: String?, orderFrom: String?, orderGeometry: String?, collation: String?, context: Context
    ) throws(NGSILDError) {
        let named = try collation.map { tag throws(NGSILDError) in try Collation(tag) }
        guard let orderBy else { return nil }
        keys = try Self.keys(orderBy, context: context)
        reference = try orderFrom.map { text throws(NGSILDError) in
            try GeoQuery.shape(kind: orderGeometry ?? "Point", coordinates: text, parameter: "orderFrom")
        }
        self.collation = named
        guard reference != nil || !keys.contains(where: \.direction.isByDistance) else {
            throw NGSILDError(
                .badRequestData, "an order by distance needs orderFrom (4.23.3)", at: "orderFrom")
        }
    }

    private static func keys(_ text: String, context: Context) throws(NGSILDError) -> [Key] {
        var scanner = try QueryText(text, parameter: "orderBy")
        var keys: [Key] = []
        repeat {
            let subject = try subject(&scanner, context)
            keys.append(Key(subject: subject, direction: try direction(&scanner)))
            guard keys.count <= QueryLimits.orderKeysMax else {
                throw scanner.failure("more than \(QueryLimits.orderKeysMax) keys")
            }
        } while scanner.take(",")
        guard scanner.isAtEnd else { throw scanner.failure("expected \",\" or its end") }
        return keys
    }

    private static func direction(_ scanner: inout QueryText) throws(NGSILDError) -> Direction {
        guard scanner.take(";") else { return .ascending }
        let start = scanner.position
        guard let direction = Direction(rawValue: scanner.take(upTo: ",")) else {
            throw scanner.failure("expected asc, desc, dist-asc or dist-desc", at: start)
        }
        return direction
    }

    private static func subject(_ scanner: inout QueryText, _ context: Context) throws(NGSILDError) -> Subject
    {
        let path = try AttributePath(&scanner, context)
        guard path.names.count == 1, path.members.isEmpty else { return .path(path) }
        switch path.names[0] {
        case "id", "@id": return .id
        case "type", "@type": return .type
        case "scope": return .scope
        default: return .path(path)
        }
    }
}

/// The tag of an ICU collation (4.23.3, RFC 6067), well-formed.
package struct Collation: Hashable, Sendable {
    /// In lower case.
    package let tag: String

    /// - Throws: `badRequestData` where `text` has not the form of a language tag (BCP 47).
    package init(_ text: String) throws(NGSILDError) {
        let parts = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
        let isWellFormed =
            text.utf8.count <= 63
            && parts.allSatisfy { part in
                (1...8).contains(part.utf8.count)
                    && part.utf8.allSatisfy {
                        $0.isDigit || ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z"))
                    }
            }
        guard isWellFormed, let language = parts.first,
            (2...3).contains(language.utf8.count) || language == "root",
            !language.utf8.contains(where: \.isDigit), parts.last?.utf8.count ?? 0 > 1 || parts.count == 1
        else {
            throw NGSILDError(
                .badRequestData,
                "collation=\(text) is no language tag (RFC 6067), such as und or de-u-co-phonebk",
                at: "collation")
        }
        tag = parts.joined(separator: "-")
    }
}
