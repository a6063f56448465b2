import CLibPQ

/// A call that PostgreSQL refused, or that never reached it.
package struct PostgresError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        /// The server said no; `sqlState` says why.
        case refused
        /// The connection broke: whether the call took effect is not known.
        case connectionLost
        /// There is no connection at present; the call was not sent.
        case unavailable
        /// The queue before the connection is full; the call was not sent.
        case saturated
        /// The caller has left before the answer.
        case cancelled
        /// The caller's deadline has passed before the answer.
        case deadlinePassed
        /// The answer has more rows or bytes than the caller takes.
        case tooLarge
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
    /// The error that the result `result` reports.
    init(_ result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
        }
        let state = field("C")
        let isEnd = state.map { $0.hasPrefix("08") || $0.hasPrefix("57P0") } ?? false
        self.init(
            isEnd ? .connectionLost : .refused,
            field("M") ?? String(cString: PQresultErrorMessage(result)).trimmed,
            sqlState: state, detail: field("D"), constraint: field("n"))
    }

    /// The statement that was to be run is not prepared on this connection (any more).
    var isStatementMissing: Bool { sqlState == "26000" }
}

extension String {
    /// Without the line end that libpq puts after its messages, and in one line.
    var trimmed: String {
        split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
