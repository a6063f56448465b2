/// How connections are made, and what each session says explicitly instead of trusting the server's defaults.
package struct PostgresConfiguration: Sendable {
    /// A URL (`postgresql://…`) or keywords (`host=… dbname=…`), as libpq takes them.
    package var connectionString: String
    /// Seen in `pg_stat_activity`.
    package var applicationName = "atria"
    /// From the first packet to a session that takes queries, over all hosts and addresses.
    package var connectTimeout: Duration = .seconds(10)
    /// A statement that runs longer is cancelled by the server.
    package var statementTimeout: Duration = .seconds(10)
    /// A statement that waits longer for a lock fails with 55P03.
    package var lockTimeout: Duration = .seconds(5)
    /// A transaction that its client forgets frees its locks after this.
    package var idleInTransactionTimeout: Duration = .seconds(5)
    /// Either side gives a connection up when what it sent is not acknowledged for so long.
    package var tcpUserTimeout: Duration = .seconds(10)
    /// A connection that owes an answer for so long is taken for lost.
    ///
    /// Longer than the statements of one exchange may take together.
    package var responseTimeout: Duration = .seconds(30)
    package var plans: PlanChoice = .generic
    /// Plans follow indexes in their order, whatever the statistics say.
    ///
    /// No scan of a table, no sort where an index has the order, no join but by key, no parallel workers:
    /// for pages, whose cost must not grow.
    package var followsIndexes = false

    /// `plan_cache_mode`.
    package enum PlanChoice: String, Sendable {
        /// PostgreSQL compares plans for the values at hand with one for any values.
        case automatic = "auto"
        /// One plan for any values, which is right for statements by key.
        ///
        /// Left to itself PostgreSQL 15 plans `JOIN unnest($1, $2)` anew for each small batch: 0.12 ms
        /// instead of 0.01.
        case generic = "force_generic_plan"
    }

    package init(_ connectionString: String) {
        self.connectionString = connectionString
    }

    /// The settings of a session, as the start-up option `options` takes them.
    var options: String {
        ([
            "default_transaction_isolation=read\\ committed",
            "statement_timeout=\(statementTimeout.milliseconds)",
            "lock_timeout=\(lockTimeout.milliseconds)",
            "idle_in_transaction_session_timeout=\(idleInTransactionTimeout.milliseconds)",
            "tcp_user_timeout=\(tcpUserTimeout.milliseconds)",
            // Long queries end when their client is gone, not when they have their answer.
            "client_connection_check_interval=5000",
            "plan_cache_mode=\(plans.rawValue)",
            // Compiling costs more than any statement of ours can win back.
            "jit=off",
            // A cursor of ours is read to its end.
            "cursor_tuple_fraction=1",
            "timezone=UTC",
        ] + (followsIndexes ? Self.indexed : [])).map { "-c \($0)" }.joined(separator: " ")
    }

    private static let indexed = [
        "enable_seqscan=off", "enable_bitmapscan=off", "enable_hashjoin=off", "enable_mergejoin=off",
        "enable_sort=off", "max_parallel_workers_per_gather=0",
    ]
}

extension Duration {
    /// Whole milliseconds, at least 1: 0 would switch a timeout off.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
