/// What one query may cost before it is refused (`TooComplexQuery`) or answered in a shorter page.
package struct QueryBudget: Sendable {
    /// Rows that Swift looks at where SQL cannot decide alone: about 3 µs each.
    package var rowsMax = 200_000
    /// Rows of one batch of them; each batch is one statement.
    package var batchRows = 500
    /// Candidates of an index that are sorted for a page; with more, entities are looked at in their order until
    /// the page is full, which it soon is.
    package var candidatesMax = 2_000
    /// Bytes of documents in one page; beyond it the page is shorter than its limit, and says that there is more.
    package var pageBytesMax = 64 << 20
    /// Rows that are fetched at once for a page, so that few large documents do not fill the memory.
    package var pageRows = 250
    /// From the beginning of the query to its answer.
    package var time: Duration = .seconds(10)

    package init() {}

    /// The greatest offset that is exact at every moment; beyond it entities that expired seconds ago, and are
    /// not yet swept, may be counted among those that are skipped.
    static let exactOffsetMax = 200
}
