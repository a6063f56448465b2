package import NGSILD
import Networking
package import Postgres

/// The value indexes that administrators have declared: made, listed, dropped; filled in the background.
///
/// Triggers on `entity` keep them, in the transaction of each write; without a declared index there are none.
package struct ValueIndexes {
    let queries: QueryPool
    package let directory: ValueIndexDirectory

    /// Indexes of one tenant: each is computed anew for each write of an entity of its type.
    package static let countMax = 32

    package init(queries: QueryPool, directory: ValueIndexDirectory) {
        self.queries = queries
        self.directory = directory
    }

    /// Declares an index; queries use it once it is filled.
    ///
    /// Writers wait a moment: whoever began before it must have ended, or the index would miss what they write.
    ///
    /// - Returns: its key.
    /// - Throws: `badRequestData` where the path cannot be indexed; `alreadyExists`; `conflict` where the tenant has
    ///   as many as it may.
    package func declare(type: String, path: AttributePath, tenant: TenantKey) async throws -> Int32 {
        guard path.isIndexable else {
            throw NGSILDError(
                .badRequestData,
                "\(path.text) cannot be indexed: name an attribute or a part of one that is no createdAt, modifiedAt, "
                    + "deletedAt or expiresAt", at: "/attribute")
        }
        return try await reporting {
            do {
                let answers = try await queries.execute([
                    .begin, Call(Self.start),
                    Call(
                        Self.insert, tenant.number, type, path.names, path.members, path.valuePaths,
                        path.elementPaths, Int64(Self.countMax)), .commit,
                ])
                if answers[2].count > 0 { return answers[2].int32(0, 0) }
            } catch let error as PostgresError where error.sqlState == "23505" {
                throw NGSILDError(
                    .alreadyExists,
                    "there is an index on \(path.text) of \(type) already, ready or being filled")
            }
            throw NGSILDError(
                .conflict,
                "the tenant has \(Self.countMax) value indexes, which is as many as it may: drop one first")
        }
    }

    /// The indexes of `tenant` as they are now, by type and path.
    package func all(of tenant: TenantKey) async throws -> [DeclaredIndex] {
        try await list(tenant, key: nil)
    }

    /// - Returns: nil where `tenant` has no index of this key.
    package func index(_ key: Int32, of tenant: TenantKey) async throws -> DeclaredIndex? {
        try await list(tenant, key: key).first
    }

    private func list(_ tenant: TenantKey, key: Int32?) async throws -> [DeclaredIndex] {
        let rows = try await reporting { try await queries.query(Call(Self.list, tenant.number, key)) }
        return (0..<rows.count).map { row in
            DeclaredIndex(
                index: ValueIndex(rows, row: row), filledEntities: rows.int64(row, 4),
                entities: rows.int64(row, 5),
                created: Timestamp(microseconds: rows.timestamp(row, 6)),
                ready: rows.isNull(row, 7) ? nil : Timestamp(microseconds: rows.timestamp(row, 7)))
        }
    }

    /// Drops an index: no new query uses it, and its rows go in the background when no old one can; false: `tenant`
    /// has none of this key.
    package func drop(_ key: Int32, of tenant: TenantKey) async throws -> Bool {
        let rows = try await reporting { try await queries.query(Call(Self.drop, tenant.number, key)) }
        guard rows.affected > 0 else { return false }
        try await refresh()
        return true
    }

    // MARK: Statements

    private static let start = Statement("SELECT value_index_start()")

    private static let insert = Statement(
        """
        INSERT INTO value_index (tenant, type, names, members, firsts, places)
        SELECT $1, $2, $3, $4, $5, $6
        WHERE (SELECT count(*) FROM value_index WHERE tenant = $1 AND dropped IS NULL) < $7 RETURNING key
        """)

    private static let list = Statement(
        """
        SELECT key, type, names, members, v.entities,
            greatest(0, coalesce((SELECT entities FROM entity_count AS c WHERE c.tenant = $1 AND c.type = v.type), 0)
            + coalesce((SELECT sum(entities)::bigint FROM entity_count_delta AS d
                        WHERE d.tenant = $1 AND d.type = v.type), 0)),
            created, ready
        FROM value_index AS v
        WHERE tenant = $1 AND dropped IS NULL AND ($2 IS NULL OR key = $2) ORDER BY type, names, members
        """)

    private static let drop = Statement(
        """
        WITH gone AS (
            UPDATE value_index SET dropped = now(), ready = NULL
            WHERE tenant = $1 AND key = $2 AND dropped IS NULL RETURNING key)
        UPDATE configuration SET version = version + 1 WHERE EXISTS (SELECT FROM gone)
        """)
}

extension ValueIndex {
    /// A row of the columns `key, type, names, members`.
    init(_ rows: Rows, row: Int) {
        key = rows.int32(row, 0)
        type = rows.text(row, 1)
        path = AttributePath(names: rows.textArray(row, 2), members: rows.textArray(row, 3))
    }
}
