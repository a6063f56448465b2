import CLinux
import Glibc
import Synchronization

/// The one thread that waits for what libpq and the resolver can only do blocking.
enum HelperThread {
    private static let queue = Mutex<[@Sendable () -> Void]>([])
    // A semaphore that counts the work in the queue.
    private static let available = start()

    /// Runs `work` after what was given before; it says itself where its result goes.
    static func run(_ work: @escaping @Sendable () -> Void) {
        queue.withLock { $0.append(work) }
        eventfd_write(available, 1)
    }

    private static func start() -> Int32 {
        let available = eventfd(0, Int32(EFD_SEMAPHORE | EFD_CLOEXEC))
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, runHelper, nil)
        precondition(available >= 0 && result == 0, "the helper thread cannot be started")
        return available
    }

    fileprivate static func loop() {
        while true {
            var count: UInt64 = 0
            guard eventfd_read(available, &count) == 0 else { continue }
            queue.withLock { $0.removeFirst() }()
        }
    }
}

// A function, not a closure: a closure would inherit an isolation that the new thread does not have.
private func runHelper(_: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    HelperThread.loop()
    return nil
}
