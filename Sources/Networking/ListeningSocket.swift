import CLinux
import Glibc

/// A bound and listening TCP socket; closed with its last owner.
package final class ListeningSocket: Sendable {
    package let descriptor: Int32
    package let port: UInt16

    /// Connections that the kernel holds until they are accepted; it caps this by `net.core.somaxconn`.
    private static let backlog: Int32 = 1024

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        self.port = SocketAddress(localOf: descriptor).port
    }

    deinit {
        close(descriptor)
    }

    /// One set of sockets for each of `count` workers, with a socket for each address that `address` means.
    ///
    /// The kernel spreads new connections over the sets (`SO_REUSEPORT`). It would spread them over a second
    /// hub on the same port too, silently: so each address is bound without that option first.
    ///
    /// - Throws: `SystemError` where the address is taken, not of this machine or not allowed.
    package static func open(_ address: ListenAddress, count: Int) throws(SystemError) -> [[ListeningSocket]]
    {
        var sets = Array(repeating: [ListeningSocket](), count: count)
        var port = address.port
        for var candidate in try candidates(for: address) {
            candidate.port = port
            // Closed again by its owner's end: the probe only has to succeed.
            if port != 0 { _ = try bound(to: candidate, shared: false, named: address) }
            for index in 0..<count {
                let socket = try bound(to: candidate, shared: true, named: address)
                guard listen(socket.descriptor, backlog) == 0 else {
                    throw SystemError("listen on \(address)")
                }
                sets[index].append(socket)
                // The first socket picks the port where any is welcome; the others follow it.
                port = socket.port
                candidate.port = port
            }
        }
        return sets
    }

    /// All addresses of the machine are one IPv6 socket that takes IPv4 too, or IPv4 where there is no IPv6.
    private static func candidates(for address: ListenAddress) throws(SystemError) -> [SocketAddress] {
        if let host = address.host { return try SocketAddress.resolve(host: host, port: address.port) }
        let probe = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
        close(probe)
        return try SocketAddress.resolve(host: probe >= 0 ? "::" : "0.0.0.0", port: address.port)
    }

    private static func bound(
        to candidate: SocketAddress, shared: Bool, named address: ListenAddress
    ) throws(SystemError) -> ListeningSocket {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(candidate.family, type, 0)
        guard descriptor >= 0 else { throw SystemError("open a socket for \(address)") }
        // A restarted hub finds connections of its predecessor in TIME_WAIT on its port.
        setOption(SO_REUSEADDR, level: SOL_SOCKET, of: descriptor, to: 1)
        if shared { setOption(SO_REUSEPORT, level: SOL_SOCKET, of: descriptor, to: 1) }
        if candidate.family == AF_INET6 {
            setOption(
                IPV6_V6ONLY, level: Int32(IPPROTO_IPV6), of: descriptor, to: address.host == nil ? 0 : 1)
        }
        guard candidate.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
            defer { close(descriptor) }
            throw SystemError("listen on \(address)")
        }
        return ListeningSocket(descriptor: descriptor)
    }
}

/// Sets an integer option of a socket; a kernel that does not know it leaves the socket as it is.
package func setOption(_ option: Int32, level: Int32, of descriptor: Int32, to value: Int32) {
    var value = value
    _ = setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
}
