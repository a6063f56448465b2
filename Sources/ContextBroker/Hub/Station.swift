import API
import HTTP
import NGSILD
import Networking
import Observability
import Operations
import Postgres
import Storage

/// One worker's part of the hub, as the main worker sees it: what it is told, and what it tells.
struct StationHandle: Sendable {
    let worker: Worker
    let sockets: [ListeningSocket]
    /// The sockets of `metrics-listen`, on one worker.
    let operationalSockets: [ListeningSocket]
    let index: Int
    /// The database is there: serve.
    let opening = Announcement<Services>()
    /// Take no more, finish what is in flight.
    let closing = Announcement<Void>()
    /// Nothing is in flight any more.
    let drained = Announcement<Void>()

    /// Lets the worker listen; it answers 503 until `opening`.
    func begin(
        _ configuration: Configuration, tls: TLSServerContext?, readiness: Readiness, metrics: HubMetrics,
        log: Log
    ) {
        worker.begin { worker in
            let station = Station(
                configuration, index: index, readiness: readiness, metrics: metrics, log: log,
                on: worker.reactor)
            for socket in sockets { station.server.listen(on: socket, tls: tls, worker: worker) }
            for socket in operationalSockets { station.operationalServer.listen(on: socket, worker: worker) }
            worker.spawn {
                station.open(await opening.value())
                await station.keepHouse(until: closing)
            }
            worker.spawn { await station.publish(until: closing) }
            await closing.value()
            await station.close(within: configuration.limits.drainTimeout)
            drained.announce(())
        }
    }
}

/// What one worker serves with: its HTTP server, its lanes to the database, its broker.
final class Station {
    let server: HTTPServer
    /// Answers on the address of `metrics-listen`.
    let operationalServer: HTTPServer

    private let configuration: Configuration
    private let index: Int
    private let metrics: HubMetrics
    private let log: Log
    private let reactor: Reactor
    private let frontDoor: FrontDoor
    private let operations: OperationalRoutes
    private var housekeeper: Housekeeper?
    private var contexts: ContextLoader?
    private var lanes: (points: PointLane, queries: QueryPool)?

    /// Reads that wait for the point lane or are in flight; beyond: 503.
    private static let readsMax = 4_096

    init(
        _ configuration: Configuration, index: Int, readiness: Readiness, metrics: HubMetrics, log: Log,
        on reactor: Reactor
    ) {
        self.configuration = configuration
        self.index = index
        self.metrics = metrics
        self.log = log
        self.reactor = reactor
        let http = configuration.http
        operations = OperationalRoutes(readiness: readiness, metrics: metrics.registry)
        frontDoor = FrontDoor(operations, readiness: readiness)
        server = HTTPServer(on: reactor, handler: frontDoor, configuration: http)
        operationalServer = HTTPServer(on: reactor, handler: operations, configuration: http)
        let recorder = RequestRecorder(metrics, log: log)
        server.onFinished = { recorder.record($0) }
    }

    /// Database connections of one worker: point reads, two write lanes, the pool of queries.
    static func connections(_ limits: Limits) -> Int { 3 + limits.queryConnections }

    /// Lets the API serve.
    func open(_ services: Services) {
        let session = EntityQueries.session(of: services.database)
        let points = PointLane(session, readsMax: Self.readsMax, on: reactor)
        let queries = QueryPool(
            session, connections: configuration.limits.queryConnections, on: reactor)
        points.open()
        queries.open()
        lanes = (points, queries)
        let entities = EntityStore(points: points)
        let tenants = TenantStore(points: points, queries: queries, directory: services.tenants)
        let indexes = ValueIndexes(queries: queries, directory: services.indexes)
        let broker = Broker(
            entities: entities,
            queries: EntityQueries(
                pool: queries, points: points, indexes: services.indexes, budget: configuration.limits.queries
            ),
            discovery: DiscoveryStore(pool: queries), writes: services.writes, tenants: tenants,
            indexes: indexes, clock: services.clock, queriesByIDAreLocal: configuration.queriesByIDAreLocal)
        let contexts = ContextLoader(
            cache: services.contexts, store: ContextStore(pool: queries), map: services.contextMap,
            limits: configuration.limits.contexts, clock: services.clock, download: downloader())
        let managed = ManagedContexts(
            store: ContextStore(pool: queries), loader: contexts, tenants: tenants,
            publicURL: configuration.effectivePublicURL, clock: services.clock)
        let router = Router(
            broker: broker, contexts: managed, identity: services.identity,
            administrators: AdministratorAccess(token: configuration.administratorToken?.settingText))
        frontDoor.api = API(router, contexts: contexts, log: log)
        operations.probe = {
            // Any read will do: it takes the way of all reads.
            _ = try await entities.entity(EntityID(stored: "urn:atria:probe"), tenant: .default, at: .now)
        }
        if index == 0 {
            housekeeper = Housekeeper(
                queries: queries, writes: services.writes, tenants: tenants, indexes: indexes)
            self.contexts = contexts
        }
    }

    /// Ends with the answers that are under way, those that take longer than `bound` aside.
    func close(within bound: Duration) async {
        await server.drain(within: bound)
        await operationalServer.drain(within: bound)
        // Where the database is away a few counts are lost, and there is nobody to tell.
        try? await contexts?.storeUsage()
        lanes?.points.close()
        lanes?.queries.close()
    }

    // MARK: Background

    /// How often the state of the worker is published, and its lag measured.
    private static let publishInterval = Duration.seconds(1)

    /// Puts what only this worker knows into the metrics, again and again.
    func publish(until closing: Announcement<Void>) async {
        let gauges = WorkerMetrics(metrics, worker: index)
        while closing.announced == nil {
            let due = MonotonicTime.now + Self.publishInterval
            await reactor.pause(for: Self.publishInterval)
            metrics.reactorLag.observe(Int(MonotonicTime.now.nanoseconds &- due.nanoseconds) / 1_000)
            metrics.reactorTurn.observe(reactor.takeLongestTurn())
            gauges.connections.set(server.connectionCount)
            if let lanes {
                gauges.points.set(lanes.points.statistics)
                gauges.queries.set(lanes.queries.statistics)
            }
        }
    }

    /// Pauses of the housekeeper: where there is more to do, where there is not, and after a failure.
    private static let housekeeping = (
        busy: Duration.milliseconds(20), idle: Duration.seconds(1), failed: Duration.seconds(5)
    )

    /// Does what has to be done now and then, on one worker of the process.
    func keepHouse(until closing: Announcement<Void>) async {
        guard let housekeeper else { return }
        while closing.announced == nil {
            do {
                let isMoreDue = try await housekeeper.run(at: .now)
                try await contexts?.storeUsage()
                await reactor.pause(for: isMoreDue ? Self.housekeeping.busy : Self.housekeeping.idle)
            } catch {
                // Its connections go with the hub.
                guard closing.announced == nil else { return }
                log.warning("housekeeping-failed") { $0.add("reason", error) }
                await reactor.pause(for: Self.housekeeping.failed)
            }
        }
    }

    /// Redirects of a @context: publishers move them, by `w3id.org` and the like.
    private static let contextRedirectsMax = 5

    /// Fetches @contexts from where they are.
    private func downloader() -> ContextLoader.Download {
        let client = HTTPClient(on: reactor, configuration: configuration.client)
        let limits = configuration.limits
        return { url, conditions in
            var request = ClientRequest(.get, url, headers: conditions)
            request.headers.set("Accept", "application/ld+json, application/json;q=0.9")
            request.deadline = limits.contextTimeout
            request.redirectsMax = Self.contextRedirectsMax
            request.responseBytesMax = limits.contextBytes.bytes
            let response = try await client.send(request)
            return Response(status: response.status, headers: response.headers, body: response.body)
        }
    }
}
