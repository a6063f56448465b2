import NGSILD
import Networking
import Observability
import Operations
import Postgres
import Storage

/// What the workers share once the database is there: values and classes that are safe to share.
struct Services: Sendable {
    let database: PostgresConfiguration
    let writes: WritePath
    let tenants: TenantDirectory
    let indexes: ValueIndexDirectory
    let contexts: ContextCache
    let contextMap: ContextMap
    let identity: SourceIdentity
    let clock: Clock

    /// - Throws: `ContextMapError` where the map that the configuration names cannot be read.
    init(
        _ configuration: Configuration, database: PostgresConfiguration, metrics: HubMetrics,
        on reactors: [Reactor]
    ) throws {
        self.database = database
        let clock = Clock { .now }
        self.clock = clock
        tenants = TenantDirectory()
        indexes = ValueIndexDirectory()
        writes = WritePath(
            on: reactors, database: database, tenants: tenants, limits: configuration.limits.writes,
            clock: { clock.now },
            onCommit: { isBulk, mutations in
                (isBulk ? metrics.bulkBatches : metrics.interactiveBatches).observe(mutations)
            })
        metrics.add(writes)
        contexts = ContextCache(bytesMax: configuration.limits.contextCacheBytes.bytes)
        contextMap = try configuration.contextMap.map(ContextMap.init(file:)) ?? ContextMap()
        identity = SourceIdentity(alias: configuration.effectiveAlias, startedAt: clock.now)
    }
}

extension Timestamp {
    /// The wall clock.
    static var now: Timestamp { Timestamp(microseconds: WallClock.microseconds) }
}

extension Configuration {
    /// The public URL without a slash at its end, or the address listened on.
    var effectivePublicURL: String {
        guard let publicURL else { return "\(tls.certificate == nil ? "http" : "https")://\(listen)" }
        return publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
    }

    /// The alias, or host and port of the public URL, or the address listened on.
    var effectiveAlias: String {
        if let alias { return alias }
        guard let publicURL, let scheme = publicURL.firstRange(of: "://") else { return listen.description }
        return String(publicURL[scheme.upperBound...].prefix { $0 != "/" })
    }
}
