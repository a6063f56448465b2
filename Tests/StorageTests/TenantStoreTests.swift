import NGSILD
import Networking
import Postgres
import Testing
import TestSupport

@testable import Storage

@Suite struct TenantStoreTests {
    @Test func `4.14: a tenant that nobody made is not there; the default one always is`() async throws {
        try await TestStore.with { store, _ in
            let city = try Tenant("city")
            try await store.withTenants { tenants, _ in
                let unknown = try await tenants.key(of: city)
                let byDefault = try await tenants.key(of: .default)
                #expect(unknown == nil)
                #expect(byDefault == .default)
            }
        }
    }

    @Test func `4.14: many who make one tenant at once get one key`() async throws {
        try await TestStore.with { store, _ in
            let city = try Tenant("city")
            try await store.withTenants { tenants, _ in
                // No group: the store belongs to this worker.
                let first = try await tenants.keyCreating(city)
                let other = TestStore(store.database, first: store.reactors[0])
                let second = try await other.withTenants { tenants, _ in try await tenants.keyCreating(city) }
                await other.close()

                #expect(first == second && first != .default)
                let list = try await tenants.tenants(after: nil, limit: 10).map(\.name)
                #expect(list == ["", "city"])
            }
        }
    }

    @Test func `4.14: one id lives in each tenant by itself`() async throws {
        try await TestStore.with { store, _ in
            let city = try Tenant("city")
            try await store.withTenants { tenants, _ in
                let key = try await tenants.keyCreating(city)
                _ = try await store.writes.submit(.create(room))
                _ = try await store.writes.submit(.create(room, in: key))
                let list = try await tenants.tenants(after: nil, limit: 10)

                #expect(list.map(\.entities) == [1, 1])
            }
        }
    }

    @Test func `a deleted tenant takes no writes of any process, and its rows go`() async throws {
        try await TestStore.with { store, _ in
            let city = try Tenant("city")
            // Knows the tenant, and is not told of its deletion.
            let other = TestStore(store.database, first: store.reactors[0])
            try await store.withTenants { tenants, _ in
                let key = try await tenants.keyCreating(city)
                _ = try await other.writes.submit(.create(room, in: key))
                _ = try await store.writes.submit(.create(makeRoom("urn:ngsi-ld:Room:2")))

                let wasDeleted = try await tenants.delete(city)
                let isThereTwice = try await tenants.delete(city)
                #expect(wasDeleted && !isThereTwice)
                for writes in [store.writes, other.writes] {
                    await #expect(throws: NGSILDError(.nonexistentTenant, "the tenant has been deleted")) {
                        _ = try await writes.submit(.touch(room.id, in: key))
                    }
                }
                let again = try await tenants.keyCreating(city)
                #expect(again != key)
            }
            await other.close()
            _ = try await store.withHousekeeper { try await $0.removeRowsOfDeletedTenants() }

            let left = try await store.texts("SELECT id FROM entity")
            let types = try await store.texts("SELECT id FROM entity_type")
            #expect(left == ["urn:ngsi-ld:Room:2"] && types == left)
        }
    }

    @Test func `the default tenant is not deleted`() async throws {
        try await TestStore.with { store, _ in
            try await store.withTenants { tenants, _ in
                let wasDeleted = try await tenants.delete(.default)
                #expect(!wasDeleted)
            }
        }
    }
}
