import NGSILD
import Synchronization

/// What this process knows of the tenants; shared by its workers.
package final class TenantDirectory: Sendable {
    private struct State {
        var keys: [Verbatim: TenantKey] = [Verbatim(""): .default]
        var deleted: Set<TenantKey> = []
        /// Of the configuration, when `deleted` was read.
        var version: Int64 = 0
    }
    private let state = Mutex(State())

    package init() {}

    /// Nil: not known here; the database may know it.
    func key(of tenant: Tenant) -> TenantKey? {
        state.withLock { $0.keys[Verbatim(tenant.name)] }
    }

    func learn(_ key: TenantKey, of tenant: Tenant) {
        state.withLock { state in
            // What was read before a deletion may arrive after it.
            if !state.deleted.contains(key) { state.keys[Verbatim(tenant.name)] = key }
        }
    }

    var version: Int64 { state.withLock(\.version) }
    var deleted: Set<TenantKey> { state.withLock(\.deleted) }

    /// Takes over the deleted tenants as of `version`, unless newer ones are known.
    func update(deleted: Set<TenantKey>, version: Int64) {
        state.withLock { state in
            guard version > state.version else { return }
            state.version = version
            state.deleted = deleted
            state.keys = state.keys.filter { !deleted.contains($0.value) }
        }
    }
}
