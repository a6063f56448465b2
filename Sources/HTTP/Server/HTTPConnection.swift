import Networking

/// Serves one client: reads a request, has it answered, writes the answer, and again.
final class HTTPConnection {
    /// Runs `serve`; cancelled where nobody waits for its answer any more.
    var task: Task<Void, Never>?

    let server: HTTPServer
    let limits: HTTPServerLimits
    let peer: String
    let stream: ClientStream
    var parser: HTTPParser
    var isIdle = true
    var current = Current()

    /// The request at hand.
    struct Current {
        var head: RequestHead?
        var id = ""
        var began = MonotonicTime.now
        var bodyBytes = 0
        /// HTTP/1.0: the client is told that the connection stays, since it does not expect that.
        var isOldVersion = false
    }

    /// Why a connection ends before its client ends it.
    enum End: Error {
        /// Broken, silent or no longer wanted: there is nobody to tell.
        case lost
        case refused(Response)

        init(_ interruption: ClientStream.Interruption, telling error: HTTPError) {
            switch interruption {
            case .lost: self = .lost
            case .late: self = .refused(Response(error))
            }
        }
    }

    /// Bytes of a body that are copied behind its head, so that a usual answer is one write.
    private static let copiedBytesMax = 64 * 1024

    /// - Throws: `TLSError` where TLS cannot begin; the client's socket is closed then.
    init(_ client: AcceptedSocket, tls: TLSServerContext?, server: HTTPServer) throws(TLSError) {
        self.server = server
        self.limits = server.configuration.limits
        self.peer = client.peer
        self.parser = HTTPParser(limits: limits)
        let session: TLSSession?
        do {
            session = try tls?.session(on: client.descriptor)
        } catch {
            _ = SocketStream(descriptor: client.descriptor)
            throw error
        }
        // Under TLS the handshake comes first, and nobody needs long for it.
        self.stream = ClientStream(
            SocketStream(descriptor: client.descriptor, tls: session), on: server.reactor,
            deadline: .now + (tls == nil ? limits.idleTime : limits.headTime), absenceTime: limits.absenceTime
        )
    }

    func check(at now: MonotonicTime) {
        stream.check(at: now)
    }

    func stopIfIdle() {
        if isIdle { stream.abort() }
    }

    func abort() {
        stream.abort()
        task?.cancel()
    }

    // MARK: The life of a connection

    /// - Parameter refusal: The only answer that this client gets.
    func serve(refusing refusal: HTTPError?) async {
        do throws(End) {
            if let refusal { throw End.refused(Response(refusal)) }
            while let (head, framing) = try await nextHead() {
                let response = try await response(to: head, framing)
                let closes = !framing.keepsAlive || server.isDraining
                try await send(response, closing: closes)
                endRequest()
                if closes {
                    if server.isDraining { await linger() }
                    break
                }
                stream.deadline = .now + limits.idleTime
            }
        } catch {
            // Of a lost client there is nobody to tell.
            if case .refused(let response) = error { await sendLast(response) }
        }
        endRequest()
        stream.close()
    }

    private func response(to head: RequestHead, _ framing: Framing) async throws(End) -> Response {
        if framing.body == .none, let preflight = server.configuration.cors?.preflight(head) {
            try finishBodiless()
            return preflight
        }
        if let refusal = server.handler.refuse(head) {
            guard framing.body == .none else { throw .refused(refusal) }
            try finishBodiless()
            return refusal
        }
        let body = try await body(of: head, framing)
        current.began = .now
        stream.probe = framing.isOldVersion ? nil : "HTTP/1.1 100 Continue\r\n\r\n"
        stream.onAbsence = { [self] in task?.cancel() }
        defer { stream.onAbsence = nil }
        return await server.handler.respond(to: Request(head: head, body: body, id: current.id))
    }

    private func endRequest() {
        server.heldBodyBytes -= current.bodyBytes
        current = Current()
        isIdle = true
    }

    // MARK: Writing

    private var writePace: Pace {
        Pace(time: limits.writeTime, bytesPerSecondMin: limits.bytesPerSecondMin)
    }

    func sendContinue() async throws(End) {
        stream.output.append("HTTP/1.1 100 Continue\r\n\r\n")
        do {
            try await stream.flush(pace: writePace)
        } catch {
            throw .lost
        }
    }

    private func send(_ response: consuming Response, closing closes: Bool) async throws(End) {
        let head = current.head
        var response = response
        server.complete(&response, for: head)
        if current.id.isEmpty { current.id = server.requestIDs.id(claimed: nil) }
        stream.output.appendHead(
            of: response,
            AnswerContext(
                date: server.date.now(), requestID: current.id, closes: closes,
                saysKeepAlive: current.isOldVersion))
        // 204 and 304 have no body; a HEAD is told the length of one that it does not get.
        if head?.method == .head || response.status == 204 || response.status == 304 { response.body = [] }
        let copied = response.body.count <= Self.copiedBytesMax ? response.body.count : 0
        stream.output.append(response.body[..<copied])
        let bytes = stream.output.count + response.body.count - copied
        do {
            try await stream.flush(then: response.body, from: copied, pace: writePace)
        } catch {
            throw .lost
        }
        server.onFinished?(
            HTTPExchange(
                head: head, requestID: current.id, status: response.status,
                bytesReceived: current.bodyBytes, bytesSent: bytes, duration: current.began.elapsed))
    }

    /// Sends a last answer, to a client that may still be sending.
    private func sendLast(_ response: Response) async {
        do {
            try await send(response, closing: true)
        } catch {
            return  // It has gone.
        }
        endRequest()
        await linger()
    }

    /// Reads and drops what the client still sends, until it has seen the answer and closed its side.
    ///
    /// Closed at once, what is unread would make the kernel reset the connection, answer and all.
    private func linger() async {
        stream.endWriting()
        let end = MonotonicTime.now + limits.lingerTime
        do {
            repeat {
                stream.input.consume(stream.input.count)
                stream.deadline = end
            } while try await stream.fill() && .now < end
        } catch {
            // It has gone, or would not stop.
        }
    }
}
