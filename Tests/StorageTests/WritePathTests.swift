import Glibc
import NGSILD
import Networking
import Postgres
import Testing
import TestSupport

@testable import Storage

/// The write path against the real server: what is acknowledged is stored, once, and nothing else is.
@Suite struct WritePathTests {
    @Test func `what was created is there, and is not created again`() async throws {
        try await TestStore.with { store, _ in
            let first = try await store.writes.submit(.create(room))

            await #expect(throws: NGSILDError(.alreadyExists, "it is there")) {
                _ = try await store.writes.submit(.create(room))
            }
            #expect(first.isNew)
            let rows = try await store.texts("SELECT id || doc FROM entity")
            #expect(rows == ["urn:ngsi-ld:Room:1{\n\"count\":{\"type\":\"Property\",\"value\":0} \n}"])
            let types = try await store.texts("SELECT type FROM entity_type")
            #expect(types == ["Room"])
        }
    }

    @Test func `many writers of one entity lose no update`() async throws {
        try await TestStore.with(workers: 2) { store, _ in
            let id = room.id
            await withTaskGroup { group in
                for _ in 0..<200 { group.addTask { _ = try? await store.writes.submit(.increment(id)) } }
            }

            let counts = try await store.texts("SELECT doc::jsonb #>> '{count,value}' FROM entity")
            #expect(counts == ["200"])
        }
    }

    @Test func `two processes that write the same entities lose no update and create none twice`()
        async throws
    {
        try await TestStore.with { store, _ in
            let other = TestStore(store.database, first: store.reactors[0])
            let ids = (0..<5).map { EntityID(stored: "urn:ngsi-ld:Room:\($0)") }
            let created = await withTaskGroup(of: Int.self) { group in
                for number in 0..<400 {
                    let writes = number % 2 == 0 ? store.writes : other.writes
                    group.addTask {
                        let outcome = try? await writes.submit(.increment(ids[number % ids.count]))
                        return outcome?.isNew == true ? 1 : 0
                    }
                }
                return await group.reduce(0, +)
            }
            await other.close()

            #expect(created == 5)
            // A deadlock would have been one.
            #expect(store.writes.statistics.interactive.repeats == 0)
            let counts = try await store.texts(
                "SELECT id || (doc::jsonb #>> '{count,value}') FROM entity ORDER BY id")
            #expect(counts == ids.map { "\($0)80" })
            let rooms = try await store.count(of: "Room")
            #expect(rooms == 5)
        }
    }

    @Test func `a race of creates from two processes is acknowledged once for each id`() async throws {
        try await TestStore.with { store, _ in
            let other = TestStore(store.database, first: store.reactors[0])
            let mutations = (0..<300).map { Mutation.create(makeRoom("urn:ngsi-ld:Room:\($0)")) }
            async let mine = store.writes.submit(mutations)
            async let theirs = other.writes.submit(mutations)
            let (left, right) = await (mine, theirs)
            await other.close()

            let winners = zip(left, right).map { ($0.isSuccess ? 1 : 0) + ($1.isSuccess ? 1 : 0) }
            #expect(winners == Array(repeating: 1, count: 300))
            let errors = (left + right).compactMap { $0.failure as? NGSILDError }
            #expect(errors.map(\.kind) == Array(repeating: .alreadyExists, count: 300))
            let rooms = try await store.count(of: "Room")
            #expect(rooms == 300)
        }
    }

    @Test func `a batch answers each mutation in its place, and keeps the order on an entity`() async throws {
        try await TestStore.with(workers: 2) { store, _ in
            let ids = (0..<1200).map { "urn:ngsi-ld:Room:\($0)" }
            let mutations = ids.flatMap { id in
                [
                    Mutation.create(makeRoom(id)), .create(makeRoom(id)), .increment(EntityID(stored: id)),
                ]
            }

            let results = await store.writes.submit(mutations)

            #expect(results.map(\.isSuccess) == ids.flatMap { _ in [true, false, true] })
            let counts = try await store.texts("SELECT DISTINCT doc::jsonb #>> '{count,value}' FROM entity")
            #expect(counts == ["1"])
            let rooms = try await store.count(of: "Room")
            #expect(rooms == 1200)
        }
    }

    @Test func `an id that the index cannot hold fails alone`() async throws {
        try await TestStore.with { store, _ in
            var generator = SystemRandomNumberGenerator()
            // Random, since PostgreSQL compresses a long text before it measures it.
            let long =
                "urn:"
                + (0..<6000).map { _ in String(UInt8.random(in: 0...255, using: &generator), radix: 16) }
                .joined()
            var mutations = (0..<100).map { Mutation.create(makeRoom("urn:ngsi-ld:Room:\($0)")) }
            mutations[37] = .create(makeRoom(long))

            let results = await store.writes.submit(mutations)

            #expect(results.indices.filter { !results[$0].isSuccess } == [37])
            #expect((results[37].failure as? NGSILDError)?.kind == .badRequestData)
            let rooms = try await store.count(of: "Room")
            #expect(rooms == 99)
        }
    }

    @Test func `4.22: an entity that expired is not there, can be made anew, and is swept`() async throws {
        try await TestStore.with { store, worker in
            var brief = room
            brief.expiresAt = Timestamp(microseconds: 2_000_000)
            _ = try await store.writes.submit(.create(brief))
            store.clock.now = Timestamp(microseconds: 2_000_000)

            await #expect(throws: NGSILDError.self) {
                _ = try await store.writes.submit(.set(room.id, to: 3, at: store.clock.now))
            }
            let again = try await store.writes.submit(.create(brief))
            #expect(again.isNew)

            _ = try await store.withHousekeeper { try await $0.run(at: store.clock.now) }
            let entities = try await store.texts("SELECT id FROM entity")
            #expect(entities.isEmpty)
            let types = try await store.texts("SELECT id FROM entity_type")
            #expect(types.isEmpty)
            let rooms = try await store.count(of: "Room")
            #expect(rooms == 0)
            let deltas = try await store.texts("SELECT type FROM entity_count_delta")
            #expect(deltas.isEmpty)
        }
    }

    @Test func `when connections are cut, what is acknowledged is stored, and what is refused is not`()
        async throws
    {
        try await TestStore.with(workers: 2) { store, worker in
            let reactor = worker.reactor
            let counter = EntityID(stored: "urn:ngsi-ld:Counter:1")
            let ledger = await withTaskGroup(of: Ledger.self) { group in
                group.addTask {
                    for _ in 0..<20 {
                        await reactor.sleep(.milliseconds(30))
                        // It may be its own connection that is cut.
                        _ = try? await store.texts(cutConnections)
                    }
                    return Ledger()
                }
                for client in 0..<32 {
                    group.addTask {
                        var ledger = Ledger()
                        for number in 0..<20 {
                            await ledger.note(counter) { try await store.writes.submit(.increment(counter)) }
                            let room = makeRoom("urn:ngsi-ld:Room:\(client)-\(number)")
                            await ledger.note(room.id) { try await store.writes.submit(.create(room)) }
                        }
                        return ledger
                    }
                }
                return await group.reduce(into: Ledger()) { $0.add($1) }
            }

            let rooms = Set(try await store.texts("SELECT id FROM entity WHERE id LIKE '%:Room:%'"))
            #expect(Set(ledger.stored.keys).subtracting([counter.description]).isSubset(of: rooms))
            #expect(ledger.refused.isDisjoint(with: rooms))
            let texts = try await store.texts(
                "SELECT doc::jsonb #>> '{count,value}' FROM entity WHERE id LIKE '%:Counter:%'")
            let count = try #require(texts.first.flatMap { Int($0) })
            let increments = ledger.stored[counter.description, default: 0]
            #expect((increments...increments + ledger.unknown).contains(count))
            #expect(increments > 0 && ledger.unknown < 64)
        }
    }

    @Test func `a database that is away is a sentence, not a wait without end`() async throws {
        try await TestStore.with { store, worker in
            var limits = WriteLimits()
            limits.patience = .milliseconds(200)
            var elsewhere = store.database
            elsewhere.connectionString += " port=1"
            let away = WritePath(
                on: [worker.reactor], database: elsewhere, tenants: store.tenants, limits: limits,
                clock: { store.clock.now })

            await #expect(throws: StorageError.self) { _ = try await away.submit(.create(room)) }
            let results = await away.submit([.create(room), .delete(room.id)])

            #expect(results.allSatisfy { !$0.isSuccess })
            let entities = try await store.texts("SELECT id FROM entity")
            #expect(entities.isEmpty)
            await away.close()
        }
    }

    @Test func `what does not fit into the queue is refused as saturated`() async throws {
        var limits = WriteLimits()
        limits.interactive.waitingBytesMax = 10_000
        limits.interactive.mutationsMax = 1
        try await TestStore.with(limits: limits) { store, _ in
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        do {
                            _ = try await store.writes.submit(.create(makeRoom("urn:ngsi-ld:Room:\(number)")))
                            return true
                        } catch StorageError.saturated {
                            return false
                        } catch {
                            Issue.record(error)
                            return false
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }

            let stored = outcomes.count { $0 }
            #expect(stored >= 1 && stored < 100)
            let rooms = try await store.count(of: "Room")
            #expect(rooms == stored)
        }
    }
}

/// Ends the write lanes' connections, at whatever they are.
private let cutConnections = """
    SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
    WHERE application_name LIKE '%writes' AND datname = current_database()
    """

/// What the clients were told of each entity.
private struct Ledger: Sendable {
    /// How often a write was acknowledged.
    var stored: [String: Int] = [:]
    var refused: Set<String> = []
    var unknown = 0

    mutating func note(_ id: EntityID, _ write: () async throws -> Outcome) async {
        do {
            _ = try await write()
            stored[id.description, default: 0] += 1
        } catch StorageError.outcomeUnknown {
            unknown += 1
        } catch {
            refused.insert(id.description)
        }
    }

    mutating func add(_ other: Ledger) {
        stored.merge(other.stored, uniquingKeysWith: +)
        refused.formUnion(other.refused)
        unknown += other.unknown
    }
}

extension Result {
    var isSuccess: Bool { failure == nil }
    var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
