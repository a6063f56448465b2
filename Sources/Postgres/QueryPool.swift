package import Networking

/// Queries that can be long, each alone on a connection of a small pool.
///
/// A query ends with its deadline or when its task is cancelled, at the server too.
package final class QueryPool {
    private let reactor: Reactor
    private let links: [PostgresLink]
    private let waitingMax: Int
    private var idle: [PostgresLink] = []
    private var waiting: [UInt64: Query] = [:]
    private var running: [UInt64: Running] = [:]
    private var order = Queue<UInt64>()
    private var last: UInt64 = 0
    private var errors = 0

    private struct Query {
        let calls: [Call]
        let continuation: UnsafeContinuation<Result<[Rows], PostgresError>, Never>
        let deadline: TimerID
    }

    private struct Running {
        let query: Query
        let link: PostgresLink
    }

    package init(
        _ configuration: PostgresConfiguration, connections: Int, waitingMax: Int = 1000, on reactor: Reactor
    ) {
        self.reactor = reactor
        self.waitingMax = waitingMax
        links = (0..<connections).map { _ in PostgresLink(configuration, on: reactor) }
    }

    package func query(_ call: Call, within: Duration = .seconds(10)) async throws -> Rows {
        guard let link = links.randomElement() else { throw PostgresError(.unavailable, "no connection") }
        return try await link.connection().execute(call)
    }

    package func open() {
        for link in links { link.open() }
    }

    package func close() {
        for link in links { link.close() }
    }
}
