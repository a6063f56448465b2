import CLinux
import Glibc
import Synchronization

/// The one thread that waits for what libpq and the resolver can only do blocking.
final class HelperThread: Sendable {
    static let shared = HelperThread()

    private let queue = Mutex<[@Sendable () -> Void]>([])
    /// A semaphore that counts the work in the queue.
    private let available = eventfd(0, Int32(EFD_SEMAPHORE | EFD_CLOEXEC))

    private init() {
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, runHelper, Unmanaged.passRetained(self).toOpaque())
        precondition(available >= 0 && result == 0, "the helper thread cannot be started")
    }

    /// Runs `work` after what was given before; it says itself where its result goes.
    func run(_ work: @escaping @Sendable () -> Void) {
        queue.withLock { $0.append(work) }
        eventfd_write(available, 1)
    }

    fileprivate func loop() {
        while true {
            var count: UInt64 = 0
            guard eventfd_read(available, &count) == 0 else { continue }
            queue.withLock { $0.removeFirst() }()
        }
    }
}

// A function, not a closure: a closure would inherit an isolation that the new thread does not have.
private func runHelper(_ helper: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let helper else { preconditionFailure("the helper thread was started without its queue") }
    Unmanaged<HelperThread>.fromOpaque(helper).takeRetainedValue().loop()
    return nil
}
