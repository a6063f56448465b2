import API
import HTTP
package import NGSILD
import Networking
import Observability
import Operations
import Postgres
import Storage
import Synchronization

/// The whole hub in process, on a database of its own: a request in, its answer out, no socket.
///
///     try await TestBroker.with { broker in
///         try await broker.post("/entities", #"{"id": "urn:ngsi-ld:Room:1", "type": "Room"}"#)
///     }
package final class TestBroker {
    /// 2026-01-01T00:00:00Z at first; it stands still until a test moves it.
    package let clock: TestClock
    /// What stands in for the network.
    package let network: TestNetwork
    /// What the hub answers, as its router was built: `GET`, `/ngsi-ld/v1/entities/*`, names of parameters.
    package let routes: [(method: String, pattern: String, parameters: [String])]
    private let api: API
    private let housekeeper: Housekeeper
    private let contexts: ContextLoader
    private let sink = LogSink()

    /// The address that requests come from.
    package var peer = "127.0.0.1"

    /// What a hub's configuration says.
    package struct Settings: Sendable {
        package var queriesByIDAreLocal = false
        package var administratorToken: String?
        /// Bytes of writes that may wait, of each kind.
        package var writeQueueBytes: Int?

        package init() {}
    }

    /// Runs `body` with a hub on a worker of its own.
    package static func with(
        _ settings: Settings = Settings(), _ body: @escaping @Sendable (TestBroker) async throws -> Void
    ) async throws {
        await Gate.shared.enter()
        do {
            try await run(settings, body)
            await Gate.shared.leave()
        } catch {
            await Gate.shared.leave()
            throw error
        }
    }

    private static func run(
        _ settings: Settings, _ body: @escaping @Sendable (TestBroker) async throws -> Void
    ) async throws {
        try await TestDatabase.withWorker(hasSchema: true) { database, worker in
            let storage = TestStorage(database.configuration, settings, on: worker.reactor)
            do {
                try await body(TestBroker(storage, settings))
                await storage.close()
            } catch {
                await storage.close()
                throw error
            }
        }
    }

    private init(_ storage: TestStorage, _ settings: Settings) {
        let (clock, network) = (storage.clock, TestNetwork())
        let broker = Broker(
            entities: EntityStore(points: storage.points),
            queries: EntityQueries(
                pool: storage.queries, points: storage.points, indexes: storage.indexes.directory),
            discovery: DiscoveryStore(pool: storage.queries), writes: storage.writes,
            tenants: storage.tenants, indexes: storage.indexes, clock: Clock { clock.now },
            queriesByIDAreLocal: settings.queriesByIDAreLocal)
        let contexts = ContextLoader(
            cache: ContextCache(bytesMax: 1 << 22), store: ContextStore(pool: storage.queries),
            clock: broker.clock,
            download: { url, conditions in try network.answer(url, conditions) })
        let managed = ManagedContexts(
            store: ContextStore(pool: storage.queries), loader: contexts, tenants: storage.tenants,
            publicURL: "http://hub", clock: broker.clock)
        let identity = SourceIdentity(alias: "test", startedAt: clock.now)
        self.contexts = contexts
        self.clock = clock
        self.network = network
        housekeeper = Housekeeper(
            queries: storage.queries, writes: storage.writes, tenants: storage.tenants,
            indexes: storage.indexes)
        let router = Router(
            broker: broker, contexts: managed, identity: identity,
            administrators: AdministratorAccess(token: settings.administratorToken))
        routes = router.routes.map { ($0.method.description, $0.pattern, $0.parameters) }
        api = API(router, contexts: contexts, log: Log(level: .error, to: sink))
    }

    /// Does what the background would do, until there is nothing more to do.
    package func keepHouse() async throws {
        while try await housekeeper.run(at: clock.now) {}
    }

    /// Stores what was counted of the use of `@context`s.
    package func storeContextUsage() async throws { try await contexts.storeUsage() }

    // MARK: Requests

    @discardableResult
    package func get(_ path: String, _ headers: [String: String] = [:]) async throws -> TestAnswer {
        try await send("GET", path, nil, headers)
    }

    @discardableResult
    package func post(
        _ path: String, _ body: String, _ headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        try await send("POST", path, body, headers)
    }

    @discardableResult
    package func put(
        _ path: String, _ body: String, _ headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        try await send("PUT", path, body, headers)
    }

    @discardableResult
    package func patch(
        _ path: String, _ body: String, _ headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        try await send("PATCH", path, body, headers)
    }

    @discardableResult
    package func delete(_ path: String, _ headers: [String: String] = [:]) async throws -> TestAnswer {
        try await send("DELETE", path, nil, headers)
    }

    /// Sends a request to `path`, which is under `/ngsi-ld/v1` unless it is one of the hub's own.
    ///
    /// A body is `application/json` unless `headers` say else.
    package func send(
        _ method: String, _ path: String, _ body: String?, _ headers: [String: String]
    ) async throws -> TestAnswer {
        try await send(method, path, body: body.map { Array($0.utf8) }, headers)
    }

    /// The same with a body that may be no text.
    package func send(
        _ method: String, _ path: String, body: [UInt8]?, _ headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        var fields = Headers()
        for (name, value) in headers { fields.add(name, value) }
        if let body {
            if headers["Content-Type"] == nil { fields.add("Content-Type", "application/json") }
            fields.add("Content-Length", String(body.count))
        }
        let isWhole = ["/ngsi-ld/", "/atria/", "/openapi.json"].contains { path.hasPrefix($0) }
        let head = RequestHead(
            method: Method(method), target: isWhole ? path : "/ngsi-ld/v1\(path)", headers: fields, peer: peer
        )
        if let refusal = api.refuse(head) { return TestAnswer(refusal) }
        let request = Request(head: head, body: body ?? [], id: "test")
        let response = await api.respond(to: request)
        sink.flush()
        return TestAnswer(response)
    }
}

/// Lets some tests in at a time: each has half a dozen connections.
private actor Gate {
    static let shared = Gate()

    private var free = 3
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func enter() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        guard waiting.isEmpty else { return waiting.removeFirst().resume() }
        free += 1
    }
}

/// A clock that the test sets.
package final class TestClock: Sendable {
    private let microseconds = Atomic<Int64>(1_767_225_600_000_000)

    package init() {}

    package var now: Timestamp { Timestamp(microseconds: microseconds.load(ordering: .relaxed)) }

    package func advance(seconds: Int64) {
        microseconds.add(seconds * 1_000_000, ordering: .relaxed)
    }
}

/// The documents that a test's network has, by their URLs.
package final class TestNetwork {
    /// Others give no answer.
    package var documents: [String: String] = [:]
    /// Sent with each answer.
    package var headers: [(name: String, value: String)] = []
    /// The URLs that were asked for, in order.
    package private(set) var requests: [String] = []

    private struct Unreachable: Error {}

    func answer(_ url: String, _ conditions: Headers) throws -> Response {
        requests.append(url)
        guard let document = documents[url] else { throw Unreachable() }
        var response = Response(status: 200, body: Array(document.utf8))
        for (name, value) in headers { response.headers.add(name, value) }
        return response
    }
}

/// What a hub's worker has on the database.
private struct TestStorage {
    let clock = TestClock()
    let points: PointLane
    let queries: QueryPool
    let writes: WritePath
    let tenants: TenantStore
    let indexes: ValueIndexes

    init(_ database: PostgresConfiguration, _ settings: TestBroker.Settings, on reactor: Reactor) {
        let clock = clock
        var limits = WriteLimits()
        if let bytes = settings.writeQueueBytes {
            limits.interactive.waitingBytesMax = bytes
            limits.bulk.waitingBytesMax = bytes
        }
        let directory = TenantDirectory()
        points = PointLane(database, on: reactor)
        queries = QueryPool(EntityQueries.session(of: database), connections: 2, on: reactor)
        writes = WritePath(
            on: [reactor], database: database, tenants: directory, limits: limits, clock: { clock.now })
        tenants = TenantStore(points: points, queries: queries, directory: directory)
        indexes = ValueIndexes(queries: queries, directory: ValueIndexDirectory())
        points.open()
        queries.open()
    }

    func close() async {
        await writes.close()
        points.close()
        queries.close()
    }
}
