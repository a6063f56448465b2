import NGSILD
import Networking
import Testing

@testable import Storage

@Suite struct ContextStoreTests {
    @Test func `5.13.3.5: what several processes count adds up, and what is no more is passed over`()
        async throws
    {
        try await TestStore.with { store, worker in
            try await store.withTenants { _, queries in
                let contexts = ContextStore(pool: queries)
                let ids = ["https://example.org/a.jsonld", "https://example.org/b.jsonld"]
                for id in ids {
                    try await contexts.put(
                        StoredContext(id: id, kind: .cached, body: [], created: store.clock.now), tenant: nil)
                }

                func add(_ hits: Int, at moment: Int64) async throws {
                    let usage = ContextUsage(hits: hits, last: Timestamp(microseconds: moment))
                    try await contexts.add([ids[0]: usage, ids[1]: usage, "https://example.org/gone": usage])
                }
                try await add(2, at: 20)
                try await add(3, at: 10)

                for id in ids {
                    let usage = try await contexts.context(id)?.usage
                    #expect(usage == ContextUsage(hits: 5, last: Timestamp(microseconds: 20)))
                }
                // Freshness and the moment of the copy come anew with each download; the count goes on.
                let later = Timestamp(microseconds: store.clock.now.microseconds + 5_000_000)
                try await contexts.put(
                    StoredContext(id: ids[0], kind: .cached, body: [], created: later), tenant: nil)
                let again = try await contexts.context(ids[0])
                #expect(again?.usage?.hits == 5)
                #expect(again?.created == later)
                let other = try await contexts.context(ids[1])
                #expect(other?.created != later)
                let gone = try await contexts.context("https://example.org/gone")
                #expect(gone == nil)
            }
        }
    }
}
