import CLinux
import COpenSSL
import Glibc

/// TLS on one nonblocking socket, whose descriptor belongs to someone else; confined to one reactor.
package final class TLSSession {
    private let native: OpaquePointer

    init(_ native: OpaquePointer) {
        self.native = native
    }

    deinit {
        SSL_free(native)
    }

    var hasPending: Bool { SSL_pending(native) > 0 }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        // The queue is the thread's: another session's errors would be taken for this one's.
        ERR_clear_error()
        var count = 0
        let result = SSL_read_ex(native, buffer.baseAddress, buffer.count, &count)
        return result == 1 ? .bytes(count) : outcome(of: result)
    }

    func write(_ buffer: UnsafeRawBufferPointer) -> Transfer {
        ERR_clear_error()
        var count = 0
        let result = SSL_write_ex(native, buffer.baseAddress, buffer.count, &count)
        return result == 1 ? .bytes(count) : outcome(of: result)
    }

    /// Sends close_notify; the peer's own is not awaited.
    func endWriting() {
        ERR_clear_error()
        // Refused only where the handshake has not ended: then there is nothing to end either.
        if SSL_is_init_finished(native) == 1 { SSL_shutdown(native) }
    }

    private func outcome(of result: Int32) -> Transfer {
        switch SSL_get_error(native, result) {
        case SSL_ERROR_WANT_READ: .blocked(EPOLLIN.rawValue)
        case SSL_ERROR_WANT_WRITE: .blocked(EPOLLOUT.rawValue)
        case SSL_ERROR_ZERO_RETURN: .ended
        default: .failed
        }
    }
}
