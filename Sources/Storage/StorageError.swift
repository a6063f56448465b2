import NGSILD
package import Postgres

/// What the storage cannot do for a reason of its own; the client's mistakes are `NGSILDError`.
package enum StorageError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The database is away; nothing was stored. 503.
    case unavailable(reason: String)
    /// More writes wait than may wait; this one was not taken. 503.
    case saturated
    /// The connection broke at the commit, and whether it was stored could not be learnt in time. 503, and it
    /// says so: the client has to look before it writes again.
    case outcomeUnknown
    /// The database cannot be used by this program: an operator has to act.
    case unsuitableDatabase(reason: String)

    package var description: String {
        switch self {
        case .unavailable(let reason): "the database is not available: \(reason)"
        case .saturated: "too many writes are waiting for the database"
        case .outcomeUnknown:
            "the connection to the database broke during the commit: the write may or may not have been stored"
        case .unsuitableDatabase(let reason): reason
        }
    }
}

extension PostgresError {
    /// The same in the words of whoever asked: the client's fault where its data is at fault.
    package var reported: any Error {
        if isAboutData {
            return NGSILDError(.badRequestData, "the database cannot store this entity: \(message)")
        }
        return isAway ? StorageError.unavailable(reason: message) : self
    }

    /// Whether the values of one row are at fault: those rows fail again, and the others would not.
    ///
    /// Data exception, cardinality, integrity constraint, program limit (a key longer than an index takes);
    /// and PostGIS, which reports a GeoJSON it cannot read as an internal error.
    var isAboutData: Bool {
        guard kind == .refused, let sqlState else { return false }
        return ["21", "22", "23", "54"].contains(sqlState.prefix(2)) || sqlState == "XX000"
    }

    /// Whether the server cannot work for now: away, too busy, out of resources, stopped by its operator, or
    /// a standby.
    var isAway: Bool {
        guard kind == .refused else { return true }
        return ["53", "57", "58"].contains(sqlState?.prefix(2)) || isReadOnly || isRetryable
    }

    /// Whether this is a standby: after a fail-over the old address may lead there.
    var isReadOnly: Bool { sqlState == "25006" }
}

/// Runs `body`, whose `PostgresError` is thrown in the words of whoever asked.
func reporting<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
    do {
        return try await body()
    } catch let error as PostgresError {
        throw error.reported
    }
}
