import NGSILD
import Networking
import Synchronization

/// The value indexes that are ready, as this process knows them; shared by its workers.
package final class ValueIndexDirectory: Sendable {
    private struct State {
        var indexes: [TenantKey: [ValueIndex]] = [:]
        /// Of the configuration that they are of.
        var version: Int64 = 0
        /// When they were asked for.
        var asOf: MonotonicTime?
    }
    private let state = Mutex(State())

    /// For how long a list is believed: an index's rows go a minute after it was dropped, and the query that is
    /// under way by then has to have ended (`QueryBudget.time`).
    private static let age = Duration.seconds(30)

    package init() {}

    /// Those that queries of `tenant` may use: none where nobody has looked for a while.
    func ready(for tenant: TenantKey) -> [ValueIndex] {
        state.withLock { state in
            guard let asOf = state.asOf, MonotonicTime.now < asOf + Self.age else { return [] }
            return state.indexes[tenant] ?? []
        }
    }

    /// Whether the list is that of `version` of the configuration, which was asked for at `moment`.
    func confirm(_ version: Int64, at moment: MonotonicTime) -> Bool {
        state.withLock { state in
            guard state.version == version else { return false }
            state.asOf = moment
            return true
        }
    }

    /// Takes over the list that was asked for at `moment`, unless a newer one is known.
    func update(_ indexes: [TenantKey: [ValueIndex]], version: Int64, at moment: MonotonicTime) {
        state.withLock { state in
            guard version >= state.version else { return }
            state = State(indexes: indexes, version: version, asOf: moment)
        }
    }
}
