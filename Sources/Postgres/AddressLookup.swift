import CLibPQ
import Glibc

/// The servers of a connection string, with their names looked up.
///
/// libpq looks names up while the worker waits; given addresses it never does.
struct AddressLookup: Sendable {
    /// What the string says, or the environment; the three lists run in parallel.
    private let hosts: [String]
    private let ports: [String]
    private let isNeeded: Bool
    /// The start-up options that the string has already.
    let options: String
    /// Several hosts are one primary and its standbys, where the string does not say otherwise.
    let wantsPrimary: Bool

    /// - Throws: `unavailable` where libpq cannot read `connectionString`.
    init(_ connectionString: String) throws(PostgresError) {
        let words = try Self.words(of: connectionString)
        func list(_ word: String, _ variable: String) -> [String] {
            let text = words[word] ?? getenv(variable).map { String(cString: $0) } ?? ""
            return text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        hosts = list("host", "PGHOST")
        let ports = list("port", "PGPORT")
        self.ports = hosts.indices.map { ports.isEmpty ? "" : ports[min($0, ports.count - 1)] }
        let hasAddresses = words["hostaddr"] != nil || getenv("PGHOSTADDR") != nil
        isNeeded = !hasAddresses && hosts.contains { Self.isName($0) }
        wantsPrimary = hosts.count > 1 && words["target_session_attrs"] == nil
        options = words["options"] ?? getenv("PGOPTIONS").map { String(cString: $0) } ?? ""
    }

    /// The keywords that replace the string's own, or what went wrong.
    ///
    /// Blocks where there are names.
    func keywords() -> Result<[(String, String)], PostgresError> {
        guard isNeeded else { return .success([]) }
        var servers: [(host: String, address: String, port: String)] = []
        var failure = "no host"
        for (host, port) in zip(hosts, ports) {
            guard Self.isName(host) else {
                servers.append((host, "", port))
                continue
            }
            switch Self.addresses(of: host) {
            case .success(let addresses): servers += addresses.map { (host, $0, port) }
            case .failure(let error): failure = error.message
            }
        }
        guard !servers.isEmpty else { return .failure(PostgresError(.unavailable, failure)) }
        return .success([
            ("host", servers.map(\.host).joined(separator: ",")),
            ("hostaddr", servers.map(\.address).joined(separator: ",")),
            ("port", servers.map(\.port).joined(separator: ",")),
        ])
    }

    private static func words(of connectionString: String) throws(PostgresError) -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(connectionString, &message) else {
            defer { PQfreemem(message) }
            throw PostgresError(
                .unavailable, message.map { String(cString: $0).trimmed } ?? "no connection string")
        }
        defer { PQconninfoFree(options) }
        var words: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { words[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return words
    }

    /// Not a directory of sockets, not an abstract socket, not an address.
    private static func isName(_ host: String) -> Bool {
        guard !host.isEmpty, !host.hasPrefix("/"), !host.hasPrefix("@") else { return false }
        var address = in6_addr()
        return inet_pton(AF_INET, host, &address) != 1 && inet_pton(AF_INET6, host, &address) != 1
    }

    private static func addresses(of host: String) -> Result<[String], PostgresError> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(host, nil, &hints, &list)
        defer { list.map(freeaddrinfo) }
        var addresses: [String] = []
        var next = list
        while let entry = next?.pointee {
            Self.text(of: entry).map { addresses.append($0) }
            next = entry.ai_next
        }
        guard addresses.isEmpty else { return .success(addresses) }
        let reason = String(cString: gai_strerror(result))
        return .failure(
            PostgresError(.unavailable, "the database's host \"\(host)\" is not found: \(reason)"))
    }

    private static func text(of entry: addrinfo) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) { text in
            guard let base = text.baseAddress,
                getnameinfo(
                    entry.ai_addr, entry.ai_addrlen, base, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
            else { return nil }
            return String(cString: base)
        }
    }
}
