import CLinux
import Glibc

/// Where the server's socket lies: in the data directory, or in a short one where its path is too long.
enum SocketDirectory {
    /// Bytes of a socket's path, its final zero included (`sockaddr_un`).
    private static let pathMax = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

    /// Makes the directory; its path.
    static func make(for data: DataDirectory, account: Account) throws -> String {
        let preferred = data.path + "/run"
        let path = fits(preferred) ? preferred : short(for: data.path)
        guard fits(path) else { throw EmbeddedPostgresError("\(path) is too long for a socket's directory") }
        try Files.makePrivateDirectory(path, for: account)
        return path
    }

    // libpq and PostgreSQL take a comma for the end of a name, and @ for an abstract socket.
    private static func fits(_ path: String) -> Bool {
        "\(path)/.s.PGSQL.\(ServerSettings.port).lock".utf8.count < pathMax && !path.contains(",")
            && !path.hasPrefix("@")
    }

    /// The same for the same data directory, so that a later hub finds it.
    private static func short(for path: String) -> String {
        // FNV-1a: a hash that is the same in every process.
        let hash = path.utf8.reduce(14_695_981_039_346_656_037 as UInt64) {
            ($0 ^ UInt64($1)) &* 1_099_511_628_211
        }
        let runtime = getenv("XDG_RUNTIME_DIR").map { String(cString: $0) }
        let parent = geteuid() == 0 ? "/tmp" : runtime ?? "/tmp"
        return "\(parent)/atria-\(String(hash, radix: 36))"
    }
}
