import Glibc
import Networking
import Observability

/// Everything that an operator can decide, with its default (`docs/configuration.md` is made from it).
///
/// Its keys, variables and flags are in `Setting.all`; where they come from, in `ConfigurationSources`.
struct Configuration: Sendable {
    /// Where the API is served.
    var listen = ListenAddress(host: "127.0.0.1", port: 9090)

    /// Holds the embedded PostgreSQL; not used with a database URL.
    var dataDirectory = defaultDataDirectory

    /// A libpq connection string; nil: the embedded PostgreSQL.
    ///
    /// It may hold a password.
    var databaseURL: String?

    /// What clients and other hubs reach this hub by, without a trailing `/`; nil: the address listened on.
    var publicURL: String?

    /// The context source alias of this hub in `Via` headers (6.3.18); nil: host and port of the public URL.
    var alias: String?

    /// Threads that serve; nil: one per core that this process may use.
    var workers: Int?

    /// Queries by `id` or `idPattern` alone are asked of this hub alone: some clients ask no other way.
    var queriesByIDAreLocal = false

    /// What administrators show at `/atria/v1`; nil: only clients on this machine are administrators.
    var administratorToken: BearerToken?

    var tls = TLSFiles()

    /// Origins that browsers may call from; `*` stands for all, none sends no CORS header.
    var corsOrigins: [String] = []

    /// A JSON object from @context URL to a file beside it: those are never fetched.
    var contextMap: String?

    var egress = Egress()

    /// A second address with `/healthz`, `/readyz` and `/metrics` alone; nil: only the API's address has them.
    var metricsListen: ListenAddress?

    var logLevel = LogLevel.info
    var logFormat = LogFormat.text

    var limits = Limits()

    /// PEM files of the API's TLS, read again on SIGHUP.
    struct TLSFiles: Sendable {
        /// Certificate and chain; nil: no TLS.
        var certificate: String?
        var key: String?
        /// Authorities of client certificates; where it is set, a client without one is refused.
        var clientCA: String?
    }

    /// What this hub may call: @contexts, later notifications and other hubs.
    struct Egress: Sendable {
        /// Refuses loopback, link-local and private addresses, decided on the resolved address.
        var deniesPrivate = false
        /// Authorities that are trusted beside those of the system.
        var caFile: String?
        /// `http://proxy:3128`, through which all of it goes; nil: none.
        var proxy: String?
    }

    /// `/var/lib/atria` as root, since PostgreSQL runs there as another user and must reach it; else under home.
    private static var defaultDataDirectory: String {
        guard geteuid() != 0, let home = getenv("HOME") else { return "/var/lib/atria" }
        return String(cString: home) + "/.local/share/atria"
    }
}
