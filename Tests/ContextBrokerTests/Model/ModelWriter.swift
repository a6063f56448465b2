import JSON
import TestInput
import Testing

/// A client that alone writes its entities, while others read them.
final class ModelWriter {
    let ids: [String]
    let client: HubClient
    private let run: RandomRun
    private var requests: RandomRequests
    private var model = HubModel()
    /// All states of each entity, the first being its absence.
    private var states: [String: [ModelEntity?]]
    /// How many of the states the hub has acknowledged.
    private var acknowledged: [String: Int]
    private(set) var isDone = false

    init(number: Int, client: HubClient, run: RandomRun) {
        ids = (0..<3).map { "urn:ngsi-ld:Thing:\(number)-\($0)" }
        self.client = client
        self.run = run
        requests = RandomRequests(random: SeededGenerator(seed: run.seed &+ UInt64(number)), ids: ids)
        states = Dictionary(uniqueKeysWithValues: ids.map { ($0, [nil]) })
        acknowledged = Dictionary(uniqueKeysWithValues: ids.map { ($0, 1) })
    }

    func write() async throws {
        defer { isDone = true }
        for round in 0..<run.rounds {
            let request = requests.request().within(ids)
            let http = request.http()
            let expected = model.apply(request)
            for id in ids where states[id]?.last != model.entities[id] {
                states[id, default: []].append(model.entities[id])
            }
            let answer = try await client.send(http)
            for id in ids { acknowledged[id] = states[id]?.count }
            try #require(ModelAnswer(answer) == expected, "\(run), round \(round): \(http): \(answer)")
        }
    }

    /// Reads an entity: it has to be as it was acknowledged last, or as a later request makes it.
    func checkRead(of id: String) async throws {
        let first = (acknowledged[id] ?? 1) - 1
        let answer = try await client.get("/entities/\(id)")
        let allowed = states[id]?[first...] ?? []
        try #require(answer.status == 200 || answer.status == 404, "\(run): \(id): \(answer)")
        let seen = answer.status == 404 ? nil : ModelEntity(normalized: answer.body)
        let isSeen = allowed.contains(seen)
        try #require(
            isSeen, "\(run): \(id) is \(answer), of \(allowed.map { $0?.description ?? "nothing" })")
    }

    func checkEnd() async throws {
        for id in ids { try await checkRead(of: id) }
    }
}

/// A client that reads what writers write, until they are done.
struct ModelReader {
    private let writers: [ModelWriter]
    private var random: SeededGenerator

    init(_ number: Int, of writers: [ModelWriter], run: RandomRun) {
        self.writers = writers
        random = SeededGenerator(seed: run.seed &+ 100 &+ UInt64(number))
    }

    func read() async throws {
        var random = random
        while let writer = writers.filter({ !$0.isDone }).randomElement(using: &random) {
            try await writer.checkRead(of: random.pick(writer.ids))
        }
    }
}

extension ModelRequest {
    /// The ids that the request is about; nil: those that a query finds.
    var ids: [String]? {
        switch self {
        case .create(let payload), .append(let payload, _), .update(let payload), .merge(let payload),
            .replace(let payload):
            [payload.id]
        case .partiallyUpdate(let id, _, _), .replaceAttribute(let id, _, _),
            .deleteAttribute(let id, _, _, _), .delete(let id):
            [id]
        case .batch(let batch): batch.payloads.map(\.id)
        case .purge: nil
        }
    }

    var isBatch: Bool { if case .batch = self { true } else { false } }

    /// The request about these entities alone, each at most once: who reads meanwhile sees no state in between.
    fileprivate func within(_ ids: [String]) -> ModelRequest {
        switch self {
        case .purge(var query, let names):
            query.ids = ids
            return .purge(query, names)
        case .batch(var batch):
            var seen: Set<String> = []
            batch.payloads = batch.payloads.filter { seen.insert($0.id).inserted }
            return .batch(batch)
        default: return self
        }
    }
}
