import HTTP
import JSON
import Networking
import TestInput
import Synchronization
import TestSupport
import Testing

/// Random requests over HTTP, and a model of the hub that knows what each has to answer and to leave behind.
///
/// `RandomRun` says how to repeat a run that failed, and how to make it longer.
@Suite(.serialized) struct `The hub and its model` {
    @Test func `5.6, 5.7: in whatever order a client asks, it is answered, and things are, as the text says`()
        async throws
    {
        let run = RandomRun(rounds: 300, cost: 20)
        try await Self.withHub { url, worker in
            var client = ModelClient(client: HubClient(url, on: worker.reactor), run: run)
            for round in 0..<run.rounds { try await client.step(round) }
        }
    }

    @Test
    func `5.6: of an entity with one writer every reader sees what was acknowledged, and nothing older`()
        async throws
    {
        let run = RandomRun(rounds: 120, cost: 50)
        try await Self.withHub { url, worker in
            let client = HubClient(url, on: worker.reactor)
            let writers = (0..<4).map { ModelWriter(number: $0, client: client, run: run) }
            try await worker.together(
                writers.map { writer in { try await writer.write() } }
                    + (0..<3).map { number in { try await ModelReader(number, of: writers, run: run).read() }
                    })
            for writer in writers { try await writer.checkEnd() }
        }
    }

    static func withHub(
        _ body: @escaping @Sendable (_ url: String, isolated Worker) async throws -> Void
    ) async throws {
        try await TestDatabase.with { database in
            let hub = try RunningHub("--workers 2 --database-url '\(database.connectionString)'")
            try #require(try hub.isReady())
            let url = hub.url
            try await onWorker { try await body(url, $0) }
            #expect(try !hub.log.contains("level=error"))
        }
    }
}

extension Worker {
    /// Runs all of `bodies` at once on this worker, and throws what one of them threw.
    func together(_ bodies: [() async throws -> Void]) async throws {
        let failures = Mutex<[any Error]>([])
        let tasks = bodies.map { body in
            spawn { () async -> Void in
                do { try await body() } catch { failures.withLock { $0.append(error) } }
            }
        }
        for task in tasks { await task.value }
        if let failure = failures.withLock(\.first) { throw failure }
    }
}

/// One client that asks alone: every answer and the whole state are known.
struct ModelClient {
    let client: HubClient
    let run: RandomRun
    var requests: RandomRequests
    var model = HubModel()
    private var before: [String: ServedEntity] = [:]

    init(client: HubClient, run: RandomRun) {
        self.client = client
        self.run = run
        requests = RandomRequests(random: run.generator)
    }

    mutating func step(_ round: Int) async throws {
        let request = requests.request()
        let http = request.http(isConcise: requests.random.chance(30))
        let expected = model.apply(request)
        let answer = try await client.send(http)
        try #require(ModelAnswer(answer) == expected, "\(run), round \(round): \(http): \(answer)")
        try await checkState(after: http, request, "\(run), round \(round)")
        if requests.random.chance(40) { try await checkQuery("\(run), round \(round)") }
    }

    private mutating func checkState(
        after http: HubRequest, _ request: ModelRequest, _ place: String
    ) async throws {
        let answer = try await client.get("/entities?local=true&limit=100&options=sysAttrs")
        let served = (answer.body.array ?? []).compactMap(ServedEntity.init)
        let now = Dictionary(uniqueKeysWithValues: served.map { ($0.entity.id, $0) })
        let isRight = now.mapValues(\.entity) == model.entities
        try #require(
            isRight, "\(place): \(http): \(now.values.map(\.entity)) is not \(model.entities.values)")
        for (id, entity) in now {
            #expect(entity.isModifiedAfterItIsCreated, "\(place): \(http): \(answer)")
            guard let old = before[id] else { continue }
            // An entity may expire within a batch and be created again.
            let isSame = entity.createdAt == old.createdAt || request.isBatch
            #expect(isSame, "\(place): \(http): \(answer)")
            guard let ids = request.ids, !ids.contains(id) else { continue }
            #expect(entity.whole == old.whole, "\(place): \(http) changed another entity: \(answer)")
        }
        before = now
    }

    /// All pages of a random query.
    private mutating func checkQuery(_ place: String) async throws {
        let query = requests.query()
        let expected = model.entities.values.filter { query.matches($0) }.map { query.served($0) }
        let limit = Int.random(in: 1...4, using: &requests.random)
        let parameters = query.parameters + [("limit", "\(limit)"), ("count", "true")]
        let first = HubRequest(.get, "/entities", parameters: parameters)
        var found: [ModelEntity] = []
        var next: HubRequest? = first
        while let request = next {
            let answer = try await client.send(request)
            let page = (answer.body.array ?? []).compactMap(ModelEntity.init(normalized:))
            try #require(answer.status == 200 && page.count <= limit, "\(place): \(request): \(answer)")
            #expect(answer.headers["NGSILD-Results-Count"] == "\(expected.count)", "\(place): \(request)")
            found += page
            next = answer.next.map { HubRequest(.get, $0) }
            try #require(found.count <= expected.count, "\(place): \(query.parameters): \(found)")
        }
        let sorted = { (entities: [ModelEntity]) in entities.sorted { $0.id < $1.id } }
        let isRight = sorted(found) == sorted(expected)
        try #require(isRight, "\(place): \(query.parameters): \(found) is not \(expected)")
        guard query.isOrdered, query.projection == nil else { return }
        try await checkOrder(of: found, query.parameters, place)
    }

    /// What has expired may count in an order until it is swept, a second or so later.
    private func checkOrder(
        of entities: [ModelEntity], _ parameters: [(String, String)], _ place: String
    ) async throws {
        var found = entities
        for _ in 0..<100 {
            let keys = found.map { $0["n", ""]?["value"]?.number?.double ?? .infinity }
            if keys == keys.sorted() { return }
            try await Task.sleep(for: .milliseconds(100))
            let answer = try await client.send(
                HubRequest(.get, "/entities", parameters: parameters + [("limit", "100")]))
            found = (answer.body.array ?? []).compactMap(ModelEntity.init(normalized:))
        }
        Issue.record("\(place): \(parameters): not in order: \(found)")
    }
}

/// An entity as it is served with the times that the hub made.
struct ServedEntity {
    let entity: ModelEntity
    let whole: JSONValue

    init?(_ value: JSONValue) {
        guard let entity = ModelEntity(normalized: value.withoutTimes) else { return nil }
        self.entity = entity
        whole = value
    }

    var createdAt: String? { whole["createdAt"]?.string }

    /// Of the entity and its attributes; as texts without the `Z` they are in order.
    var isModifiedAfterItIsCreated: Bool {
        let attributes = (whole.object ?? JSONObject()).flatMap { $0.value.array ?? [$0.value] }
        return ([whole] + attributes.filter { $0["type"] != nil }).allSatisfy { object in
            guard let created = object["createdAt"]?.string, let modified = object["modifiedAt"]?.string
            else { return false }
            return created.dropLast() <= modified.dropLast()
        }
    }
}

extension JSONValue {
    private static let times: Set<String> = ["createdAt", "modifiedAt", "expiresAt"]

    fileprivate var withoutTimes: JSONValue {
        switch self {
        case .object(let object):
            var rest = JSONObject()
            for (name, value) in object where !Self.times.contains(name) {
                rest[name] = value.withoutTimes
            }
            return .object(rest)
        case .array(let elements): return .array(elements.map(\.withoutTimes))
        default: return self
        }
    }
}
