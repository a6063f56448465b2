package import Networking

/// How a server behaves beside its limits.
package struct HTTPServerConfiguration: Sendable {
    package var limits = HTTPServerLimits()
    /// Nil: web pages of other origins are given nothing.
    package var cors: CORSPolicy?
    /// Whether answers are compressed for clients that ask for it.
    package var compresses = true

    package init() {}
}

/// A request and its answer, for access logs and metrics.
package struct HTTPExchange: Sendable {
    /// Nil: the client sent no head that could be understood.
    package var head: RequestHead?
    package var requestID: String
    package var status: Int
    /// Bytes of the body received, decoded.
    package var bytesReceived: Int
    /// Bytes sent, head and all.
    package var bytesSent: Int
    /// From the whole request to the sent answer.
    package var duration: Duration
}

/// The HTTP server of one worker: its listeners and its connections.
package final class HTTPServer {
    let handler: any RequestHandler
    let configuration: HTTPServerConfiguration
    let reactor: Reactor
    /// Told of each exchange when its answer is out.
    package var onFinished: ((HTTPExchange) -> Void)?
    /// Whether connections end with the answer that they are waiting for.
    package private(set) var isDraining = false

    // Shared by the connections, which take turns.
    var date = HTTPDate()
    var requestIDs = RequestIDs()
    lazy var gzip = Gzip()
    var heldBodyBytes = 0

    private var listeners: [Listener] = []
    private var connections: [ObjectIdentifier: HTTPConnection] = [:]
    private var isSweeping = false
    private var drained: UnsafeContinuation<Void, Never>?

    /// How often the deadlines of all connections are looked at.
    ///
    /// One timer for all costs nothing for each request; a deadline may be late by this.
    private static let sweepInterval = Duration.milliseconds(200)

    /// A server of the worker whose reactor this is, and who calls this.
    package init(
        on reactor: Reactor, handler: any RequestHandler,
        configuration: HTTPServerConfiguration = HTTPServerConfiguration()
    ) {
        self.reactor = reactor
        self.handler = handler
        self.configuration = configuration
    }

    /// Connections that are open now.
    package var connectionCount: Int { connections.count }

    /// Serves the clients of `socket` from now on, under TLS where `tls` is given.
    package func listen(on socket: ListeningSocket, tls: TLSServerContext? = nil, worker: isolated Worker) {
        let listener = Listener(socket, on: reactor)
        listeners.append(listener)
        worker.spawn {
            while let client = await listener.next() {
                self.admit(client, tls: tls, worker: worker)
            }
        }
    }

    /// Takes no new connection, lets each end with the answer it is waiting for, and returns when all have
    /// ended; those that have not `within` this time are cut off.
    package func drain(within bound: Duration) async {
        isDraining = true
        for listener in listeners { listener.close() }
        for connection in connections.values { connection.stopIfIdle() }
        guard !connections.isEmpty else { return }
        let timer = reactor.schedule(after: bound) { [self] in
            for connection in connections.values { connection.abort() }
            drained.take()?.resume()
        }
        await withUnsafeContinuation { drained = $0 }
        reactor.cancel(timer)
    }

    /// Adds to an answer what its client has asked for beside its content: CORS, compression.
    func complete(_ response: inout Response, for head: RequestHead?) {
        guard let head else { return }
        configuration.cors?.permit(head, in: &response.headers)
        guard configuration.compresses, response.body.count >= Gzip.bytesMin,
            let type = response.headers.bytes(of: "Content-Type"), Gzip.pays(for: type),
            !response.headers.contains("Content-Encoding")
        else { return }
        response.headers.add("Vary", "Accept-Encoding")
        guard let accepted = head.headers.bytes(of: "Accept-Encoding"), Gzip.isAccepted(by: accepted) else {
            return
        }
        response.body = gzip.compress(response.body)
        response.headers.add("Content-Encoding", "gzip")
    }

    // MARK: Connections

    private func admit(_ client: AcceptedSocket, tls: TLSServerContext?, worker: isolated Worker) {
        let limits = configuration.limits
        let excess = connections.count - limits.connectionsMax
        guard excess < limits.refusedConnectionsMax,
            // Fails for want of memory alone: there is nothing to do but to do without this client.
            let connection = try? HTTPConnection(client, tls: tls, server: self)
        else { return }
        connections[ObjectIdentifier(connection)] = connection
        let refusal = excess < 0 ? nil : HTTPError(503, "the server has as many connections as it takes")
        connection.task = worker.spawn {
            await connection.serve(refusing: refusal)
            self.remove(connection)
        }
        sweepLater()
    }

    private func remove(_ connection: HTTPConnection) {
        connections[ObjectIdentifier(connection)] = nil
        if isDraining, connections.isEmpty { drained.take()?.resume() }
    }

    private func sweepLater() {
        guard !isSweeping else { return }
        isSweeping = true
        _ = reactor.schedule(after: Self.sweepInterval) { [self] in
            isSweeping = false
            let now = MonotonicTime.now
            for connection in connections.values { connection.check(at: now) }
            if !connections.isEmpty { sweepLater() }
        }
    }
}
