import CLibPQ
import CLinux
import Glibc
import Networking

/// One try to open a session: look names up (helper thread), then libpq's handshake on the reactor.
final class ConnectAttempt: EventSource {
    private let configuration: PostgresConfiguration
    private let reactor: Reactor
    private var connection: OpaquePointer?
    private var descriptor: Int32?
    private var deadline: TimerID?
    private var completion: (() -> Void)?
    /// Valid once `start` has called back.
    private(set) var outcome: Result<PostgresConnection, PostgresError> = .failure(
        PostgresError(.unavailable, "the attempt to connect goes on"))

    init(_ configuration: PostgresConfiguration, on reactor: Reactor) {
        self.configuration = configuration
        self.reactor = reactor
    }

    /// Calls `completion` once, in a later turn.
    func start(_ completion: @escaping () -> Void) {
        self.completion = completion
        deadline = reactor.schedule(after: configuration.connectTimeout) { [self] in
            fail("PostgreSQL took no connection within \(configuration.connectTimeout)")
        }
        do throws(PostgresError) {
            let lookup = try AddressLookup(configuration.connectionString)
            // The attempt itself stays on its reactor; the helper thread only hands it through.
            nonisolated(unsafe) let attempt = self
            HelperThread.run { [reactor] in
                let keywords = lookup.keywords()
                reactor.perform { attempt.open(lookup, keywords) }
            }
        } catch {
            reactor.later { [self] in finish(.failure(error)) }
        }
    }

    private func open(_ lookup: AddressLookup, _ keywords: Result<[(String, String)], PostgresError>) {
        guard completion != nil else { return }
        switch keywords {
        case .success(let found): connection = start(found + words(lookup))
        case .failure(let error): return finish(.failure(error))
        }
        guard let connection, PQstatus(connection) != CONNECTION_BAD else { return failByLibPQ() }
        watch(PGRES_POLLING_WRITING)
    }

    /// What every session says, whatever the connection string does.
    private func words(_ lookup: AddressLookup) -> [(String, String)] {
        var words = [
            ("client_encoding", "UTF8"),
            ("application_name", configuration.applicationName),
            ("options", "\(lookup.options) \(configuration.options)"),
            ("tcp_user_timeout", "\(configuration.tcpUserTimeout.milliseconds)"),
            // An idle connection finds out within a minute that its peer is gone.
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            // Without it each connection looks for Kerberos tickets first, which may block.
            ("gssencmode", "disable"),
        ]
        if lookup.wantsPrimary { words.append(("target_session_attrs", "read-write")) }
        return words
    }

    private func start(_ words: [(String, String)]) -> OpaquePointer? {
        let words = [("dbname", configuration.connectionString)] + words
        let keywords = words.map { strdup($0.0) }
        let values = words.map { strdup($0.1) }
        defer { (keywords + values).forEach { free($0) } }
        return PQconnectStartParams(
            keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
    }

    func ready(_ events: UInt32) {
        // libpq may close its socket and open another one under the same number.
        unwatch()
        switch PQconnectPoll(connection) {
        case PGRES_POLLING_OK: succeed()
        case PGRES_POLLING_FAILED: failByLibPQ()
        case let wanted: watch(wanted)
        }
    }

    private func watch(_ wanted: PostgresPollingStatusType) {
        let socket = PQsocket(connection)
        guard socket >= 0 else { return failByLibPQ() }
        descriptor = socket
        reactor.register(
            self, for: socket, events: wanted == PGRES_POLLING_READING ? EPOLLIN.rawValue : EPOLLOUT.rawValue)
    }

    private func unwatch() {
        descriptor.take().map(reactor.unregister)
    }

    private func succeed() {
        guard let opened = connection.take() else { return }
        finish(
            .success(
                PostgresConnection(
                    Wire(opened), on: reactor, responseTimeout: configuration.responseTimeout)))
    }

    private func failByLibPQ() {
        fail(connection.map { String(cString: PQerrorMessage($0)).trimmed } ?? "out of memory")
    }

    private func fail(_ message: String) {
        finish(.failure(PostgresError(.unavailable, message)))
    }

    private func finish(_ outcome: Result<PostgresConnection, PostgresError>) {
        guard let completion = completion.take() else { return }
        self.outcome = outcome
        unwatch()
        deadline.map(reactor.cancel)
        connection.take().map(PQfinish)
        completion()
    }
}
