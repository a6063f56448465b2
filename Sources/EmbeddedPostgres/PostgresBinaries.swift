import Glibc

/// PostgreSQL's programs of one version, as the distribution has installed them.
struct PostgresBinaries: Sendable {
    let directory: String
    let majorVersion: Int

    static let majorVersionMin = 15

    var postgres: String { directory + "/postgres" }
    var initdb: String { directory + "/initdb" }

    /// The programs in `configured`, or else the newest that are found; of `version`, where data asks for it.
    static func find(in configured: String?, version: Int?, as account: Account) throws -> PostgresBinaries {
        let candidates = try (configured.map { [Files.absolute($0)] } ?? places).filter(isComplete).compactMap
        {
            directory in
            try majorVersion(in: directory, as: account).map {
                PostgresBinaries(directory: directory, majorVersion: $0)
            }
        }.filter { $0.majorVersion >= majorVersionMin }
        let fitting = candidates.filter { version == nil || $0.majorVersion == version }
        if let best = fitting.max(by: { $0.majorVersion < $1.majorVersion }) { return best }
        guard let version, let other = candidates.first else { throw missing(configured) }
        throw EmbeddedPostgresError(
            """
            the data was written by PostgreSQL \(version), and only PostgreSQL \(other.majorVersion) is \
            installed: install version \(version) again, or move the data with pg_upgrade
            """)
    }

    /// Whether the server knows this setting and value, which can depend on how it was built.
    func accept(_ setting: String, as account: Account) throws -> Bool {
        let name = String(setting.prefix { $0 != "=" })
        // It prints the setting and ends before it looks for any data.
        let files = ["config_file", "hba_file", "ident_file"].flatMap { ["-c", "\($0)=/dev/null"] }
        let arguments = ["-C", name, "-c", setting, "-c", "data_directory=/nonexistent"] + files
        return try ChildProcess.run(postgres, arguments, as: account).succeeded
    }

    /// Debian's, Red Hat's, and what PATH has.
    private static var places: [String] {
        let debian = Files.names(in: "/usr/lib/postgresql").map { "/usr/lib/postgresql/\($0)/bin" }
        let redHat = Files.names(in: "/usr").filter { $0.hasPrefix("pgsql-") }.map { "/usr/\($0)/bin" }
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return debian + redHat + path.split(separator: ":").map(String.init)
    }

    private static func isComplete(_ directory: String) -> Bool {
        access(directory + "/postgres", X_OK) == 0 && access(directory + "/initdb", X_OK) == 0
    }

    /// Reads `postgres (PostgreSQL) 15.4 (Debian …)`.
    private static func majorVersion(in directory: String, as account: Account) throws -> Int? {
        let answer = try ChildProcess.run(directory + "/postgres", ["--version"], as: account)
        guard answer.succeeded else { return nil }
        return answer.output.split(separator: " ").dropFirst(2).first.flatMap { version in
            Int(version.prefix { $0.isNumber })
        }
    }

    private static func missing(_ configured: String?) -> EmbeddedPostgresError {
        EmbeddedPostgresError(
            """
            PostgreSQL \(majorVersionMin) or later was not found\(configured.map { " in \($0)" } ?? ""): \
            install it (Debian: apt install postgresql postgresql-postgis), or name a database that runs \
            elsewhere with --database-url
            """)
    }
}
