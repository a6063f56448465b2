import CLinux
import Glibc

/// Where this process may connect to on behalf of its clients, who name the URLs of subscriptions,
/// registrations and contexts (server-side request forgery).
package struct EgressPolicy: Sendable {
    package var denied: [AddressRange]
    /// Exceptions from `denied`: the receivers that a city runs in its own network.
    package var allowed: [AddressRange]
    /// Names that are denied with all names below them.
    ///
    /// Behind a proxy, which resolves names itself, they and addresses written as such are all that can be
    /// looked at.
    package var deniedHosts: [String]

    package init(denied: [AddressRange] = [], allowed: [AddressRange] = [], deniedHosts: [String] = []) {
        self.denied = denied
        self.allowed = allowed
        self.deniedHosts = deniedHosts
    }

    /// Everything is allowed: for a hub whose clients are trusted.
    package static let open = EgressPolicy()

    /// Public addresses only: no loopback, no private network, no link (cloud metadata), no multicast.
    package static let publicOnly = EgressPolicy(
        denied: [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "fc00::/7", "fe80::/10", "ff00::/8",
        ].compactMap { AddressRange($0) },
        deniedHosts: ["localhost"])

    /// Whether `address`, 4 or 16 bytes in network order, may be connected to.
    package func allows(address: [UInt8]) -> Bool {
        let address = Self.unwrapped(address)
        return allowed.contains { $0.contains(address) } || !denied.contains { $0.contains(address) }
    }

    /// Whether the policy says nothing against a host by its name, or by the address that the name is.
    package func allows(host: String) -> Bool {
        if let address = AddressRange(host) { return allows(address: address.bytes) }
        let host = host.hasSuffix(".") ? String(host.dropLast()) : host
        return !deniedHosts.contains { host == $0 || host.hasSuffix(".\($0)") }
    }

    /// The IPv4 address inside an IPv6 one that leads to it (mapped: RFC 4291; NAT64: RFC 6052).
    private static func unwrapped(_ address: [UInt8]) -> [UInt8] {
        guard address.count == 16 else { return address }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        let prefix = Array(address.prefix(12))
        return prefix == mapped || prefix == translated ? Array(address.suffix(4)) : address
    }
}

/// A range of addresses: `10.0.0.0/8`, `fd00::/8`, or one address.
package struct AddressRange: Sendable, Equatable {
    /// 4 or 16, in network order.
    let bytes: [UInt8]
    let prefixBits: Int

    /// Nil: `text` is no address, or its prefix is longer than one.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let bytes = Self.address(String(first)) else { return nil }
        let bits = parts.count == 2 ? Int(parts[1]) : bytes.count * 8
        guard let bits, bits >= 0, bits <= bytes.count * 8 else { return nil }
        self.bytes = bytes
        self.prefixBits = bits
    }

    func contains(_ address: [UInt8]) -> Bool {
        guard address.count == bytes.count else { return false }
        let whole = prefixBits / 8
        guard address[..<whole] == bytes[..<whole] else { return false }
        let rest = prefixBits % 8
        return rest == 0 || (address[whole] ^ bytes[whole]) >> (8 - rest) == 0
    }

    private static func address(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
        return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
    }
}
