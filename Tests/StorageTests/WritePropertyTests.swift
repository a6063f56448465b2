import NGSILD
import TestInput
import Testing

@testable import Storage

/// Random writes, and a model in memory that says what each has to answer and what has to be stored.
@Suite struct WritePropertyTests {
    @Test(arguments: [RandomRun.chosenSeed, 1])
    func `random writes leave what the model has, in every table`(seed: UInt64) async throws {
        try await TestStore.with(workers: 2) { store, _ in
            var random = SeededGenerator(seed: seed)
            var model = Model()
            for _ in 0..<60 {
                store.clock.now = Timestamp(
                    microseconds: store.clock.now.microseconds + Int64.random(in: 0...3, using: &random))
                let steps = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                    Step.random(at: store.clock.now, using: &random)
                }
                let expected = steps.map { model.apply($0, at: store.clock.now) }
                let results = await store.writes.submit(steps.map(\.mutation))

                let wrong = zip(results, expected).enumerated().first { Answer($1.0) != $1.1 }
                #expect(wrong == nil, "seed \(seed)")
            }
            let now = store.clock.now
            _ = try await store.withHousekeeper { try await $0.run(at: now) }
            model.removeExpired(at: now)

            let entities = try await store.texts(
                "SELECT id || types::text || scopes::text || (doc::jsonb #>> '{count,value}') FROM entity ORDER BY id"
            )
            #expect(entities == model.rows, "seed \(seed)")
            let types = try await store.texts("SELECT type || ' ' || id FROM entity_type ORDER BY id, type")
            #expect(types == model.types, "seed \(seed)")
            let scopes = try await store.texts(
                "SELECT scope || ' ' || id FROM entity_scope ORDER BY id, scope")
            #expect(scopes == model.scopes, "seed \(seed)")
            for type in ["A", "B"] {
                let counted = try await store.count(of: type)
                #expect(counted == model.types.count { $0.hasPrefix("\(type) ") }, "seed \(seed)")
            }
        }
    }
}

/// What one write asks for.
private enum Step {
    case create(Value), put(Value), increment(id: String), delete(id: String)

    struct Value {
        var id: String
        var types: [String]
        var scopes: [String]
        var expiresAt: Timestamp?
        var count: Int

        func isLiving(at now: Timestamp) -> Bool { expiresAt.map { $0 > now } ?? true }
    }

    static func random(at now: Timestamp, using random: inout SeededGenerator) -> Step {
        let id = "urn:ngsi-ld:Thing:\(Int.random(in: 0..<12, using: &random))"
        let value = Value(
            id: id, types: [["A"], ["B"], ["A", "B"]].randomElement(using: &random) ?? [],
            scopes: [[], ["/x"], ["/x", "/y/z"]].randomElement(using: &random) ?? [],
            expiresAt: Bool.random(using: &random)
                ? nil : Timestamp(microseconds: now.microseconds + Int64.random(in: 0...6, using: &random)),
            count: Int.random(in: 0..<100, using: &random))
        return switch Int.random(in: 0..<6, using: &random) {
        case 0, 1: .create(value)
        case 2: .put(value)
        case 3: .delete(id: id)
        default: .increment(id: id)
        }
    }

    var mutation: Mutation {
        switch self {
        case .create(let value): .create(value.entity)
        case .put(let value): .put(value.entity)
        case .delete(let id): .delete(EntityID(stored: id))
        case .increment(let id):
            Mutation(of: EntityID(stored: id), in: .default) { current throws(NGSILDError) in
                guard let current, let count = current.count else {
                    throw NGSILDError(.resourceNotFound, "it is not there")
                }
                return Written(current.with(count: count + 1, at: current.modifiedAt))
            }
        }
    }
}

extension Step.Value {
    fileprivate var entity: Entity {
        var entity = makeRoom(id, count: count)
        (entity.types, entity.scopes, entity.expiresAt) = (types, scopes, expiresAt)
        return entity
    }
}

private enum Answer: Equatable {
    case stored(isNew: Bool)
    case refused(NGSILDError.Kind?)

    init(_ result: Result<Outcome, any Error>) {
        self =
            switch result {
            case .success(let outcome): .stored(isNew: outcome.isNew)
            case .failure(let error): .refused((error as? NGSILDError)?.kind)
            }
    }
}

private struct Model {
    private var values: [String: Step.Value] = [:]

    mutating func apply(_ step: Step, at now: Timestamp) -> Answer {
        func living(_ id: String) -> Step.Value? { values[id].flatMap { $0.isLiving(at: now) ? $0 : nil } }
        switch step {
        case .create(let value):
            guard living(value.id) == nil else { return .refused(.alreadyExists) }
            values[value.id] = value
            return .stored(isNew: true)
        case .put(let value):
            let isNew = living(value.id) == nil
            values[value.id] = value
            return .stored(isNew: isNew)
        case .increment(let id):
            guard var value = living(id) else { return .refused(.resourceNotFound) }
            value.count += 1
            values[id] = value
            return .stored(isNew: false)
        case .delete(let id):
            guard living(id) != nil else { return .refused(.resourceNotFound) }
            values[id] = nil
            return .stored(isNew: false)
        }
    }

    mutating func removeExpired(at now: Timestamp) {
        values = values.filter { $0.value.isLiving(at: now) }
    }

    private var sorted: [Step.Value] { values.values.sorted { $0.id < $1.id } }

    var rows: [String] {
        sorted.map {
            "\($0.id){\($0.types.joined(separator: ","))}{\($0.scopes.joined(separator: ","))}\($0.count)"
        }
    }
    var types: [String] { sorted.flatMap { value in value.types.map { "\($0) \(value.id)" } } }
    var scopes: [String] { sorted.flatMap { value in value.scopes.map { "\($0) \(value.id)" } } }
}
