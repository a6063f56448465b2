/// What a lane or a pool has to do, for metrics.
package struct PostgresStatistics: Equatable, Sendable {
    /// Calls at the server.
    package var inFlight: Int
    /// Calls that wait for a connection.
    package var waiting: Int
    /// Calls that have failed, since the start.
    package var errors: Int
    /// Connections that had to be replaced, since the start.
    package var reconnects: Int
}
