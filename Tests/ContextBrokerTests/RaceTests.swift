import HTTP
import JSON
import Networking
import TestInput
import TestSupport
import Testing

/// Two hubs on one database, and clients of both that want the same few entities.
@Suite(.serialized) struct `Two hubs on one database` {
    @Test func `5.6: creations and deletions of an entity alternate, whichever hub takes them`() async throws
    {
        try await withTwoHubs { urls, worker, run in
            let lifetimes = Lifetimes(clients: urls.map { HubClient($0, on: worker.reactor) }, run: run)
            try await worker.together((0..<8).map { number in { try await lifetimes.write(number) } })
            try await lifetimes.checkEnd()
        }
    }

    @Test func `5.6: no acknowledged change of an entity is lost, and each is seen through both hubs`()
        async throws
    {
        try await withTwoHubs { urls, worker, run in
            let changes = Changes(clients: urls.map { HubClient($0, on: worker.reactor) }, run: run)
            try await worker.together((0..<8).map { number in { try await changes.write(number) } })
            try await changes.checkEnd()
        }
    }

    private func withTwoHubs(
        _ body: @escaping @Sendable (_ urls: [String], isolated Worker, RandomRun) async throws -> Void
    ) async throws {
        let run = RandomRun(rounds: 60, cost: 100)
        try await TestDatabase.with { database in
            let hubs = try (0..<2).map { _ in
                try RunningHub("--workers 2 --database-url '\(database.connectionString)'")
            }
            for hub in hubs { try #require(try hub.isReady()) }
            let urls = hubs.map(\.url)
            try await onWorker { try await body(urls, $0, run) }
            for hub in hubs { #expect(try !hub.log.contains("level=error"), "\(run)") }
        }
    }
}

/// Counts who created and who deleted an entity.
private final class Lifetimes {
    private let clients: [HubClient]
    private let run: RandomRun
    private let ids = (0..<3).map { "urn:ngsi-ld:Thing:\($0)" }
    private var births: [String: Int] = [:]
    private var deaths: [String: Int] = [:]

    init(clients: [HubClient], run: RandomRun) {
        self.clients = clients
        self.run = run
    }

    func write(_ number: Int) async throws {
        var random = SeededGenerator(seed: run.seed &+ UInt64(number))
        for _ in 0..<run.rounds {
            let id = random.pick(ids)
            let entity: JSONValue = ["id": .string(id), "type": "Thing", "by": .number(JSONNumber(number))]
            let request = random.pick([
                HubRequest(.post, "/entities", entity), HubRequest(.delete, "/entities/\(id)"),
                HubRequest(.post, "/entityOperations/upsert", [entity]),
                HubRequest(.post, "/entityOperations/create", [entity]),
                HubRequest(.post, "/entityOperations/delete", [.string(id)]),
                HubRequest(.patch, "/entities/\(id)/attrs", ["by": 1]),
            ])
            let answer = try await clients[number % clients.count].send(request)
            try #require(
                [200, 201, 204, 207, 404, 409].contains(answer.status), "\(run): \(request): \(answer)")
            if answer.status == 201 { births[id, default: 0] += 1 }
            let isDeletion = request.method == .delete || request.path.hasSuffix("delete")
            if answer.status == 204, isDeletion { deaths[id, default: 0] += 1 }
        }
    }

    func checkEnd() async throws {
        for id in ids {
            let answers = [
                try await clients[0].get("/entities/\(id)"), try await clients[1].get("/entities/\(id)"),
            ]
            let living = (births[id] ?? 0) - (deaths[id] ?? 0)
            #expect(answers.map(\.status) == (living == 1 ? [200, 200] : [404, 404]), "\(run): \(id)")
            #expect(0...1 ~= living, "\(run): \(id)")
            #expect((births[id] ?? 0) > 0, "\(run): \(id)")
        }
    }
}

/// Each client changes attributes of its own of entities that all share, and that come to be meanwhile.
private final class Changes {
    private let clients: [HubClient]
    private let run: RandomRun
    private let ids = (0..<2).map { "urn:ngsi-ld:Shared:\($0)" }
    /// Entities whose creation was acknowledged: from then on no request misses them.
    private var known: Set<String> = []
    private var creations: [String: Int] = [:]
    /// The latest that was seen.
    private var modified: [String: String] = [:]
    /// By entity and attribute name and dataset: the value that was acknowledged last.
    private var values: [String: [String: JSONValue]] = [:]

    init(clients: [HubClient], run: RandomRun) {
        self.clients = clients
        self.run = run
    }

    func write(_ number: Int) async throws {
        var random = SeededGenerator(seed: run.seed &+ UInt64(number))
        for round in 0..<run.rounds {
            let id = random.pick(ids)
            let isOwn = random.chance(50)
            // An attribute of one's own, or an instance of one's own of an attribute of all.
            let name = isOwn ? "a\(number)_\(round % 5)" : "all"
            let dataset = isOwn ? nil : "urn:d:\(number):\(round % 5)"
            let value = JSONValue.number(JSONNumber(round))
            var instance: JSONObject = ["type": "Property", "value": value]
            if let dataset { instance["datasetId"] = .string(dataset) }
            let fragment: JSONObject = [name: .object(instance)]
            let entity = JSONValue.object(
                fragment.merging(["id": .string(id), "type": random.pick(["Thing", "Part"])]))
            let body = JSONValue.object(fragment)
            let request = random.pick([
                HubRequest(.post, "/entities", entity),
                HubRequest(.post, "/entityOperations/upsert?options=update", [entity]),
                HubRequest(.post, "/entities/\(id)/attrs", body),
                HubRequest(.patch, "/entities/\(id)/attrs", body),
                HubRequest(.patch, "/entities/\(id)", body),
                HubRequest(.post, "/entityOperations/update", [entity]),
                HubRequest(.post, "/entityOperations/merge", [entity]),
            ])
            let mustBeThere = known.contains(id)
            let answer = try await clients[number % clients.count].send(request)
            let place = "\(run), client \(number), round \(round): \(request): \(answer)"
            try #require([201, 204, 207, 404, 409].contains(answer.status), "\(place)")
            #expect(!mustBeThere || answer.status == 204 || answer.status == 409, "\(place)")
            if answer.status == 201 { creations[id, default: 0] += 1 }
            guard [201, 204].contains(answer.status) else { continue }
            known.insert(id)
            values[id, default: [:]]["\(name) \(dataset ?? "")"] = value
            if random.chance(20) {
                try await checkRead(of: id, by: number + 1, name, dataset ?? "", value, place)
            }
        }
    }

    /// Another hub has the value, and for it no time runs backwards.
    private func checkRead(
        of id: String, by number: Int, _ name: String, _ dataset: String, _ value: JSONValue, _ place: String
    ) async throws {
        let before = modified[id] ?? ""
        let answer = try await clients[number % clients.count].get("/entities/\(id)?options=sysAttrs")
        let served = try #require(ServedEntity(answer.body), "\(place), then \(answer)")
        #expect(served.entity[name, dataset]?["value"] == value, "\(place), then \(answer)")
        #expect(served.isModifiedAfterItIsCreated, "\(place), then \(answer)")
        // As texts without the `Z` they are in order.
        let now = String((answer.body["modifiedAt"]?.string ?? "").dropLast())
        #expect(before <= now, "\(place), then \(answer)")
        modified[id] = max(modified[id] ?? "", now)
    }

    func checkEnd() async throws {
        for id in ids {
            #expect(creations[id] == 1, "\(run): \(id)")
            for client in clients {
                let answer = try await client.get("/entities/\(id)")
                for (key, value) in values[id] ?? [:] {
                    let parts = key.split(separator: " ").map(String.init)
                    let found = seen(parts[0], parts.count > 1 ? parts[1] : "", in: answer)
                    #expect(found == value, "\(run): \(id) has lost \(key): \(answer)")
                }
            }
        }
    }

    private func seen(_ name: String, _ dataset: String, in answer: HubAnswer) -> JSONValue? {
        ModelEntity(normalized: answer.body)?[name, dataset]?["value"]
    }
}
