import CLinux
import Networking

/// A client's socket as one task reads and writes it: a wait ends at a deadline, or with `abort`.
final class ClientStream: EventSource {
    /// What has come in and is not used yet.
    var input = ByteBuffer()
    /// What goes out with the next flush.
    var output = ByteBuffer()
    /// When a wait has been too long; looked at by `check`.
    var deadline: MonotonicTime

    /// While the task waits for something else: called once if the client is found to have gone.
    var onAbsence: (() -> Void)?
    /// What may be sent in the meantime to a client that has closed its side, to see whether it is there.
    var probe: StaticString?

    private let reactor: Reactor
    private let absenceTime: Duration
    private let stream: SocketStream
    private var waiter: UnsafeContinuation<Wake, Never>?
    private var probeTime: MonotonicTime?
    private var isRegistered = true
    private var isLost = false

    private enum Wake {
        case ready, late
    }

    /// Why a wait has ended without what it was for.
    enum Interruption: Error {
        /// The deadline has passed.
        case late
        /// The connection is broken, or was aborted.
        case lost
    }

    /// Bytes read at once: more than most requests, and the share of one client in a turn.
    private static let readBytes = 16 * 1024
    // EPOLLRDHUP always: it tells of a client that goes while its answer is made, and changing the set for
    // each request would cost two system calls.
    private static let reading = EPOLLIN.rawValue | EPOLLRDHUP.rawValue

    init(
        _ stream: consuming SocketStream, on reactor: Reactor, deadline: MonotonicTime, absenceTime: Duration
    ) {
        self.stream = stream
        self.reactor = reactor
        self.deadline = deadline
        self.absenceTime = absenceTime
        reactor.register(self, for: self.stream.descriptor, events: Self.reading)
    }

    // MARK: Reading and writing

    /// Waits for bytes and appends them to `input`; false: the client sends no more.
    func fill() async throws(Interruption) -> Bool {
        if !stream.hasBuffered { try await wait(for: Self.reading) }
        while true {
            let transfer = stream.read(into: input.room(for: Self.readBytes))
            switch transfer {
            case .bytes(let count):
                input.commit(count)
                return true
            case .blocked(let events): try await wait(for: events == EPOLLIN.rawValue ? Self.reading : events)
            case .ended: return false
            case .failed: throw .lost
            }
        }
    }

    /// Writes `output`, then `body` from `offset` on.
    func flush(then body: [UInt8] = [], from offset: Int = 0, pace: Pace) async throws(Interruption) {
        var offset = offset
        var written = 0
        var start: MonotonicTime?
        while !output.isEmpty || offset < body.count {
            guard !isLost else { throw .lost }
            let transfer =
                output.isEmpty
                ? body.withUnsafeBytes { stream.write(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
                : stream.write(output.readable)
            switch transfer {
            case .bytes(let count):
                written += count
                if output.isEmpty { offset += count } else { output.consume(count) }
            case .blocked(let events):
                let began = start ?? .now
                start = began
                deadline = pace.deadline(from: began, bytes: written)
                try await wait(for: events)
            case .ended, .failed: throw .lost
            }
        }
    }

    /// Says to the client that no more will come.
    func endWriting() {
        stream.endWriting()
    }

    // MARK: Waiting

    private func wait(for events: UInt32) async throws(Interruption) {
        let wake = await withUnsafeContinuation { (continuation: UnsafeContinuation<Wake, Never>) in
            guard !isLost else { return continuation.resume(returning: .ready) }
            waiter = continuation
            probeTime = nil
            // Only here: a new task may reach its first suspension a turn late, and what `ready` has
            // done in that turn has to be undone after it.
            reactor.watch(stream.descriptor, for: events)
        }
        guard !isLost else { throw .lost }
        if wake == .late { throw .late }
    }

    func ready(_ events: UInt32) {
        if let waiter = waiter.take() {
            waiter.resume(returning: .ready)
        } else if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 {
            lose()
        } else if events & EPOLLRDHUP.rawValue != 0 {
            // It may have gone, or have closed only its own side and be waiting for the answer.
            probeTime = .now + absenceTime
            reactor.watch(stream.descriptor, for: 0)
        } else {
            // Its next request can wait; level-triggered events would not.
            reactor.watch(stream.descriptor, for: EPOLLRDHUP.rawValue)
        }
    }

    /// Ends what has waited beyond its deadline, asks a silent client whether it is there, and gives back
    /// the memory that a waiting connection does not need.
    func check(at now: MonotonicTime) {
        guard let waiter else {
            sendProbe(at: now)
            return
        }
        input.releaseIfEmpty()
        output.releaseIfEmpty()
        if now >= deadline {
            self.waiter = nil
            waiter.resume(returning: .late)
        }
    }

    /// Ends this connection: whatever waits on it throws `lost`.
    func abort() {
        lose()
        waiter.take()?.resume(returning: .ready)
    }

    /// To be called when nobody will use the stream any more.
    func close() {
        onAbsence = nil
        unregister()
    }

    /// A client that has gone answers with a reset, which epoll reports.
    private func sendProbe(at now: MonotonicTime) {
        guard let probeTime, now >= probeTime, let probe, !isLost else { return }
        self.probeTime = nil
        let bytes = UnsafeRawBufferPointer(start: probe.utf8Start, count: probe.utf8CodeUnitCount)
        if stream.write(bytes) != .bytes(bytes.count) { lose() }
    }

    private func lose() {
        guard !isLost else { return }
        isLost = true
        // A broken connection is reported at each turn for as long as it is registered.
        unregister()
        onAbsence.take()?()
    }

    private func unregister() {
        guard isRegistered else { return }
        isRegistered = false
        reactor.unregister(stream.descriptor)
    }
}
