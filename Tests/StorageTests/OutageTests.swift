import Glibc
import Networking
import Postgres
import Testing

@testable import Storage

@Suite struct OutageTests {
    @Test func `while the database is known to be away a write is refused at once, not put in line`()
        async throws
    {
        try await TestStore.with { store, worker in
            let door = try await Door(to: store)
            defer { door.remove() }
            // Who is put in line waits for a minute here.
            var limits = WriteLimits()
            limits.outagePatience = .seconds(60)
            limits.patience = .seconds(60)
            let writes = door.writes(of: store, on: worker.reactor, limits)
            nonisolated(unsafe) var first: Result<Outcome, any Error>?
            let inFlight = worker.spawn {
                do { first = .success(try await writes.submit(.create(room))) } catch {
                    first = .failure(error)
                }
            }
            await worker.reactor.sleep(.milliseconds(200))

            await #expect(throws: StorageError.self) {
                _ = try await writes.submit(.create(makeRoom("urn:ngsi-ld:Room:2")))
            }
            door.open()
            await inFlight.value
            #expect(first?.isSuccess == true)
            let stored = try await writes.submit(.create(makeRoom("urn:ngsi-ld:Room:4")))
            #expect(stored.isNew)
            let rooms = try await store.texts("SELECT id FROM entity ORDER BY id")
            #expect(!rooms.contains("urn:ngsi-ld:Room:2"))
            await writes.close()
        }
    }

    @Test func `a lane that gave its writes up finds the database when it is back`() async throws {
        try await TestStore.with { store, worker in
            let door = try await Door(to: store)
            defer { door.remove() }
            var limits = WriteLimits()
            limits.outagePatience = .zero
            let writes = door.writes(of: store, on: worker.reactor, limits)

            await #expect(throws: StorageError.self) { _ = try await writes.submit(.create(room)) }
            await #expect(throws: StorageError.self) { _ = try await writes.submit(.create(room)) }
            door.open()
            var isStored = false
            for _ in 0..<200 where !isStored {
                isStored = (try? await writes.submit(.put(room))) != nil
                await worker.reactor.sleep(.milliseconds(50))
            }
            #expect(isStored)
            await writes.close()
        }
    }
}

/// A way to the test's server that is shut at first: whoever connects by it finds no server.
private struct Door {
    private let folder: String
    private let sockets: String
    private let database: PostgresConfiguration

    init(to store: TestStore) async throws {
        var template = Array("/tmp/atria-door-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("make a directory") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let directories = try await store.texts("SELECT current_setting('unix_socket_directories')")
        sockets = directories[0].split(separator: ",").first.map(String.init) ?? ""
        var database = store.database
        database.connectionString += " host=\(folder)/way"
        self.database = database
    }

    func open() { symlink(sockets, "\(folder)/way") }

    func remove() {
        unlink("\(folder)/way")
        rmdir(folder)
    }

    /// A write path through the door.
    func writes(of store: TestStore, on reactor: Reactor, _ limits: WriteLimits) -> WritePath {
        WritePath(
            on: [reactor], database: database, tenants: store.tenants, limits: limits,
            clock: { store.clock.now })
    }
}
