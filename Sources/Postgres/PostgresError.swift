import CLibPQ

/// A call that PostgreSQL refused, or that never reached it.
package struct PostgresError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        /// The server said no; `sqlState` says why.
        case refused
        /// The connection broke: whether the call took effect is not known.
        case connectionLost
        /// There is no connection at present, or the server lacks what it needs; the call had no effect.
        case unavailable
        /// The queue before the connection is full; the call was not sent.
        case saturated
        /// The caller has left before the answer.
        case cancelled
        /// The caller's deadline or the statement timeout has passed before the answer.
        case deadlinePassed
    }

    package let kind: Kind
    /// Five characters (PostgreSQL manual, appendix A), where the server has spoken.
    package let sqlState: String?
    package let message: String
    package let detail: String?
    package let constraint: String?

    package init(
        _ kind: Kind, _ message: String, sqlState: String? = nil, detail: String? = nil,
        constraint: String? = nil
    ) {
        self.kind = kind
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.constraint = constraint
    }

    /// Whether the call's fate is unknown because the connection ended.
    package var isConnectionLost: Bool { kind == .connectionLost }

    /// Whether PostgreSQL is away or too busy for now: what was asked has had no effect.
    package var isUnavailable: Bool { kind == .unavailable || kind == .saturated }

    /// Whether the same transaction may succeed when it is run again (serialisation, deadlock, lock timeout).
    package var isRetryable: Bool {
        sqlState == "40001" || sqlState == "40P01" || sqlState == "55P03"
    }

    package var description: String {
        let state = sqlState.map { " (SQLSTATE \($0))" } ?? ""
        return message + state + (detail.map { ": " + $0 } ?? "")
    }
}

extension PostgresError {
    /// The error that `result` reports.
    init(_ result: OpaquePointer) {
        func field(_ code: UInt8) -> String? {
            PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
        }
        // The codes of libpq's `PG_DIAG_…`, which are macros of character constants.
        let state = field(UInt8(ascii: "C"))
        self.init(
            Kind(sqlState: state ?? "", severity: field(UInt8(ascii: "V")) ?? ""),
            field(UInt8(ascii: "M")) ?? String(cString: PQresultErrorMessage(result)).trimmed,
            sqlState: state, detail: field(UInt8(ascii: "D")), constraint: field(UInt8(ascii: "n")))
    }

    /// The statement that was to be run is not prepared on this connection (any more).
    var isStatementMissing: Bool { sqlState == "26000" }

    /// An earlier statement of the open transaction has failed.
    var isTransactionAborted: Bool { sqlState == "25P02" }

    /// A migration has changed what the prepared statement gives back.
    var isPlanStale: Bool { sqlState == "0A000" && message.contains("cached plan") }

    /// The server takes no writes (any more).
    var isReadOnly: Bool { sqlState == "25006" }
}

extension PostgresError.Kind {
    fileprivate init(sqlState: String, severity: String) {
        if severity == "FATAL" || severity == "PANIC" || sqlState.hasPrefix("08") {
            self = .connectionLost
        } else if sqlState.hasPrefix("53") || sqlState == "25006" {
            // Out of disk, memory or connections; a standby.
            self = .unavailable
        } else if sqlState == "57014" {
            self = .deadlinePassed
        } else {
            self = .refused
        }
    }
}

extension String {
    /// Without the line end that libpq puts after its messages, and in one line.
    var trimmed: String {
        split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
