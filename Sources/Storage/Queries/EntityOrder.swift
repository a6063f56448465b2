import NGSILD
import Postgres

/// The order of a result in SQL (4.23): numbers, strings, objects, arrays, booleans, times, dates, date-times, null,
/// nothing; descending turns this around but for the last two.
struct EntityOrder {
    /// What the keys look at: ` CROSS JOIN LATERAL …`, one column each, so that a path is walked once per row.
    let values: SQL
    let keys: SQL
    /// Of the ids, which break ties: that of the first key, as an index read backwards has it.
    let direction: SQL

    init(_ ordering: Ordering, tenant: TenantKey) {
        var values: SQL = ""
        var keys: [SQL] = []
        for (index, key) in ordering.keys.enumerated() {
            // A number of ours, no client's text.
            let name = SQL(stringLiteral: "\(index)")
            let direction: SQL = key.direction.isDescending ? " DESC" : " ASC"
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
        direction = ordering.keys.first?.direction.isDescending ?? false ? " DESC" : ""
        self.keys = keys.joined(separator: ", ")
    }

    private static func distance(of path: AttributePath, to shape: GeoShape, _ tenant: TenantKey) -> SQL {
        """
        (SELECT min(\(GeoQuery.distance(to: shape))) FROM entity_geo g
        WHERE g.tenant = \(tenant.number) AND g.id = e.id AND g.attribute = \(path.names[0]))
        """
    }

    /// The value that `path` leads to first in the document `d.doc`, as jsonb; NULL: there is none.
    private static func value(at path: AttributePath) -> SQL {
        if path.names.count == 1, AttributePath.systemNames.contains(path.names[0]) {
            switch path.names[0] {
            case "createdAt": return text(of: "e.created")
            case "modifiedAt": return text(of: "e.modified")
            case "expiresAt": return text(of: "e.expires")
            default: return "NULL::jsonb"
            }
        }
        if let last = path.names.last, last == "createdAt" || last == "modifiedAt", path.names.count > 1 {
            // An instance tells its moments only where they differ from those of what is around it.
            let owners = (1..<path.names.count).reversed()
                .map { "$" + JSONPathWriter.accessors(path.names.prefix($0)) }
            var own = owners.map { "\($0).\"\(last)\"" }
            if let outer = owners.last, last == "modifiedAt" { own.append(outer + #"."createdAt""#) }
            return """
                CASE WHEN jsonb_path_exists(d.doc, \(JSONPathText(text: owners.first ?? "$")))
                THEN coalesce(\(first(own.map { JSONPathText(text: $0) })), \(text(of: "e.created"))) END
                """
        }
        return first(path.valuePaths)
    }

    private static func first(_ paths: [JSONPathText]) -> SQL {
        let values = paths.map { "jsonb_path_query_first(d.doc, \($0), '{}', true)" as SQL }
        return "coalesce(\(values.joined(separator: ", ")))"
    }

    private static func text(of column: SQL) -> SQL {
        #"to_jsonb(to_char(\#(column) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))"#
    }

    /// The value and its rank (`value_rank`), each worked out once per row.
    private static func columns(of path: AttributePath, _ name: SQL) -> SQL {
        """
         CROSS JOIN LATERAL (SELECT \(value(at: path)) AS value
            FROM (SELECT \(RowName.entity.document(of: path.names[0])) AS doc OFFSET 0) d OFFSET 0) v\(name)
        CROSS JOIN LATERAL (SELECT value_rank(v\(name).value) AS rank OFFSET 0) r\(name)
        """
    }

    /// Null and nothing last, whatever the direction; then by type, numbers as numbers and all else as text, as a
    /// value index has them.
    private static func keys(_ name: SQL, _ direction: SQL, _ collation: Collation?) -> [SQL] {
        // The tag is checked (`Collation`): letters, digits and `-`.
        let order = SQL(stringLiteral: collation.map { "\"\(EntityCollations.name(of: $0))\"" } ?? "\"C\"")
        return [
            "greatest(r\(name).rank, 7) ASC", "r\(name).rank\(direction)",
            "CASE WHEN r\(name).rank = 0 THEN v\(name).value::numeric END\(direction)",
            """
            CASE WHEN r\(name).rank NOT IN (0, 8, 9) THEN text_key(v\(name).value #>> '{}', r\(name).rank) END
            COLLATE \(order)\(direction)
            """,
        ]
    }
}
