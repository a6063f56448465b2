import CLinux
import Glibc

/// A client that has just connected: a nonblocking socket that belongs to who takes it.
package struct AcceptedSocket: Sendable {
    package let descriptor: Int32
    /// The client's address, without its port.
    package let peer: String
}

/// Accepts the connections of one listening socket, on one reactor.
package final class Listener: EventSource {
    private let socket: ListeningSocket
    private let reactor: Reactor
    private var waiter: UnsafeContinuation<Void, Never>?
    private var isOpen = true
    /// Clients that had connected when this was closed.
    private var last: [AcceptedSocket] = []
    private var acceptedInARow = 0

    /// Clients accepted before the reactor's other work has its turn: a storm of connections must not
    /// stop those that are served.
    private static let acceptsPerTurn = 64
    /// How long nothing is accepted after the process ran out of descriptors or memory: the kernel keeps
    /// the clients meanwhile, and one connection that ends is enough to go on.
    private static let pause = Duration.milliseconds(100)

    package init(_ socket: ListeningSocket, on reactor: Reactor) {
        self.socket = socket
        self.reactor = reactor
        reactor.register(self, for: socket.descriptor)
    }

    /// The next client; nil once this listener is closed and nobody waits any more.
    ///
    /// One task at a time waits here.
    package func next() async -> AcceptedSocket? {
        while isOpen {
            if acceptedInARow < Self.acceptsPerTurn, let client = accept() {
                acceptedInARow += 1
                return client
            }
            acceptedInARow = 0
            await withUnsafeContinuation { waiter = $0 }
        }
        return last.popLast()
    }

    /// Takes no new clients, who are refused by the kernel from now on; those that have connected already
    /// still come out of `next`.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        while let client = accept() { last.append(client) }
        // The socket itself may have other owners.
        shutdown(socket.descriptor, Int32(SHUT_RD))
        reactor.unregister(socket.descriptor)
        wake()
    }

    package func ready(_ events: UInt32) {
        wake()
    }

    private func wake() {
        waiter.take()?.resume()
    }

    private func accept() -> AcceptedSocket? {
        while true {
            let (address, descriptor) = SocketAddress.filled { atria_accept(socket.descriptor, $0, $1) }
            if descriptor >= 0 {
                // Small answers must not wait for the acknowledgement of earlier ones.
                setOption(TCP_NODELAY, level: Int32(IPPROTO_TCP), of: descriptor, to: 1)
                return AcceptedSocket(descriptor: descriptor, peer: address.host)
            }
            switch errno {
            case EAGAIN: return nil
            // The client has gone between its connecting and our accepting, or we were interrupted.
            case ECONNABORTED, EINTR: continue
            default:
                takeABreak()
                return nil
            }
        }
    }

    private func takeABreak() {
        guard isOpen else { return }
        reactor.watch(socket.descriptor, for: 0)
        _ = reactor.schedule(after: Self.pause) { [self] in
            if isOpen { reactor.watch(socket.descriptor, for: EPOLLIN.rawValue) }
        }
    }
}
