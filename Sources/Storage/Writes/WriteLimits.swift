/// What bounds the write path.
package struct WriteLimits: Sendable {
    /// Mutations and bytes of one transaction, and bytes that may wait for it.
    package struct Lane: Sendable {
        package var mutationsMax: Int
        package var bytesMax: Int
        /// Beyond, a write is refused as saturated (503): waiting longer would not help the client.
        package var waitingBytesMax: Int
    }

    /// Small transactions: an alarm waits for at most one of them, some 10 ms.
    package var interactive = Lane(
        mutationsMax: 256, bytesMax: 1 << 20, waitingBytesMax: 16 << 20)
    /// Batch operations and feeds: larger ones cost less per row, and 500 rows still commit in some 30 ms.
    package var bulk = Lane(mutationsMax: 500, bytesMax: 8 << 20, waitingBytesMax: 64 << 20)

    /// Seconds after which a batch that found no database, or no end of its conflicts, is given up.
    ///
    /// Clients and proxies wait 30 s and more: they get an answer that says what happened.
    package var patience: Duration = .seconds(8)
    /// The same where no connection can be had: a restart that is under way is waited for, no more.
    package var outagePatience: Duration = .seconds(1)
    /// Pause before a batch is tried again after a conflict; doubled each time.
    package var pauseMin: Duration = .milliseconds(5)
    /// A lost database is asked for at least this often.
    package var pauseMax: Duration = .milliseconds(500)
    /// Time that a statement waits for a row that another process has locked.
    ///
    /// Batches hold theirs for some
    /// 10 ms: who waits for seconds waits for a node that froze.
    package var lockTimeout: Duration = .seconds(2)

    package init() {}
}
