import Postgres
import TestSupport
import Testing

struct ParameterTests {
    @Test func `parameters of every kind come back as they were`() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.execute(
                Call(
                    Statement("SELECT $1, $2, $3, $4, $5, $6, $7, $8"),
                    "o'pen \u{1F6B2} \"\\", Int32.min, Int64.max, true, -0.1,
                    ByteString([0, 255, 39]), JSONB(Array(#"{"a": [5.0, "é"]}"#.utf8)),
                    PostgresTimestamp(microseconds: -1)))

            #expect(rows.count == 1)
            #expect(rows.text(0, 0) == "o'pen \u{1F6B2} \"\\")
            #expect(rows.int32(0, 1) == .min)
            #expect(rows.int64(0, 2) == .max)
            #expect(rows.bool(0, 3))
            #expect(rows.double(0, 4) == -0.1)
            #expect(rows.bytes(0, 5) == [0, 255, 39])
            // Behind the version of jsonb's format.
            #expect(rows.bytes(0, 6) == [1] + Array(#"{"a": [5.0, "é"]}"#.utf8))
            #expect(rows.timestamp(0, 7) == -1)
        }
    }

    @Test func `the server reads them as values of their types`() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.execute(
                Call(
                    Statement(
                        """
                        SELECT concat_ws(' ', pg_typeof($1), pg_typeof($2), pg_typeof($3), pg_typeof($4),
                            $1, $2 ->> 'a', $3, $4)
                        """),
                    PostgresTimestamp(microseconds: 1_700_000_000_000_001), JSONB(Array(#"{"a": "b"}"#.utf8)),
                    [Int64(1), -2], ["x", nil, "", "y,z"] as [String?]))

            let expected = [
                "timestamp with time zone jsonb bigint[] text[]",
                #"2023-11-14 22:13:20.000001+00 b {1,-2} {x,NULL,"","y,z"}"#,
            ]
            #expect(rows.text(0, 0) == expected.joined(separator: " "))
        }
    }

    @Test func `nil is NULL, and what is empty is not`() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.execute(
                Call(
                    Statement("SELECT $1, $2, $3, $4"),
                    nil as String?, "", [String](), nil as [Int32]?))

            #expect(rows.isNull(0, 0))
            #expect(!rows.isNull(0, 1))
            #expect(rows.text(0, 1) == "")
            #expect(rows.textArray(0, 2) == [])
            #expect(rows.isNull(0, 3))
        }
    }

    @Test func `arrays carry rows of a batch`() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.execute(
                Call(
                    Statement("SELECT * FROM unnest($1, $2, $3, $4, $5, $6) ORDER BY 1"),
                    ["a", "b"], [Int32(1), 2], [UTF8Text(Array("é".utf8)), nil] as [UTF8Text?],
                    [PostgresTimestamp(microseconds: 5), nil] as [PostgresTimestamp?], [true, false],
                    [ByteString([7]), ByteString([])]))

            #expect(rows.count == 2)
            #expect(rows.text(1, 0) == "b")
            #expect(rows.int32(0, 1) == 1)
            #expect(rows.text(0, 2) == "é")
            #expect(rows.isNull(1, 2))
            #expect(rows.timestamp(0, 3) == 5)
            #expect(!rows.bool(1, 4))
            #expect(rows.bytes(0, 5) == [7])
            #expect(rows.bytes(1, 5) == [])
        }
    }

    @Test func `arrays of results are read whole`() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.execute(
                Call(Statement("SELECT '{a,\"b,c\",\"\"}'::text[], '{1,-1}'::int[], '{}'::bigint[]")))

            #expect(rows.textArray(0, 0) == ["a", "b,c", ""])
            #expect(rows.int32Array(0, 1) == [1, -1])
            #expect(rows.int64Array(0, 2) == [])
            #expect(rows.withBytes(0, 1) { $0.count } == 36)
        }
    }
}
