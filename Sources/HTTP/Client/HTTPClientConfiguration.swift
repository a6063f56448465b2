/// How a client of HTTP connects; the same for all workers.
package struct HTTPClientConfiguration: Sendable {
    package var egress = EgressPolicy.open
    /// PEM file of authorities that are trusted beside those of the system.
    package var authorities: String?
    /// Directory of the system's authorities, hashed as `openssl rehash` leaves it.
    package var systemAuthorities = "/etc/ssl/certs"
    /// PEM files of the certificate and key that this client shows to who asks.
    package var certificate: String?
    package var privateKey: String?
    /// `http://proxy:3128`; nil: none, whatever the environment says.
    package var proxy: String?
    /// Hosts, with all names below them, that are reached without the proxy.
    package var directHosts: [String] = []
    package var userAgent = "atria"

    /// Requests under way or waiting for a connection (`saturated`): each holds its body and its answer.
    package var requestsMax = 10_000
    /// Connections of one worker to one host: more do not make one receiver faster.
    package var connectionsPerHostMax = 64
    /// Connections of one worker, in use or kept for the next request.
    package var connectionsMax = 1_024
    /// Bytes of an answer's head.
    package var responseHeadBytesMax = 256 * 1024

    package init() {}

    func usesProxy(for host: String) -> Bool {
        proxy != nil && !directHosts.contains { host == $0 || host.hasSuffix(".\($0)") }
    }
}
