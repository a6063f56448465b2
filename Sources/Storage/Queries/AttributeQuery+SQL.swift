import NGSILD
import Postgres

extension AttributeQuery {
    /// The query on the row `row` of table `entity`.
    func condition(on row: RowName, tenant: TenantKey, now: Timestamp) -> SQLCondition {
        Self.condition(root, on: row, tenant: tenant, now: now)
    }

    private static func condition(
        _ condition: AttributeQuery.Condition, on row: RowName, tenant: TenantKey, now: Timestamp
    ) -> SQLCondition {
        switch condition {
        case .all(let parts): .all(parts.map { self.condition($0, on: row, tenant: tenant, now: now) })
        case .any(let parts): .any(parts.map { self.condition($0, on: row, tenant: tenant, now: now) })
        case .term(let term): term.condition(on: row, tenant: tenant, now: now)
        }
    }
}

extension AttributeQuery.Term {
    func condition(on row: RowName, tenant: TenantKey, now: Timestamp) -> SQLCondition {
        guard test == .absent else { return condition(test, path.links[...], row, tenant, now) }
        let present = condition(.exists, path.links[...], row, tenant, now)
        // The complement of a superset is none.
        return present.isExact ? SQLCondition("NOT \(present.sql)") : .undecided
    }

    private func condition(
        _ test: AttributeQuery.Test, _ links: ArraySlice<AttributePath.Link>, _ row: RowName,
        _ tenant: TenantKey,
        _ now: Timestamp
    ) -> SQLCondition {
        guard let link = links.first else { return value(of: row, meets: test) }
        let target = row.linked
        let inner = condition(test, links.dropFirst(), target, tenant, now)
        let ids = Self.objects(of: link.relationship, in: row)
        let types: SQL = link.types.isEmpty ? "" : " AND \(target.alias).types && \(link.types)"
        return SQLCondition(
            """
            EXISTS (SELECT FROM (\(ids)) AS object (id) JOIN entity \(target.alias)
            ON \(target.alias).tenant = \(tenant.number) AND \(target.alias).id = object.id #>> '{}'
            WHERE (\(target.alias).expires IS NULL OR \(target.alias).expires > \(PostgresTimestamp(now)))\(types)
            AND \(inner.sql))
            """, isExact: inner.isExact)
    }

    /// The URIs of a Relationship or ListRelationship, as jsonb strings.
    private static func objects(of relationship: String, in row: RowName) -> SQL {
        let path = "$" + JSONPathWriter.accessors([relationship])
        let forms = [".object[*]", ".objectList[*]", ".objectList[*].object"]
        return forms.map {
            "SELECT jsonb_path_query(\(row.document(of: relationship)), \(JSONPathText(text: path + $0)))"
                as SQL
        }
        .joined(separator: " UNION ALL ")
    }

    private func value(of row: RowName, meets test: AttributeQuery.Test) -> SQLCondition {
        if path.isSystemName { return SystemMoment(path: path).condition(test, on: row) }
        guard !path.names.contains(where: QueriedEntity.isValueMember) else { return .never }
        guard let last = path.names.last, path.names.count > 1, QueriedEntity.isPlainMember(last) else {
            return InstanceTest(path: path, row: row).condition(test)
        }
        return MemberTest(path: path, row: row).condition(test)
    }
}

extension AttributePath {
    /// `createdAt` and the like of the entity that the links lead to.
    fileprivate var isSystemName: Bool { names.count == 1 && Self.systemNames.contains(names[0]) }
}

/// A test of a moment that stands in a column.
private struct SystemMoment {
    let path: AttributePath

    func condition(_ test: AttributeQuery.Test, on row: RowName) -> SQLCondition {
        guard path.members.isEmpty, let column else { return .never }
        let value: SQL = "\(row.alias).\(column)"
        switch test {
        case .exists: return SQLCondition("\(value) IS NOT NULL")
        case .equals(let candidates, let negated):
            let any = SQLCondition.any(candidates.map { Self.condition($0, value) }).sql
            return SQLCondition(negated ? "(\(value) IS NOT NULL AND NOT \(any))" : any)
        case .ordered(let order, let literal):
            guard let moment = Self.moment(literal) else { return .never }
            return SQLCondition("\(value) \(order.sql) \(moment)")
        case .absent, .matches: return .never
        }
    }

    private var column: SQL? {
        switch path.names[0] {
        case "createdAt": "created"
        case "modifiedAt": "modified"
        case "expiresAt": "expires"
        default: nil
        }
    }

    private static func condition(_ candidate: AttributeQuery.Candidate, _ value: SQL) -> SQLCondition {
        switch candidate {
        case .value(let literal): return moment(literal).map { SQLCondition("\(value) = \($0)") } ?? .never
        case .range(let low, let high):
            guard let low = moment(low), let high = moment(high) else { return .never }
            return SQLCondition("\(value) BETWEEN \(low) AND \(high)")
        }
    }

    private static func moment(_ literal: Literal) -> PostgresTimestamp? {
        switch literal {
        case .moment(let moment): moment.timestamp.map { PostgresTimestamp($0) }
        case .string(let text): Moment(text)?.timestamp.map { PostgresTimestamp($0) }
        default: nil
        }
    }
}

extension AttributeQuery.Order {
    /// The operator, in SQL and in SQL/JSON paths alike.
    var symbol: StaticString {
        switch self {
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .less: "<"
        case .lessOrEqual: "<="
        }
    }

    var sql: SQL { SQL(stringLiteral: "\(symbol)") }
}
