import EmbeddedPostgres
import Glibc
import Networking
import Observability
import Postgres
import Storage

/// The running hub: its workers, its database, and the order in which they begin and end.
///
/// Confined to the main worker, which serves no clients: it starts, waits for signals, and stops.
final class Hub {
    private let configuration: Configuration
    private let log: Log
    private let sink: LogSink
    private let control: Worker
    private let metrics = HubMetrics()
    private let readiness = Readiness()
    private let workers: [Worker]
    private let tls: TLSServerContext?
    private var signals: SignalSource?
    private let stopping = Announcement<Void>()

    /// - Throws: `TLSError` where the files of TLS cannot be used.
    init(_ configuration: Configuration, log: Log, sink: LogSink, on control: isolated Worker) throws {
        self.configuration = configuration
        self.log = log
        self.sink = sink
        self.control = control
        let count = configuration.workers ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        workers = (0..<count).map { _ in Worker(reactor: Reactor()) }
        tls = try configuration.tls.files.map { try TLSServerContext($0) }
    }

    /// Serves until a signal says to stop.
    func run() async throws {
        listenToSignals()
        let (sockets, operational) = try openSockets()
        logListening(on: sockets[0], operational)
        let began = MonotonicTime.now
        let stations = workers.enumerated().map { index, worker in
            StationHandle(
                worker: worker, sockets: sockets[index],
                operationalSockets: index == 0 ? operational : [], index: index)
        }
        for station in stations {
            station.worker.reactor.start()
            station.begin(configuration, tls: tls, readiness: readiness, metrics: metrics, log: log)
        }
        let embedded: EmbeddedPostgres?
        do {
            embedded = try await serve(by: stations, since: began)
        } catch {
            await close(stations)
            throw error
        }
        await stopping.value()
        await shutDown(stations, embedded)
    }

    // MARK: Start

    private func openSockets() throws -> (api: [[ListeningSocket]], operational: [ListeningSocket]) {
        do {
            let api = try ListeningSocket.open(configuration.listen, count: workers.count)
            let operational = try configuration.metricsListen.map {
                try ListeningSocket.open($0, count: 1)[0]
            }
            return (api, operational ?? [])
        } catch let error as SystemError where error.code == EADDRINUSE {
            throw PortTaken(
                error, addresses: [configuration.listen] + [configuration.metricsListen].compactMap(\.self))
        }
    }

    /// Opens the database and lets the workers serve.
    private func serve(by stations: [StationHandle], since began: MonotonicTime) async throws
        -> EmbeddedPostgres?
    {
        var preparation = DatabasePreparation(log: log, reactor: control.reactor)
        preparation.onWaiting = { [readiness] in readiness.stage = .starting($0) }
        var embedded: EmbeddedPostgres?
        do {
            if configuration.databaseURL == nil {
                embedded = try await preparation.startEmbedded(in: configuration.dataDirectory)
            }
            let url = configuration.databaseURL ?? embedded?.connectionString ?? ""
            var database = PostgresConfiguration(url)
            database.statementTimeout = configuration.limits.queryTimeout
            try await preparation.prepare(
                database, connections: workers.count * Station.connections(configuration.limits)
            ) { self.stopping.announced == nil }
            guard stopping.announced == nil else { return embedded }
            let services = try Services(
                configuration, database: database, metrics: metrics, on: workers.map(\.reactor))
            for station in stations { station.opening.announce(services) }
            readiness.stage = .serving
            logReady(since: began)
            return embedded
        } catch {
            embedded?.stop()
            throw error
        }
    }

    private func logListening(on sockets: [ListeningSocket], _ operational: [ListeningSocket]) {
        let addresses =
            [(configuration.listen, sockets)]
            + (configuration.metricsListen.map { [($0, operational)] } ?? [])
        for (address, sockets) in addresses {
            // Where any port was asked for, the socket knows which one it is.
            let bound = ListenAddress(host: address.host, port: sockets.first?.port ?? address.port)
            log.info("listening") { $0.add("address", bound.description) }
        }
    }

    private func logReady(since began: MonotonicTime) {
        log.info("ready") {
            $0.add("version", Atria.version)
            $0.add("workers", workers.count)
            $0.add("database", configuration.databaseURL.map(masked) ?? configuration.dataDirectory)
            $0.add("took_ms", .nanoseconds(Int64(MonotonicTime.now.nanoseconds - began.nanoseconds)))
        }
    }

    // MARK: Signals

    private func listenToSignals() {
        signals = SignalSource([SIGTERM, SIGINT, SIGHUP], on: control.reactor) { [unowned self] signal in
            signal == SIGHUP ? reload() : stop()
        }
    }

    private func reload() {
        do {
            try tls?.reload()
            log.info("reloaded")
        } catch {
            log.error("reload-failed") { $0.add("reason", error) }
        }
    }

    private func stop() {
        guard stopping.announced == nil else {
            log.warning("stopped-at-once")
            sink.flush()
            _exit(Atria.Exit.failure.rawValue)
        }
        readiness.stage = .stopping
        log.info("stopping") { $0.add("bound_ms", configuration.limits.drainTimeout) }
        stopping.announce(())
    }

    // MARK: End

    private func shutDown(_ stations: [StationHandle], _ embedded: EmbeddedPostgres?) async {
        await close(stations)
        if let embedded {
            // It cannot fail, and there would be nobody to tell.
            try? await offReactor { embedded.stop() }
        }
        log.info("stopped")
    }

    /// Lets the workers answer what is in flight, all at once, and then lets go of the database.
    private func close(_ stations: [StationHandle]) async {
        for station in stations { station.closing.announce(()) }
        for station in stations { await station.drained.value() }
        if let services = stations.first?.opening.announced { await services.writes.close() }
        for station in stations { station.worker.reactor.stop() }
    }
}
