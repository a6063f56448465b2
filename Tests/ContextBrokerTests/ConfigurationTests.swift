import Networking
import Observability
import Testing

@testable import ContextBroker

@Suite struct `Configuration` {
    private func resolve(
        file: String? = nil, environment: [String: String] = [:], flags: [(name: String, value: String)] = []
    ) throws -> ResolvedConfiguration {
        var sources = ConfigurationSources(environment: environment, flags: flags)
        sources.file = file.map { ("atria.yaml", $0) }
        return try sources.resolve()
    }

    private func refusal(
        file: String? = nil, environment: [String: String] = [:], flags: [(name: String, value: String)] = []
    ) -> String {
        do {
            _ = try resolve(file: file, environment: environment, flags: flags)
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    @Test func `a flag wins over a variable, a variable over the file, the file over the default`() throws {
        let file = "listen: 127.0.0.1:1\nworkers: 2\nlog:\n  level: error\n"

        let resolved = try resolve(
            file: file, environment: ["ATRIA_LISTEN": "127.0.0.1:2", "ATRIA_WORKERS": "3", "HOME": "/root"],
            flags: [("--listen", "127.0.0.1:3")])

        let configuration = resolved.configuration
        #expect(configuration.listen.port == 3)
        #expect(configuration.workers == 3)
        #expect(configuration.logLevel == .error)
        #expect(configuration.logFormat == .text)
        #expect(resolved.yaml.contains(#"listen: "127.0.0.1:3"  # --listen"#))
        #expect(resolved.yaml.contains("workers: 3  # ATRIA_WORKERS"))
        #expect(resolved.yaml.contains("  level: error  # atria.yaml:4:10"))
    }

    @Test func `what is shown reads back as the same configuration`() throws {
        let file = """
            listen: "[::]:9090"
            cors:
              origins: ["https://city.example", "*"]
            limits: { body-bytes: 3MiB, head-timeout: 1500ms }
            """

        let shown = try resolve(file: file).yaml
        let again = try resolve(file: shown).configuration

        #expect(again.listen == ListenAddress(host: "::", port: 9090))
        #expect(again.corsOrigins == ["https://city.example", "*"])
        #expect(again.limits.bodyBytes == .mebibytes(3))
        #expect(again.limits.headTimeout == .milliseconds(1_500))
    }

    @Test(arguments: [
        ("listne: a:1", "atria.yaml:1:1: there is no setting `listne`; did you mean `listen`?"),
        ("log:\n  colour: red", "atria.yaml:2:3: there is no setting `log.colour`"),
        ("workers: many", "atria.yaml:1:10: `many` is not a whole number, from 1 to 256"),
        ("workers: 0", "atria.yaml:1:10: `0` is not a whole number, from 1 to 256"),
        ("workers:\n  count: 2", "atria.yaml:1:1: `workers` takes a value, not a group of keys"),
        ("listen: a:1\nlisten: b:1", "atria.yaml:2:1: the key `listen` occurs twice"),
        ("listen: &here a:1", "atria.yaml:1:9: anchors are not supported"),
        ("listen: *here", "atria.yaml:1:9: aliases are not supported"),
        ("listen: !!str a:1", "atria.yaml:1:9: tags are not supported"),
        ("listen: a:1\n---\nlisten: b:1", "atria.yaml:2:1: a second document begins here"),
        ("- listen", "atria.yaml:1:1: the file has to hold keys and values"),
        ("listen: [a:1", "atria.yaml:2:1: did not find expected ',' or ']'"),
        ("cors: { origins: [[a]] }", "atria.yaml:1:19: an item has to be one plain value"),
        (String(repeating: "[", count: 20), "atria.yaml:1:17: nested too deeply"),
    ])
    func `a file that cannot be meant is refused with line and column`(_ file: String, _ reason: String) {
        #expect(refusal(file: file) == reason)
    }

    @Test func `an empty file and an empty group say nothing`() throws {
        #expect(try resolve(file: "").configuration.listen.port == 9090)
        #expect(try resolve(file: "# nothing\n").configuration.listen.port == 9090)
        #expect(try resolve(file: "log:\n").configuration.logLevel == .info)
    }

    @Test func `variables and flags are refused by their names`() {
        #expect(refusal(environment: ["ATRIA_LISTN": "x"]) == "ATRIA_LISTN: there is no such setting")
        #expect(refusal(environment: ["ATRIA_LOG_LEVEL": "loud"]).hasPrefix("ATRIA_LOG_LEVEL: `loud` is not"))
        #expect(refusal(flags: [("--lisen", "x")]) == "--lisen: there is no such flag")
        #expect(
            refusal(environment: ["ATRIA_LISTEN": "", "ATRIA_PORT": "tcp://10.0.0.1:9090"]) == "accepted")
    }

    @Test func `values that do not go together are refused`() {
        #expect(refusal(flags: [("--tls-key", "k")]) == "tls.certificate and tls.key go together")
        #expect(refusal(flags: [("--public-url", "hub.city")]).hasPrefix("public-url has to begin with"))
        #expect(refusal(flags: [("--metrics-listen", "127.0.0.1:9090")]).contains("the same address"))
    }

    @Test(arguments: [
        ("postgresql://atria:s3cret@db.city/hub", "postgresql://atria:***@db.city/hub"),
        (
            "postgresql://atria@a,b:5433/hub?sslmode=verify-full",
            "postgresql://atria@a,b:5433/hub?sslmode=verify-full"
        ),
        ("postgresql:///hub?host=/run&password=s3cret", "postgresql:///hub?***"),
        ("postgresql://a:s3@cret@db/hub", "postgresql://a:***@db/hub"),
        ("host=db password='s3cret x' user=a", "***"),
        ("host=/run/postgresql dbname=hub", "host=/run/postgresql dbname=hub"),
    ])
    func `a password is not shown`(_ url: String, _ shown: String) throws {
        let resolved = try resolve(environment: ["ATRIA_DATABASE_URL": url])

        #expect(resolved.yaml.contains(#"database-url: "\#(shown)"  # ATRIA_DATABASE_URL"#))
        #expect(!resolved.yaml.contains("cret"))
        #expect(resolved.configuration.databaseURL == url)
    }

    @Test func `an administrator's token is not shown, and a short one is not taken`() throws {
        let token = "host=0123456789abcdef"
        let resolved = try resolve(environment: ["ATRIA_ADMIN_TOKEN": token])

        #expect(resolved.yaml.contains("admin:\n  token: \"***\"  # ATRIA_ADMIN_TOKEN"))
        #expect(!resolved.yaml.contains(token))
        #expect(resolved.configuration.administratorToken?.settingText == token)
        #expect(
            refusal(environment: ["ATRIA_ADMIN_TOKEN": "0123456789"]).contains("the value is not 16 to 256"))
        #expect(refusal(environment: ["ATRIA_ADMIN_TOKEN": "0123456789 abcdef"]).contains("the value is not"))
    }

    @Test(arguments: [
        ("127.0.0.1:80", "127.0.0.1:80"), ("[::1]:80", "[::1]:80"), (":80", "*:80"),
        ("localhost:0", "localhost:0"),
    ])
    func `an address to listen on`(_ text: String, _ shown: String) {
        #expect(ListenAddress(setting: text)?.settingText == shown)
    }

    @Test(arguments: ["80", "::1:80", "a:b", "a:65536", "a:-1", ""])
    func `no address to listen on`(_ text: String) {
        #expect(ListenAddress(setting: text) == nil)
    }

    @Test func `bytes and durations carry their units`() {
        #expect(ByteCount(setting: "64KiB")?.bytes == 65_536)
        #expect(ByteCount(setting: "4097")?.settingText == "4097")
        #expect(ByteCount(setting: "1 MB") == nil)
        #expect(ByteCount(setting: "99999999999999GiB") == nil)
        #expect(Duration(setting: "90s")?.settingText == "90s")
        #expect(Duration(setting: "2m")?.settingText == "2m")
        #expect(Duration(setting: "1500ms")?.settingText == "1500ms")
        #expect(Duration(setting: "30") == nil)
    }

    @Test func `each default is within its own range`() {
        let configuration = ContextBroker.Configuration()
        for setting in Setting.all {
            var copy = configuration
            #expect(setting.set(&copy, setting.text(configuration)), "\(setting.key)")
        }
        #expect(Set(Setting.all.map(\.variable)).count == Setting.all.count)
    }
}
