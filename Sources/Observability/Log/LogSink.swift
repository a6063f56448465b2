import Glibc
import Synchronization

/// Where log lines go: a bounded buffer that a thread of its own writes out.
///
/// A worker only copies its line. A reader that does not keep up (a full pipe) costs lines, which are
/// counted and reported, and never stops a worker.
///
/// `@unchecked Sendable`: the semaphore is made for several threads; the rest is a lock or constant.
package final class LogSink: @unchecked Sendable {
    let format: LogFormat
    private let descriptor: Int32
    private let bytesMax: Int
    private let pending = Mutex(Pending())
    private let writing = Mutex(())
    private let filled: UnsafeMutablePointer<sem_t>

    private struct Pending {
        var bytes: [UInt8] = []
        var dropped = 0
    }

    /// How long lines are gathered before they are written, in microseconds: at most 100 writes a second.
    private static let gatherMicroseconds: UInt32 = 10_000

    /// A sink that lets at most `bytesMax` bytes wait: some 4 000 lines, a tenth of a second at full load.
    package init(
        _ format: LogFormat = .text, descriptor: Int32 = STDERR_FILENO, bytesMax: Int = 1 << 20
    ) {
        self.format = format
        self.descriptor = descriptor
        self.bytesMax = bytesMax
        filled = .allocate(capacity: 1)
        sem_init(filled, 0, 0)
    }

    deinit {
        sem_destroy(filled)
        filled.deallocate()
    }

    /// Starts the thread that writes; without it lines wait for `flush`.
    package func start() {
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, runSink, Unmanaged.passRetained(self).toOpaque())
        precondition(result == 0, "pthread_create failed with \(result)")
    }

    func append(_ line: [UInt8]) {
        let wasEmpty = pending.withLock { pending in
            guard pending.bytes.count + line.count <= bytesMax else {
                pending.dropped += 1
                return false
            }
            pending.bytes += line
            return pending.bytes.count == line.count
        }
        if wasEmpty { sem_post(filled) }
    }

    /// Writes what waits, on this thread: before the process ends.
    package func flush() {
        writing.withLock { _ in
            let taken = pending.withLock { pending in
                defer { pending = Pending() }
                return pending
            }
            write(taken.bytes)
            if taken.dropped > 0 {
                var line = LogLine(format, at: .now, level: .warning, event: "log-lines-dropped")
                line.add("count", taken.dropped)
                write(line.finished())
            }
        }
    }

    fileprivate func run() -> Never {
        while true {
            sem_wait(filled)
            usleep(Self.gatherMicroseconds)
            flush()
        }
    }

    // A log that cannot be written has nowhere to be reported: the lines are given up.
    private func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

// A function, not a closure: a closure would inherit an isolation that the new thread does not have.
private func runSink(_ sink: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let sink else { preconditionFailure("a log's thread was started without its sink") }
    Unmanaged<LogSink>.fromOpaque(sink).takeUnretainedValue().run()
}
