/// Where a server listens: `HOST:PORT`, as in `127.0.0.1:1026`, `[::1]:1026`, `localhost:1026`, `*:1026`.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// A name or an address; nil: all addresses of this machine, of both families.
    package let host: String?
    /// 0: the system picks a free one.
    package let port: UInt16

    package init(host: String?, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads `HOST:PORT`; an IPv6 address stands in brackets, `*` or nothing means all addresses.
    package init(parsing text: String) throws(ListenAddressError) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw ListenAddressError(text: text, reason: "it has to end in a colon and a port, 0 to 65535")
        }
        var host = text[..<colon]
        if host.hasPrefix("[") && host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw ListenAddressError(
                text: text, reason: "an IPv6 address stands in brackets: [\(host)]:\(port)")
        }
        self.init(host: host.isEmpty || host == "*" ? nil : String(host), port: port)
    }

    package var description: String {
        guard let host else { return "*:\(port)" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

/// A text that names no address to listen on.
package struct ListenAddressError: Error, CustomStringConvertible {
    package let text: String
    package let reason: String

    package var description: String { "\"\(text)\" is no address to listen on: \(reason)" }
}
