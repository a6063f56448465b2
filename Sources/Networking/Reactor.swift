import CLinux
import Glibc
import Synchronization

/// A file descriptor's owner, told when the kernel has news for it.
package protocol EventSource: AnyObject {
    /// Runs on the reactor's thread. `events` are epoll bits (`EPOLLIN`, …).
    func ready(_ events: UInt32)
}

/// Work that a reactor runs once, right before it waits for the kernel again.
package protocol TickObserver: AnyObject {
    /// Everything of this turn has run: what was gathered goes out now (a database Sync, a flush).
    func endOfTick()
}

/// One epoll loop on one thread, and the executor of everything confined to that thread.
///
/// It is a serial executor (of the actors that live here) and a task executor (of their tasks). Both
/// are needed: without the task's preference every suspension crosses to the default pool and back.
///
/// Fair by its turns: a turn runs the jobs that were there when it began, then takes at most
/// `eventsPerTurn` events; what these start waits for the next turn, after the kernel was asked.
///
/// `@unchecked Sendable`: all but `inbox`, `thread` and `isStopping` is touched only on the reactor's own
/// thread.
package final class Reactor: SerialExecutor, TaskExecutor, @unchecked Sendable {
    /// Events taken from the kernel at once: enough to gather the work of a busy turn into one database
    /// round trip, few enough that timers and jobs are not kept waiting.
    private static let eventsPerTurn = 256

    private let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    private let wakeup = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
    private let inbox = Inbox<Letter>()
    private let thread = Atomic<UInt>(0)
    private let isStopping = Atomic<Bool>(false)
    // Two arrays that change places each turn, so that neither is allocated anew.
    private var jobs: [Work] = []
    private var running: [Work] = []
    private var letters: [Letter] = []
    private var timers = TimerQueue()
    private var observers: [any TickObserver] = []

    private enum Work {
        case job(UnownedJob)
        case call(() -> Void)
    }

    /// Work from another thread.
    private enum Letter: Sendable {
        case job(UnownedJob)
        case call(@Sendable () -> Void)
    }

    // The generation tells a descriptor from an earlier one of the same number, whose last events may
    // still be in the batch at hand.
    private struct Slot {
        var source: (any EventSource)?
        var generation: UInt32 = 0
        var events: UInt32 = 0
    }
    private var slots: [Slot] = []
    private var generation: UInt32 = 0

    // Nanoseconds of the monotonic clock.
    private var turnBegan: UInt64 = 0
    private var longestTurn: UInt64 = 0

    package init() {
        Self.ignoreBrokenPipes
        control(EPOLL_CTL_ADD, wakeup, events: EPOLLIN.rawValue, generation: 0)
    }

    // OpenSSL writes to its sockets without MSG_NOSIGNAL: a client that has gone would end the process.
    private static let ignoreBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    deinit {
        close(epoll)
        close(wakeup)
    }

    package var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    // MARK: Descriptors

    /// Watches `descriptor` for `events` (epoll bits, level-triggered); `source` is kept until `unregister`.
    package func register(_ source: any EventSource, for descriptor: Int32, events: UInt32 = EPOLLIN.rawValue)
    {
        generation &+= 1
        let index = Int(descriptor)
        if index >= slots.count { slots += Array(repeating: Slot(), count: index + 64 - slots.count) }
        slots[index] = Slot(source: source, generation: generation, events: events)
        control(EPOLL_CTL_ADD, descriptor, events: events, generation: generation)
    }

    /// Changes the events that `descriptor` is watched for; nothing where they are the same.
    package func watch(_ descriptor: Int32, for events: UInt32) {
        let index = Int(descriptor)
        guard slots[index].events != events else { return }
        slots[index].events = events
        control(EPOLL_CTL_MOD, descriptor, events: events, generation: slots[index].generation)
    }

    /// Forgets `descriptor`, which has to be open still and is closed by the caller.
    package func unregister(_ descriptor: Int32) {
        slots[Int(descriptor)] = Slot()
        var unused = epoll_event()
        epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &unused)
    }

    private func control(_ operation: Int32, _ descriptor: Int32, events: UInt32, generation: UInt32) {
        var event = epoll_event()
        event.events = events
        event.data.u64 = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
        let result = epoll_ctl(epoll, operation, descriptor, &event)
        precondition(result == 0, "epoll_ctl failed with errno \(errno)")
    }

    // MARK: Work

    /// Runs `body` in the next turn of the loop, on this reactor, which the caller is on.
    package func later(_ body: @escaping () -> Void) {
        jobs.append(.call(body))
    }

    /// Runs `body` on this reactor: at once where the caller is on it, else through the inbox.
    package func perform(_ body: @escaping @Sendable () -> Void) {
        if isCurrent { body() } else { send(.call(body)) }
    }

    /// Tells `observer` at the end of each turn from now on, until the reactor ends.
    package func observe(_ observer: any TickObserver) {
        observers.append(observer)
    }

    package func stopObserving(_ observer: any TickObserver) {
        observers.removeAll { $0 === observer }
    }

    private func send(_ letter: Letter) {
        // Once for all that come before the reactor looks.
        if inbox.put(letter) { eventfd_write(wakeup, 1) }
    }

    // MARK: Time

    /// Runs `body` once, on this reactor, when `delay` has passed.
    package func schedule(after delay: Duration, _ body: @escaping () -> Void) -> TimerID {
        timers.add(at: MonotonicTime.now + delay, body)
    }

    package func cancel(_ timer: TimerID) {
        timers.remove(timer)
    }

    // MARK: Executor

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent { jobs.append(.job(job)) } else { send(.job(job)) }
    }

    // Said here because both protocols bring a default.
    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
    package func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

    package func checkIsolated() {
        precondition(isCurrent, "not on the reactor's thread")
    }

    package func isIsolatingCurrentContext() -> Bool? { isCurrent }

    // MARK: Loop

    /// Runs the loop on a thread of its own.
    package func start() {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        let result = pthread_create(&thread, nil, runReactor, argument)
        precondition(result == 0, "pthread_create failed with \(result)")
        pthread_detach(thread)
    }

    /// Ends the loop after its present turn.
    package func stop() {
        isStopping.store(true, ordering: .relaxed)
        eventfd_write(wakeup, 1)
    }

    package func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        var events = [epoll_event](repeating: epoll_event(), count: Self.eventsPerTurn)
        turnBegan = MonotonicTime.now.nanoseconds
        while !isStopping.load(ordering: .relaxed) {
            runJobs()
            for observer in observers { observer.endOfTick() }
            let timeout = timeout
            longestTurn = max(longestTurn, MonotonicTime.now.nanoseconds &- turnBegan)
            let count = epoll_wait(epoll, &events, Int32(events.count), timeout)
            turnBegan = MonotonicTime.now.nanoseconds
            for index in 0..<Int(max(0, count)) {
                dispatch(events[index])
            }
            runTimers()
        }
    }

    /// How long the longest turn took since the last question: what became ready meanwhile waited for its end.
    package func takeLongestTurn() -> Duration {
        defer { longestTurn = 0 }
        return .nanoseconds(Int64(longestTurn))
    }

    /// Milliseconds until something is due; -1: nothing is.
    private var timeout: Int32 {
        guard jobs.isEmpty else { return 0 }
        guard let due = timers.nextDue else { return -1 }
        return due.milliseconds(since: MonotonicTime.now)
    }

    private func dispatch(_ event: epoll_event) {
        let descriptor = Int32(truncatingIfNeeded: event.data.u64)
        if descriptor == wakeup {
            drainInbox()
        } else if slots[Int(descriptor)].generation == UInt32(event.data.u64 >> 32) {
            slots[Int(descriptor)].source?.ready(event.events)
        }
    }

    private func runJobs() {
        guard !jobs.isEmpty else { return }
        swap(&jobs, &running)
        let (serial, task) = (asUnownedSerialExecutor(), asUnownedTaskExecutor())
        for work in running {
            switch work {
            case .job(let job): job.runSynchronously(isolatedTo: serial, taskExecutor: task)
            case .call(let body): body()
            }
        }
        running.removeAll(keepingCapacity: true)
    }

    private func runTimers() {
        guard timers.nextDue != nil else { return }
        let now = MonotonicTime.now
        while let body = timers.takeDue(at: now) { body() }
    }

    private func drainInbox() {
        var count: UInt64 = 0
        eventfd_read(wakeup, &count)
        inbox.fetch(into: &letters)
        for letter in letters {
            switch letter {
            case .job(let job): jobs.append(.job(job))
            case .call(let body): jobs.append(.call(body))
            }
        }
        letters.removeAll(keepingCapacity: true)
    }
}

// A function, not a closure: a closure would inherit an isolation that the new thread does not have.
private func runReactor(_ reactor: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let reactor else { preconditionFailure("a reactor's thread was started without its reactor") }
    Unmanaged<Reactor>.fromOpaque(reactor).takeRetainedValue().run()
    return nil
}
