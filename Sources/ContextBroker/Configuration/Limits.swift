/// Every bound that an operator may move: its unit is its type, its reason stands with it.
///
/// What is hit answers with a clear error; nothing grows without one of these.
struct Limits: Sendable {
    // MARK: HTTP

    /// Open client connections of each worker; a further one is told so with a 503.
    var connections = 10_000

    /// A request's line and headers; beyond: 431.
    ///
    /// Proxies send 8 KiB at most as a rule.
    var headBytes = ByteCount.kibibytes(32)

    /// A request's body, unpacked; beyond: 413.
    ///
    /// Holds a batch of 1 000 large entities.
    var bodyBytes = ByteCount.mebibytes(16)

    /// From the first byte of a request to the end of its head; beyond: 408.
    ///
    /// Slow peers hold a connection no longer.
    var headTimeout = Duration.seconds(10)

    /// For a body to arrive, or an answer to be taken, on top of what its length allows; beyond: 408, or closed.
    var bodyTimeout = Duration.seconds(30)

    /// Between two requests of a connection; beyond: closed.
    var idleTimeout = Duration.seconds(75)

    /// From SIGTERM until what is still in flight is given up.
    var drainTimeout = Duration.seconds(15)

    // MARK: Database

    /// Connections for queries that can be long, of each worker; further queries wait, then 503.
    var queryConnections = 4

    /// A list or a count, and each statement; beyond: cancelled.
    var queryTimeout = Duration.seconds(10)

    /// Mutations that wait for a write lane, of each worker; beyond: 503 with `Retry-After`.
    var writeQueueBytes = ByteCount.mebibytes(64)

    // MARK: @contexts

    /// A fetched @context; beyond: LdContextNotAvailable.
    ///
    /// The largest public one has 600 KiB.
    var contextBytes = ByteCount.mebibytes(4)

    /// A fetch of a @context, redirects and all; beyond: LdContextNotAvailable.
    var contextTimeout = Duration.seconds(10)

    /// Parsed @contexts that are kept; beyond, the least recently used goes.
    var contextCacheBytes = ByteCount.mebibytes(64)
}
