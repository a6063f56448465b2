import CLinux
import Glibc

/// What one nonblocking read or write came to.
package enum Transfer: Equatable {
    /// So many bytes, at least one.
    case bytes(Int)
    /// Nothing now: go on when epoll reports these events (a TLS read may have to wait until it can write).
    case blocked(UInt32)
    /// The peer will send no more.
    case ended
    /// The connection is broken.
    case failed
}

/// A connected nonblocking socket, plain or under TLS; it owns its descriptor.
package struct SocketStream: ~Copyable {
    package let descriptor: Int32
    private let tls: TLSSession?

    package init(descriptor: Int32, tls: TLSSession? = nil) {
        self.descriptor = descriptor
        self.tls = tls
    }

    deinit {
        close(descriptor)
    }

    /// Whether bytes wait that epoll does not know of, since TLS has taken them from the socket already.
    package var hasBuffered: Bool { tls?.hasPending ?? false }

    package func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        if let tls { return tls.read(into: buffer) }
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .ended }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .blocked(EPOLLIN.rawValue)
            default: return .failed
            }
        }
    }

    package func write(_ buffer: UnsafeRawBufferPointer) -> Transfer {
        if let tls { return tls.write(buffer) }
        while true {
            let count = send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
            if count >= 0 { return .bytes(count) }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .blocked(EPOLLOUT.rawValue)
            default: return .failed
            }
        }
    }

    /// Says to the peer that no more will come; what it sends can still be read.
    package func endWriting() {
        tls?.endWriting()
        shutdown(descriptor, Int32(SHUT_WR))
    }
}
