extension QueryPool {
    /// Runs `query` and hands its rows on as they come, `size` at a time, until there are no more or `body`
    /// returns false.
    ///
    /// Memory holds one chunk, however long the answer is. The transaction, and with it the snapshot,
    /// lasts until the last chunk is taken: `limit` bounds both, and the idle-in-transaction timeout of the
    /// configuration what `body` may wait for between two chunks.
    /// - Throws: as `execute(_:within:)`; a query that was begun is not run again.
    package func forEachChunk(
        of query: Call, size: Int, within limit: Duration? = nil, _ body: (Rows) async throws -> Bool
    ) async throws {
        let fetch = Call(SQL.fetch(size))
        try await lease(within: limit) { lease in
            var rows = try await lease.execute([.begin, query.declared, fetch])[2]
            while try await body(rows), rows.count == size {
                rows = try await lease.execute([fetch])[0]
            }
        }
    }
}

extension SQL {
    // FETCH takes no parameters. Few sizes are in use, so few texts are prepared.
    fileprivate static func fetch(_ size: Int) -> SQL {
        SQL(stringLiteral: "FETCH FORWARD \(size) FROM chunks")
    }
}

extension Call {
    /// This query as the cursor `chunks`.
    fileprivate var declared: Call {
        Call(text: "DECLARE chunks NO SCROLL CURSOR FOR \(sql)", parameters: parameters)
    }
}
