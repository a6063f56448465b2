import CLinux
import Glibc

/// Signals of the process, delivered on a reactor like everything else (signalfd).
package final class SignalSource: EventSource {
    private let descriptor: Int32
    private let reactor: Reactor
    private let handler: (Int32) -> Void

    /// Keeps `signals` from their usual effect; to be called before the first thread starts, since threads
    /// inherit the mask.
    package static func block(_ signals: [Int32]) {
        var set = mask(of: signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Tells `handler` of each of `signals`, which `block` was called with.
    package init(_ signals: [Int32], on reactor: Reactor, handler: @escaping (Int32) -> Void) {
        var set = Self.mask(of: signals)
        self.descriptor = signalfd(-1, &set, Int32(SFD_NONBLOCK) | Int32(SFD_CLOEXEC))
        precondition(descriptor >= 0, "signalfd failed with errno \(errno)")
        self.reactor = reactor
        self.handler = handler
        reactor.register(self, for: descriptor)
    }

    /// Hears no more of them.
    package func close() {
        reactor.unregister(descriptor)
        Glibc.close(descriptor)
    }

    package func ready(_ events: UInt32) {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        while read(descriptor, &info, size) == size {
            handler(Int32(bitPattern: info.ssi_signo))
        }
    }

    private static func mask(of signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }
}
