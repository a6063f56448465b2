/// What a lane or a pool has to do, for metrics.
package struct PostgresStatistics: Equatable, Sendable {
    /// Calls at the server.
    package var inFlight = 0
    /// Calls that wait for a connection.
    package var waiting = 0
    /// Calls that have failed, since the start.
    package var errors = 0
    /// Connections that are open.
    package var connections = 0
    /// Connections that had to be replaced, since the start.
    package var reconnects = 0

    package init() {}

    init(inFlight: Int, waiting: Int, errors: Int, connections: Int, reconnects: Int) {
        self.inFlight = inFlight
        self.waiting = waiting
        self.errors = errors
        self.connections = connections
        self.reconnects = reconnects
    }
}
