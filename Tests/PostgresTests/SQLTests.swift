import Postgres
import TestSupport
import Testing

struct SQLTests {
    @Test func `values are numbered in their order, across fragments`() {
        let name = "status'; DROP TABLE entity; --"
        let filter: SQL = "doc -> \(name) ->> 'value' = \(true)"
        var sql: SQL = "SELECT id FROM entity WHERE tenant = \(Int32(1)) AND (\(filter))"
        sql += " ORDER BY id \(raw: "DESC") LIMIT \(Int64(20))"

        #expect(
            sql.text
                == "SELECT id FROM entity WHERE tenant = $1 AND (doc -> $2 ->> 'value' = $3) ORDER BY id DESC LIMIT $4"
        )
        #expect(sql.parameters.count == 4)
        #expect(!sql.text.contains("DROP"))
    }

    @Test func `fragments are joined`() {
        let conditions: [SQL] = ["a = \("x")", "b", "c > \(2.5)"]

        #expect(conditions.joined(separator: " AND ").text == "a = $1 AND b AND c > $2")
        #expect([SQL]().joined(separator: " AND ").text == "")
    }

    @Test func `one text runs with values of different types`() async throws {
        try await TestDatabase.withConnection { connection in
            func type(_ sql: SQL) async throws -> String {
                try await connection.execute(Call("SELECT pg_typeof(\(sql))::text")).text(0, 0)
            }

            for _ in 0..<2 {
                let (text, number) = (try await type("\("x")"), try await type("\(1.5)"))
                #expect(text == "text")
                #expect(number == "double precision")
            }
        }
    }

    @Test func `prepared texts make room for new ones`() async throws {
        try await TestDatabase.withConnection { connection in
            for number in 0..<250 {
                let sql: SQL = "\(SQL(stringLiteral: "SELECT \(number)")) + \(Int32(1))"
                let rows = try await connection.execute(Call(sql))
                #expect(rows.int32(0, 0) == number + 1)
            }
            let prepared = Statement(
                "SELECT count(*) FROM pg_prepared_statements WHERE statement ~ '^SELECT [0-9]+ [+]'")

            #expect(try await connection.execute(Call(prepared)).int64(0, 0) == 200)
            #expect(try await connection.execute(Call("SELECT 0 + \(Int32(1))")).int32(0, 0) == 1)
        }
    }

    @Test func `a text is prepared again after its table has changed`() async throws {
        try await TestDatabase.withConnection { connection in
            let all = Statement("SELECT * FROM t")
            _ = try await connection.execute(Call(command: "CREATE TABLE t (a int)"))
            _ = try await connection.execute(Call(all))
            _ = try await connection.execute(Call(command: "ALTER TABLE t ADD b int"))

            let error = await #expect(throws: PostgresError.self) { try await connection.execute(Call(all)) }

            #expect(error?.sqlState == "0A000")
            #expect(try await connection.execute(Call(all)).count == 0)
        }
    }
}
