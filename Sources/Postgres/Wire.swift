import CLibPQ

/// libpq's connection, nonblocking and in pipeline mode: a Swift face without any logic.
final class Wire {
    private let connection: OpaquePointer

    /// Takes over `connection`, which is open.
    init(_ connection: OpaquePointer) {
        self.connection = connection
        PQsetnonblocking(connection, 1)
        PQenterPipelineMode(connection)
        // Without this libpq prints notices to stderr; those that we cause say nothing that is not known.
        PQsetNoticeReceiver(connection, { _, _ in }, nil)
    }

    deinit {
        PQfinish(connection)
    }

    var descriptor: Int32 { PQsocket(connection) }
    var isBroken: Bool { PQstatus(connection) == CONNECTION_BAD }
    /// Whether the next result has not arrived in full.
    var isBusy: Bool { PQisBusy(connection) == 1 }
    var message: String { String(cString: PQerrorMessage(connection)).trimmed }
    var processID: Int32 { PQbackendPID(connection) }
    var serverVersion: Int32 { PQserverVersion(connection) }
    var transaction: PGTransactionStatusType { PQtransactionStatus(connection) }

    func prepare(_ name: String, _ sql: String, types: [UInt32]) -> Bool {
        PQsendPrepare(connection, name, sql, Int32(types.count), types) == 1
    }

    func run(_ name: String, _ parameters: Parameters) -> Bool {
        parameters.withPointers { values, lengths, formats in
            PQsendQueryPrepared(connection, name, Int32(parameters.count), values, lengths, formats, 1)
        } == 1
    }

    /// Runs `sql`, which takes no parameters, without preparing it.
    func run(command sql: String) -> Bool {
        PQsendQueryParams(connection, sql, 0, nil, nil, nil, nil, 1) == 1
    }

    func sync() -> Bool {
        PQpipelineSync(connection) == 1
    }

    enum Flush { case done, pending, failed }

    func flush() -> Flush {
        switch PQflush(connection) {
        case 0: .done
        case 1: .pending
        default: .failed
        }
    }

    /// Reads what has arrived; false: the connection is gone.
    func consume() -> Bool {
        PQconsumeInput(connection) == 1
    }

    /// The next result, for the caller to clear; nil: the present statement has no more.
    func nextResult() -> OpaquePointer? {
        PQgetResult(connection)
    }

    /// What `PQcancel` needs, usable on any thread while this connection goes on.
    func cancellation() -> Cancellation? {
        PQgetCancel(connection).map(Cancellation.init)
    }

    /// The next notification that has been read.
    func nextNotification() -> (channel: String, payload: String)? {
        guard let notification = PQnotifies(connection) else { return nil }
        defer { PQfreemem(notification) }
        return (
            String(cString: notification.pointee.relname), String(cString: notification.pointee.extra)
        )
    }
}

/// The right to cancel what one connection runs.
///
/// `@unchecked Sendable`: libpq promises that `PQcancel` may be called from any thread.
final class Cancellation: @unchecked Sendable {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        PQfreeCancel(handle)
    }

    /// Asks the server, over a connection of its own; blocks until the server has passed it on.
    func perform() {
        var error = [CChar](repeating: 0, count: 256)
        // A server that cannot be reached ends the statement by its timeout, so a failure needs no care.
        PQcancel(handle, &error, Int32(error.count))
    }
}
