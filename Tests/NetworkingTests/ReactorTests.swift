import CLinux
import Glibc
import Networking
import Synchronization
import Testing

@Suite struct ReactorTests {
    /// Runs `body` on a reactor of its own, which ends with the test.
    private func onReactor<Result: Sendable>(
        _ body: @escaping @Sendable (Reactor, CheckedContinuation<Result, Never>) -> Void
    ) async -> Result {
        let reactor = Reactor()
        reactor.start()
        defer { reactor.stop() }
        return await withCheckedContinuation { continuation in
            reactor.perform { body(reactor, continuation) }
        }
    }

    @Test func `timers run in the order of their time, and a cancelled one does not`() async {
        let order: [Int] = await onReactor { reactor, continuation in
            nonisolated(unsafe) var order: [Int] = []
            for number in [3, 1, 2] {
                _ = reactor.schedule(after: .milliseconds(number * 10)) {
                    order.append(number)
                    if order.count == 3 { continuation.resume(returning: order) }
                }
            }
            let cancelled = reactor.schedule(after: .milliseconds(15)) { order.append(0) }
            reactor.cancel(cancelled)
        }

        #expect(order == [1, 2, 3])
    }

    @Test func `what a job starts runs after what was there before it`() async {
        let order: [Int] = await onReactor { reactor, continuation in
            nonisolated(unsafe) var order: [Int] = []
            reactor.later {
                order.append(1)
                reactor.later {
                    order.append(3)
                    continuation.resume(returning: order)
                }
            }
            reactor.later { order.append(2) }
        }

        #expect(order == [1, 2, 3])
    }

    @Test func `what other threads hand in runs on the reactor, each once`() async {
        let reactor = Reactor()
        reactor.start()
        defer { reactor.stop() }
        let total: Int = await withCheckedContinuation { continuation in
            nonisolated(unsafe) var count = 0
            for _ in 0..<4 {
                Task.detached {
                    for _ in 0..<2_500 {
                        reactor.perform {
                            count += reactor.isCurrent ? 1 : 1_000_000
                            if count == 10_000 { continuation.resume(returning: count) }
                        }
                    }
                }
            }
        }

        #expect(total == 10_000)
    }

    @Test func `a spawned task stays on its worker through its suspensions`() async {
        let worker = Worker(reactor: Reactor())
        worker.reactor.start()
        defer { worker.reactor.stop() }

        let wasCurrent = await worker.suspendRepeatedly()

        #expect(wasCurrent.count == 10 && !wasCurrent.contains(false))
    }

    @Test func `the end of a turn comes after its jobs`() async {
        let order: [String] = await onReactor { reactor, continuation in
            let observer = Recorder(continuation)
            reactor.observe(observer)
            reactor.later { observer.order.append("job") }
            reactor.later { observer.order.append("job") }
        }

        #expect(order == ["job", "job", "end"])
    }

    @Test func `events of a descriptor that was closed do not reach its successor`() async {
        let heard: [String] = await onReactor { reactor, continuation in
            let first = Pipe("first", on: reactor)
            let second = Pipe("second", on: reactor)
            // Both are readable in one turn; the first to hear closes both and opens another in their place.
            nonisolated(unsafe) var heard: [String] = []
            nonisolated(unsafe) var successors: [Pipe] = []
            for pipe in [first, second] {
                pipe.heard = { name in
                    heard.append(name)
                    first.close()
                    second.close()
                    successors = [Pipe("third", on: reactor), Pipe("fourth", on: reactor)]
                    for successor in successors { successor.heard = { heard.append($0) } }
                }
                pipe.write()
            }
            _ = reactor.schedule(after: .milliseconds(30)) {
                continuation.resume(returning: heard)
                for successor in successors { successor.close() }
            }
        }

        #expect(heard.count == 1)
        #expect(!heard.contains("third") && !heard.contains("fourth"))
    }

    @Test func `signals are heard on the reactor`() async {
        let heard: Int32 = await onReactor { reactor, continuation in
            // Raised by the thread itself, so that no other thread's mask matters.
            SignalSource.block([SIGUSR2])
            nonisolated(unsafe) var source: SignalSource?
            source = SignalSource([SIGUSR2], on: reactor) { signal in
                source?.close()
                continuation.resume(returning: signal)
            }
            raise(SIGUSR2)
        }

        #expect(heard == SIGUSR2)
    }
}

extension Worker {
    fileprivate func suspendRepeatedly() async -> [Bool] {
        let reactor = reactor
        return await withCheckedContinuation { done in
            spawn { _ in
                var wasCurrent: [Bool] = []
                for _ in 0..<10 {
                    await withUnsafeContinuation { continuation in
                        _ = reactor.schedule(after: .microseconds(100)) { continuation.resume() }
                    }
                    wasCurrent.append(reactor.isCurrent)
                }
                done.resume(returning: wasCurrent)
            }
        }
    }
}

private final class Recorder: TickObserver {
    var order: [String] = []
    private let continuation: CheckedContinuation<[String], Never>

    init(_ continuation: CheckedContinuation<[String], Never>) {
        self.continuation = continuation
    }

    func endOfTick() {
        guard !order.isEmpty, order.last != "end" else { return }
        order.append("end")
        continuation.resume(returning: order)
    }
}

/// An eventfd, readable once it was written to.
private final class Pipe: EventSource {
    var heard: ((String) -> Void)?
    private let name: String
    private let reactor: Reactor
    private let descriptor = eventfd(0, Int32(EFD_NONBLOCK))

    init(_ name: String, on reactor: Reactor) {
        self.name = name
        self.reactor = reactor
        reactor.register(self, for: descriptor)
    }

    func write() {
        eventfd_write(descriptor, 1)
    }

    func close() {
        reactor.unregister(descriptor)
        Glibc.close(descriptor)
    }

    func ready(_ events: UInt32) {
        heard?(name)
    }
}
