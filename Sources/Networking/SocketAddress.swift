package import CLinux
import Glibc

/// An IPv4 or IPv6 address with its port.
package struct SocketAddress: Sendable {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    private init() {}

    /// A copy of what the system gave.
    package init(_ address: UnsafePointer<sockaddr>, length: socklen_t) {
        self.length = min(length, self.length)
        memcpy(&storage, address, Int(self.length))
    }

    /// The address that `descriptor` is bound to.
    package init(localOf descriptor: Int32) {
        _ = withMutablePointer { getsockname(descriptor, $0, $1) }
    }

    /// What `host` means on this machine, in the order of the resolver; blocks: for the start only.
    package static func resolve(host: String, port: UInt16) throws(SystemError) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(host, String(port), &hints, &list)
        guard result == 0 else {
            // The resolver has numbers of its own; to the reader all of them say this.
            throw SystemError("resolve \(host)", code: result == EAI_SYSTEM ? errno : EADDRNOTAVAIL)
        }
        defer { freeaddrinfo(list) }
        return sequence(first: list, next: { $0?.pointee.ai_next.map { .some($0) } })
            .compactMap { entry in
                guard let entry, let address = entry.pointee.ai_addr else { return nil }
                return SocketAddress(address, length: entry.pointee.ai_addrlen)
            }
    }

    package var family: Int32 { Int32(storage.ss_family) }

    package var port: UInt16 {
        get {
            withUnsafeBytes(of: storage) {
                UInt16(bigEndian: $0.load(fromByteOffset: Self.portOffset, as: UInt16.self))
            }
        }
        set {
            let big = newValue.bigEndian
            withUnsafeMutableBytes(of: &storage) {
                $0.storeBytes(of: big, toByteOffset: Self.portOffset, as: UInt16.self)
            }
        }
    }

    /// The host alone, as text: `127.0.0.1`, `2001:db8::1`; an IPv4 client of an IPv6 socket reads as IPv4.
    package var host: String {
        var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        _ = withPointer {
            getnameinfo($0, $1, &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST)
        }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst(7)) : text
    }

    /// The address alone in network order: 4 or 16 bytes; none where it is of another family.
    package var bytes: [UInt8] {
        let range: Range<Int>
        switch family {
        case AF_INET: range = 4..<8
        case AF_INET6: range = 8..<24
        default: return []
        }
        return withUnsafeBytes(of: storage) { Array($0[range]) }
    }

    package func withPointer<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    package mutating func withMutablePointer<Result>(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
        }
    }

    /// Calls `body` with room for an address that the system will write.
    package static func filled<Result>(
        by body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
    ) -> (SocketAddress, Result) {
        var address = SocketAddress()
        let result = address.withMutablePointer(body)
        return (address, result)
    }

    // Both families keep the port behind the two bytes of the family.
    private static let portOffset = 2
}
