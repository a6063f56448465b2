import NGSILD
import Postgres

/// The order of a result in SQL (4.23): numbers, strings, objects, arrays, booleans, times, dates, date-times, null,
/// nothing; descending turns this around but for the last two.
struct EntityOrder {
    /// What the keys look at: ` CROSS JOIN LATERAL …`, one column each, so that a path is walked once per row.
    let values: SQL
    let keys: SQL

    init(_ ordering: Ordering, tenant: TenantKey) {
        var values: SQL = ""
        var keys: [SQL] = []
        for (index, key) in ordering.keys.enumerated() {
            // A number of ours, no client's text.
            let name = SQL(stringLiteral: "\(index)")
            let isDescending = key.direction == .descending || key.direction == .distanceDescending
            let direction: SQL = isDescending ? " DESC" : " ASC"
            switch key.subject {
            case .id: keys.append("e.id\(direction)")
            case .type: keys.append("e.types\(direction)")
            case .scope: keys.append("e.scopes\(direction)")
            case .path(let path):
                guard let reference = ordering.reference, key.direction.isByDistance else {
                    values += Self.columns(of: path, name)
                    keys += Self.keys(name, direction, ordering.collation)
                    continue
                }
                keys.append("\(Self.distance(of: path, to: reference, tenant))\(direction) NULLS LAST")
            }
        }
        self.values = values
        self.keys = keys.joined(separator: ", ")
    }

    private static func distance(of path: AttributePath, to shape: GeoShape, _ tenant: TenantKey) -> SQL {
        """
        (SELECT min(\(GeoQuery.distance(to: shape))) FROM entity_geo g
        WHERE g.tenant = \(tenant.number) AND g.id = e.id AND g.attribute = \(path.names[0]))
        """
    }

    /// The value that `path` leads to first, as jsonb; NULL: there is none.
    private static func value(at path: AttributePath) -> SQL {
        if path.names.count == 1, AttributePath.systemNames.contains(path.names[0]) {
            switch path.names[0] {
            case "createdAt": return text(of: "e.created")
            case "modifiedAt": return text(of: "e.modified")
            default: return "NULL::jsonb"
            }
        }
        let instance = "$" + JSONPathWriter.accessors(path.names)
        let members = JSONPathWriter.accessors(path.members)
        if let last = path.names.last, QueriedEntity.isPlainMember(last) {
            guard last == "createdAt" || last == "modifiedAt" else { return first([instance]) }
            // An instance tells its moments only where they differ from those of what is around it.
            let owners = (1..<path.names.count).reversed()
                .map { "$" + JSONPathWriter.accessors(path.names.prefix($0)) }
            var own = owners.map { "\($0).\"\(last)\"" }
            if let outer = owners.last, last == "modifiedAt" { own.append(outer + #"."createdAt""#) }
            return """
                CASE WHEN jsonb_path_exists(e.doc, \(JSONPathText(text: owners.first ?? "$")))
                THEN coalesce(\(first(own)), \(text(of: "e.created"))) END
                """
        }
        let places = [".value", ".object", ".vocab", ".json", ".languageMap", ".valueList", ".objectList"]
        return first(places.map { instance + $0 + members })
    }

    private static func first(_ paths: [String]) -> SQL {
        let values = paths.map {
            "jsonb_path_query_first(e.doc, \(JSONPathText(text: $0)), '{}', true)" as SQL
        }
        return "coalesce(\(values.joined(separator: ", ")))"
    }

    private static func text(of column: SQL) -> SQL {
        #"to_jsonb(to_char(\#(column) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))"#
    }

    /// The value and its rank, each worked out once per row.
    private static func columns(of path: AttributePath, _ name: SQL) -> SQL {
        let rank = rank(of: "v\(name).value")
        return """
             CROSS JOIN LATERAL (SELECT \(value(at: path)) AS value OFFSET 0) v\(name)
            CROSS JOIN LATERAL (SELECT \(rank) AS rank OFFSET 0) r\(name)
            """
    }

    /// The place of the value's type in the order of 4.23.2.
    private static func rank(of value: SQL) -> SQL {
        let text: SQL = "(\(value) #>> '{}')"
        return """
            CASE jsonb_typeof(\(value)) WHEN 'number' THEN 0 WHEN 'object' THEN 2 WHEN 'array' THEN 3
            WHEN 'boolean' THEN 4 WHEN 'null' THEN 8
            WHEN 'string' THEN CASE WHEN \(text) ~ \(timePattern) THEN 5 WHEN \(text) ~ \(datePattern) THEN 6
            WHEN \(text) ~ \(momentPattern) THEN 7 ELSE 1 END ELSE 9 END
            """
    }

    /// Null and nothing last, whatever the direction; then by type, numbers as numbers and all else as text.
    private static func keys(_ name: SQL, _ direction: SQL, _ collation: Collation?) -> [SQL] {
        // The tag is checked (`Collation`): letters, digits and `-`.
        let order = SQL(stringLiteral: collation.map { "\"\(EntityCollations.name(of: $0))\"" } ?? "\"C\"")
        let text: SQL = "(v\(name).value #>> '{}')"
        return [
            "greatest(r\(name).rank, 7) ASC", "r\(name).rank\(direction)",
            "CASE WHEN r\(name).rank = 0 THEN v\(name).value::numeric END\(direction)",
            """
            CASE r\(name).rank WHEN 0 THEN NULL
            WHEN 7 THEN left(\(text), 19) || '.' || rpad(substr(rtrim(\(text), 'Z'), 21), 6, '0')
            ELSE \(text) END COLLATE \(order)\(direction)
            """,
        ]
    }

    private static let timePattern: SQL = "'^[0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,6})?Z$'"
    private static let datePattern: SQL = "'^[0-9]{4}-[0-9]{2}-[0-9]{2}$'"
    private static let momentPattern: SQL =
        "'^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,6})?Z$'"
}
