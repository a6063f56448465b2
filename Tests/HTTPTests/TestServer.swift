import Glibc
@testable import HTTP
import Networking
import Synchronization

/// A server on a free port of this machine, on a worker of its own.
final class TestServer: Sendable {
    typealias Answer = @Sendable (Request) async -> Response

    let port: UInt16
    let worker: Worker
    let finished = Mutex<[HTTPExchange]>([])
    /// Requests that the handler has been given.
    var began: Int { counter.began.withLock { $0 } }
    private let counter = Counter()
    private let handle: Handle

    /// `@unchecked Sendable`: the server is used on its worker only.
    private struct Handle: @unchecked Sendable {
        let server: HTTPServer
    }

    private final class Counter: Sendable {
        let began = Mutex(0)
    }

    init(
        limits: HTTPServerLimits = HTTPServerLimits(), cors: CORSPolicy? = nil, tls: TLSServerContext? = nil,
        answer: @escaping Answer = { _ in .text("hello") },
        refuse: @escaping @Sendable (RequestHead) -> Response? = { _ in nil }
    ) async throws {
        let sockets = try ListeningSocket.open(ListenAddress(host: "127.0.0.1", port: 0), count: 1)
        let socket = sockets[0][0]
        port = socket.port
        let reactor = Reactor()
        worker = Worker(reactor: reactor)
        reactor.start()
        var configuration = HTTPServerConfiguration()
        configuration.limits = limits
        configuration.cors = cors
        handle = Handle(
            server: await worker.start(socket, configuration, tls: tls, refuse: refuse) { [counter] request in
                counter.began.withLock { $0 += 1 }
                return await answer(request)
            })
        await worker.observe(handle.server) { [weak self] exchange in
            self?.finished.withLock { $0.append(exchange) }
        }
    }

    deinit {
        worker.reactor.stop()
    }

    func drain(within bound: Duration) async {
        await worker.drain(handle.server, within: bound)
    }

    /// The exchanges that have finished, as soon as there are `count`.
    func exchanges(_ count: Int) async -> [HTTPExchange] {
        await poll { finished.withLock { $0.count >= count } }
        return finished.withLock { $0 }
    }

    var heldBodyBytes: Int {
        get async { await worker.heldBodyBytes(of: handle.server) }
    }

    var connectionCount: Int {
        get async { await worker.connectionCount(of: handle.server) }
    }
}

extension Worker {
    fileprivate func start(
        _ socket: ListeningSocket, _ configuration: HTTPServerConfiguration, tls: TLSServerContext?,
        refuse: @escaping @Sendable (RequestHead) -> Response?, answer: @escaping TestServer.Answer
    ) -> sending HTTPServer {
        nonisolated(unsafe) let server = HTTPServer(
            on: reactor, handler: ClosureHandler(refuse: refuse, answer: answer), configuration: configuration
        )
        server.listen(on: socket, tls: tls, worker: self)
        return server
    }

    fileprivate func observe(_ server: HTTPServer, _ observer: @escaping @Sendable (HTTPExchange) -> Void) {
        server.onFinished = observer
    }

    fileprivate func drain(_ server: HTTPServer, within bound: Duration) async {
        await server.drain(within: bound)
    }

    fileprivate func heldBodyBytes(of server: HTTPServer) -> Int { server.heldBodyBytes }
    fileprivate func connectionCount(of server: HTTPServer) -> Int { server.connectionCount }
}

private final class ClosureHandler: RequestHandler {
    let refuse: @Sendable (RequestHead) -> Response?
    let answer: TestServer.Answer

    init(refuse: @escaping @Sendable (RequestHead) -> Response?, answer: @escaping TestServer.Answer) {
        self.refuse = refuse
        self.answer = answer
    }

    func refuse(_ head: RequestHead) -> Response? { refuse(head) }
    func respond(to request: Request) async -> Response { await answer(request) }
}

extension Response {
    static func text(_ text: String, status: Int = 200, type: String = "text/plain") -> Response {
        var response = Response(status: status, body: Array(text.utf8))
        response.headers.add("Content-Type", type)
        return response
    }
}

/// Waits, on the reactor that the caller runs on or off it, until `duration` has passed.
func pause(_ duration: Duration) async {
    // A handler's pause: cancelled, it ends at once, which is what the tests of cancellation look at.
    try? await Task.sleep(for: duration)
}
