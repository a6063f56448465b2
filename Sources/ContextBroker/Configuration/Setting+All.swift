extension Setting {
    /// Every key, in the order in which they are shown.
    static let all: [Setting] = server + queries + security + outbound + limits

    private static let server: [Setting] = [
        Setting("listen", \.listen, "Where the API is served. Port 0 takes any free port."),
        Setting(
            "data-dir", \.dataDirectory,
            "Holds the embedded PostgreSQL; not used with a database URL. As root the default is `/var/lib/atria`."
        ),
        Setting(
            "database-url", \.databaseURL, secrecy: .password,
            "A libpq connection string, several hosts and TLS included. Without it an embedded PostgreSQL is run."
        ),
        Setting(
            "public-url", \.publicURL,
            "What clients and other hubs reach this hub by. Without it, the address listened on."),
        Setting(
            "alias", \.alias,
            "The context source alias of this hub in `Via` headers (6.3.18). Without it, host and port of the public URL."
        ),
        Setting("workers", \.workers, in: 1...256, "Threads that serve. Without it, one for each core."),
        Setting(
            "metrics-listen", \.metricsListen,
            "A second address with `/healthz`, `/readyz` and `/metrics` alone. The API's address has them too."
        ),
        Setting("log.level", \.logLevel, "Less important lines are not written."),
        Setting("log.format", \.logFormat, "`text` is logfmt, `json` one object a line."),
    ]

    private static let queries: [Setting] = [
        Setting(
            "queries.by-id-local", \.queriesByIDAreLocal,
            "A query by `id` or `idPattern` alone, a 400 by 5.7.2.4, is asked of this hub alone, as with `local=true`. Purges stay refused."
        )
    ]

    private static let security: [Setting] = [
        Setting(
            "tls.certificate", \.tls.certificate,
            "PEM file of the certificate and its chain; with it the API speaks TLS. Read again on SIGHUP."),
        Setting("tls.key", \.tls.key, "PEM file of the certificate's key. Read again on SIGHUP."),
        Setting(
            "tls.client-ca", \.tls.clientCA,
            "PEM file of authorities; a client without a certificate from one of them is refused."),
        Setting(
            "admin.token", \.administratorToken, secrecy: .all,
            "Opens `/atria/v1` to who sends it as `Authorization: Bearer`. Without it, these resources are for clients on this machine alone."
        ),
        Setting(
            "cors.origins", \.corsOrigins,
            "Origins that browsers may call from; `*` stands for all. Without one no CORS header is sent."),
    ]

    private static let outbound: [Setting] = [
        Setting(
            "contexts.map", \.contextMap,
            "A JSON file: an object from @context URL to a file, relative to it. Those URLs are never fetched."
        ),
        Setting(
            "egress.deny-private", \.egress.deniesPrivate,
            "Refuses to call loopback, link-local and private addresses, decided on the resolved address."),
        Setting(
            "egress.ca-file", \.egress.caFile, "PEM file of authorities that are trusted beside the system's."
        ),
        Setting(
            "egress.proxy", \.egress.proxy, secrecy: .password,
            "What is called is called through this: `http://proxy:3128`."),
    ]

    private static let limits: [Setting] = [
        Setting(
            "limits.connections", \.limits.connections, in: 16...1_000_000,
            "Open client connections of each worker; a further one gets a 503."),
        Setting(
            "limits.head-bytes", \.limits.headBytes, in: .kibibytes(4)...(.mebibytes(1)),
            "A request's line and headers; beyond: 431."),
        Setting(
            "limits.body-bytes", \.limits.bodyBytes, in: .kibibytes(16)...(.mebibytes(1_024)),
            "A request's body, unpacked; beyond: 413."),
        Setting(
            "limits.head-timeout", \.limits.headTimeout, in: .milliseconds(100)...(.seconds(600)),
            "For a request's head to arrive; beyond: 408."),
        Setting(
            "limits.body-timeout", \.limits.bodyTimeout, in: .milliseconds(100)...(.seconds(600)),
            "For a body to arrive, or an answer to be taken, on top of what its length allows; beyond: 408, or closed."
        ),
        Setting(
            "limits.idle-timeout", \.limits.idleTimeout, in: .milliseconds(100)...(.seconds(3_600)),
            "Between two requests of a connection; beyond: closed."),
        Setting(
            "limits.drain-timeout", \.limits.drainTimeout, in: .milliseconds(100)...(.seconds(600)),
            "From SIGTERM until what is in flight is given up."),
        Setting(
            "limits.query-connections", \.limits.queryConnections, in: 1...64,
            "Database connections for lists and counts, of each worker."),
        Setting(
            "limits.query-timeout", \.limits.queryTimeout, in: .milliseconds(100)...(.seconds(3_600)),
            "A list or a count, and each statement; beyond: cancelled."),
        Setting(
            "limits.write-queue-bytes", \.limits.writeQueueBytes, in: .mebibytes(1)...(.mebibytes(4_096)),
            "Writes that wait for the database, of each worker; beyond: 503 with `Retry-After`."),
        Setting(
            "limits.context-bytes", \.limits.contextBytes, in: .kibibytes(16)...(.mebibytes(64)),
            "A fetched @context; beyond: 504."),
        Setting(
            "limits.context-timeout", \.limits.contextTimeout, in: .milliseconds(100)...(.seconds(120)),
            "A fetch of a @context, redirects and all; beyond: 504."),
        Setting(
            "limits.context-cache-bytes", \.limits.contextCacheBytes, in: .mebibytes(1)...(.mebibytes(4_096)),
            "Parsed @contexts that are kept; beyond, the least recently used goes."),
    ]
}
