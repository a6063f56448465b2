import CCurl
import CLinux
package import Networking

/// The HTTP client of one worker: libcurl's multi interface on its reactor.
///
/// libcurl keeps the connections and says which descriptors and which time it waits for. Its callbacks run
/// inside `curl_multi_…` and may not call it again: they only note, and waiters resume as jobs of their own.
package final class HTTPClient {
    private let reactor: Reactor
    private let configuration: HTTPClientConfiguration
    private let multi: UnsafeMutableRawPointer
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
    private var watches: [Int32: Watch] = [:]
    private var timer: TimerID?
    /// Handles that are set up and not in use.
    private var idle: [UnsafeMutableRawPointer] = []
    private var last = 0
    private var numbers: [Int: UnsafeMutableRawPointer] = [:]

    /// Handles kept for the next requests: setting one up takes longer than resetting it.
    private static let idleMax = 64

    package init(on reactor: Reactor, configuration: HTTPClientConfiguration = HTTPClientConfiguration()) {
        self.reactor = reactor
        self.configuration = configuration
        _ = Self.isSetUp
        guard let multi = curl_multi_init() else { preconditionFailure("libcurl cannot be set up") }
        self.multi = multi
        let context = Unmanaged.passUnretained(self).toOpaque()
        atria_curl_multi_set_functions(multi, watchSocket, setTimer, context)
        atria_curl_multi_set_long(
            multi, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.connectionsPerHostMax)
        atria_curl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.connectionsMax)
        atria_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.connectionsMax)
    }

    // On the reactor, like all else; who awaits an answer keeps the client, so no transfer is left.
    deinit {
        if let timer { reactor.cancel(timer) }
        for descriptor in watches.keys { reactor.unregister(descriptor) }
        atria_curl_multi_set_functions(multi, nil, nil, nil)
        for easy in idle { curl_easy_cleanup(easy) }
        curl_multi_cleanup(multi)
    }

    // Not safe where two threads do it at once, as two workers might.
    private static let isSetUp = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Sends `request` and awaits the whole answer, whatever its status.
    ///
    /// To be called from a task of the worker (`worker.spawn`); a cancelled one ends the transfer.
    package func send(_ request: ClientRequest) async throws(HTTPClientError) -> ClientResponse {
        let end = MonotonicTime.now + request.deadline
        var request = request
        for _ in 0...request.redirectsMax {
            let response = try await exchange(request, until: end)
            guard request.redirectsMax > 0, request.method == .get || request.method == .head,
                [301, 302, 303, 307, 308].contains(response.status),
                let location = response.headers["Location"],
                let next = URLParts.resolve(location, against: request.url)
            else { return response }
            request = request.redirected(to: next)
        }
        throw HTTPClientError(
            .tooManyRedirects, "more than \(request.redirectsMax) redirects, the last to \(request.url)")
    }

    // MARK: Transfers

    private func exchange(
        _ request: ClientRequest, until end: MonotonicTime
    ) async throws(HTTPClientError) -> ClientResponse {
        let timeLeft = end.remaining
        guard timeLeft > .zero else { throw HTTPClientError(.deadlinePassed, "the deadline has passed") }
        guard transfers.count < configuration.requestsMax else {
            throw HTTPClientError(.saturated, "\(configuration.requestsMax) requests are under way")
        }
        last += 1
        let number = last
        // Sent to the client's own reactor, and used there only.
        nonisolated(unsafe) let client = self
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                start(request, number: number, timeLeft: timeLeft, continuation)
            }
        } onCancel: { [reactor] in
            reactor.perform { reactor.later { client.cancel(number) } }
        }
        return try outcome.get()
    }

    private func start(
        _ request: ClientRequest, number: Int, timeLeft: Duration,
        _ continuation: UnsafeContinuation<Transfer.Outcome, Never>
    ) {
        // A task that does not prefer the reactor comes here on another thread: the standard library runs
        // what may be cancelled where the task prefers to be.
        reactor.checkIsolated()
        let cancelled = HTTPClientError(.cancelled, "the request was cancelled")
        guard !Task.isCancelled else { return continuation.resume(returning: .failure(cancelled)) }
        guard let easy = idle.popLast() ?? curl_easy_init() else {
            return continuation.resume(returning: .failure(HTTPClientError(.saturated, "out of memory")))
        }
        do {
            let transfer = try Transfer(
                request, on: easy, configuration: configuration, number: number, timeLeft: timeLeft,
                continuation: continuation)
            transfers[easy] = transfer
            numbers[number] = easy
            curl_multi_add_handle(multi, easy)
        } catch {
            recycle(easy)
            continuation.resume(returning: .failure(error))
        }
    }

    private func cancel(_ number: Int) {
        guard let easy = numbers[number], let transfer = remove(easy) else { return }
        transfer.fail(HTTPClientError(.cancelled, "the request was cancelled"))
        recycle(easy)
    }

    private func remove(_ easy: UnsafeMutableRawPointer) -> Transfer? {
        guard let transfer = transfers.removeValue(forKey: easy) else { return nil }
        numbers[transfer.number] = nil
        curl_multi_remove_handle(multi, easy)
        return transfer
    }

    private func recycle(_ easy: UnsafeMutableRawPointer) {
        guard idle.count < Self.idleMax else { return curl_easy_cleanup(easy) }
        curl_easy_reset(easy)
        idle.append(easy)
    }

    // MARK: Driving libcurl

    /// Lets libcurl act on `descriptor`, or on its timeouts, and finishes what is complete then.
    fileprivate func act(on descriptor: curl_socket_t, _ events: Int32) {
        var running: Int32 = 0
        curl_multi_socket_action(multi, descriptor, events, &running)
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            // Copied: the message does not outlive the removal of its handle.
            let (kind, handle, result) = (
                message.pointee.msg, message.pointee.easy_handle, message.pointee.data.result
            )
            guard kind == CURLMSG_DONE, let easy = handle, let transfer = transfers[easy] else { continue }
            transfer.finish(result)
            _ = remove(easy)
            recycle(easy)
        }
    }

    fileprivate func watch(_ descriptor: Int32, for what: Int32) {
        if what == CURL_POLL_REMOVE {
            guard watches.removeValue(forKey: descriptor) != nil else { return }
            reactor.unregister(descriptor)
            return
        }
        var events: UInt32 = 0
        if what & CURL_POLL_IN != 0 { events |= EPOLLIN.rawValue }
        if what & CURL_POLL_OUT != 0 { events |= EPOLLOUT.rawValue }
        if watches[descriptor] == nil {
            let watch = Watch(descriptor, client: self)
            watches[descriptor] = watch
            reactor.register(watch, for: descriptor, events: events)
        } else {
            reactor.watch(descriptor, for: events)
        }
    }

    fileprivate func wake(after milliseconds: Int) {
        if let timer { reactor.cancel(timer) }
        timer = nil
        guard milliseconds >= 0 else { return }
        timer = reactor.schedule(after: .milliseconds(milliseconds)) { [weak self] in
            self?.timer = nil
            self?.act(on: CURL_SOCKET_TIMEOUT, 0)
        }
    }
}

/// A descriptor that libcurl waits for.
private final class Watch: EventSource {
    private let descriptor: Int32
    private weak var client: HTTPClient?

    init(_ descriptor: Int32, client: HTTPClient) {
        self.descriptor = descriptor
        self.client = client
    }

    func ready(_ events: UInt32) {
        var what: Int32 = 0
        if events & EPOLLIN.rawValue != 0 { what |= CURL_CSELECT_IN }
        if events & EPOLLOUT.rawValue != 0 { what |= CURL_CSELECT_OUT }
        if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { what |= CURL_CSELECT_ERR }
        client?.act(on: descriptor, what)
    }
}

private func watchSocket(
    _ easy: UnsafeMutableRawPointer?, _ descriptor: curl_socket_t, _ what: Int32,
    _ context: UnsafeMutableRawPointer?, _ socketContext: UnsafeMutableRawPointer?
) -> Int32 {
    client(context).watch(descriptor, for: what)
    return 0
}

private func setTimer(
    _ multi: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    client(context).wake(after: milliseconds)
    return 0
}

private func client(_ context: UnsafeMutableRawPointer?) -> HTTPClient {
    guard let context else { preconditionFailure("libcurl called back without its client") }
    return Unmanaged<HTTPClient>.fromOpaque(context).takeUnretainedValue()
}
