import Networking

/// A transaction of the server, as `pg_current_xact_id()` numbers it over the cluster's whole life.
package struct TransactionID: Hashable, Sendable {
    let number: Int64

    /// Asks for the number of the present transaction; to be run in it.
    package static let current = Call(Statement("SELECT pg_current_xact_id()"))

    /// Reads the answer to `current`.
    package init(_ rows: Rows) {
        number = rows.int64(0, 0)
    }
}

/// What has become of a transaction whose COMMIT was sent and never answered.
package enum TransactionFate: Equatable, Sendable {
    case committed
    case aborted
    /// The deadline has passed first, or the server no longer knows.
    case unknown
}

extension PostgresLink {
    private static let status = Statement("SELECT coalesce(pg_xact_status($1::text::xid8), '')")
    private static let pause: Duration = .milliseconds(50)

    /// Asks, on new connections, until the fate of `transaction` is settled or `limit` has passed.
    package func fate(of transaction: TransactionID, within limit: Duration) async -> TransactionFate {
        let deadline = MonotonicTime.now + limit
        while true {
            if let fate = await status(of: transaction) { return fate }
            guard MonotonicTime.now < deadline else { return .unknown }
            await pause(Self.pause)
        }
    }

    /// Nil while it runs, or cannot be asked for.
    private func status(of transaction: TransactionID) async -> TransactionFate? {
        do {
            let call = Call(Self.status, String(transaction.number))
            switch try await connection().execute(call).text(0, 0) {
            case "committed": return .committed
            case "aborted": return .aborted
            case "in progress": return nil
            default: return .unknown
            }
        } catch let error as PostgresError where error.sqlState == "22023" {
            // Its number lies in the future: this server was a standby, and the transaction never reached it.
            return .aborted
        } catch {
            return nil
        }
    }
}
