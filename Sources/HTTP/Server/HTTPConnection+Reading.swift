import Networking

// How a connection reads a request: the head with its own time, then the body at a pace, decoded.
extension HTTPConnection {
    /// Bytes that a body reserves before they come in: beyond, a client has to send before memory is held.
    private static let reservedBytesMax = 64 * 1024

    /// The head of the next request; nil: the client sends no more.
    func nextHead() async throws(End) -> (RequestHead, Framing)? {
        while true {
            if !stream.input.isEmpty {
                if isIdle { beginRequest() }
                if case .head(var head, let framing) = try nextEvent() {
                    head.peer = peer
                    current.head = head
                    current.isOldVersion = framing.isOldVersion
                    current.id = server.requestIDs.id(claimed: head.headers["X-Request-Id"])
                    return (head, framing)
                }
            }
            do {
                guard try await stream.fill() else { return nil }
            } catch {
                throw isIdle ? .lost : End(error, telling: HTTPError(408, "the request's head took too long"))
            }
        }
    }

    private func beginRequest() {
        isIdle = false
        current.began = .now
        stream.deadline = current.began + limits.headTime
    }

    func body(of head: RequestHead, _ framing: Framing) async throws(End) -> [UInt8] {
        guard framing.body != .none else {
            try finishBodiless()
            return []
        }
        let coding = try contentCoding(of: head)
        let pace = Pace(time: limits.bodyTime, bytesPerSecondMin: limits.bytesPerSecondMin)
        let began = MonotonicTime.now
        var body: [UInt8] = []
        if case .length(let length) = framing.body {
            body.reserveCapacity(min(length, Self.reservedBytesMax))
        }
        stream.deadline = pace.deadline(from: began, bytes: 0)
        if framing.expectsContinue, stream.input.isEmpty { try await sendContinue() }

        while true {
            switch try nextEvent(appendingTo: &body) {
            case .end: return try decoded(body, coding)
            case .body: try hold(body.count)
            case .head, nil:
                stream.deadline = pace.deadline(from: began, bytes: body.count)
                do {
                    guard try await stream.fill() else { throw End.lost }
                } catch let error as ClientStream.Interruption {
                    throw End(error, telling: HTTPError(408, "the request's body took too long"))
                } catch {
                    throw .lost
                }
            }
        }
    }

    private func contentCoding(of head: RequestHead) throws(End) -> ContentCoding {
        do {
            return try ContentCoding(head.headers["Content-Encoding"] ?? "")
        } catch {
            throw .refused(Response(error))
        }
    }

    private func decoded(_ body: [UInt8], _ coding: ContentCoding) throws(End) -> [UInt8] {
        guard coding != .identity, !body.isEmpty else { return body }
        do {
            let inflated = try inflate(body, limits: limits)
            try hold(inflated.count)
            return inflated
        } catch let error as HTTPError {
            throw .refused(Response(error))
        } catch {
            throw .lost
        }
    }

    /// Counts `bytes` of a body as held by the worker, instead of what was counted for it before.
    private func hold(_ bytes: Int) throws(End) {
        let held = server.heldBodyBytes + bytes - current.bodyBytes
        guard held <= limits.bufferedBodyBytesMax else {
            throw .refused(Response(HTTPError(503, "the server holds as many request bodies as it can")))
        }
        server.heldBodyBytes = held
        current.bodyBytes = bytes
    }

    /// Takes the parser over the end of a request without a body, to the next head.
    func finishBodiless() throws(End) {
        _ = try nextEvent()
    }

    /// The parser's next event among the bytes at hand; those of a body are appended to `body`.
    private func nextEvent(appendingTo body: inout [UInt8]) throws(End) -> HTTPParser.Event? {
        let bytes = stream.input.readable.assumingMemoryBound(to: UInt8.self)
        let step: HTTPParser.Step
        do {
            step = try parser.next(in: bytes.span)
        } catch {
            throw .refused(Response(error))
        }
        if case .body(let range) = step.event { body.append(contentsOf: bytes[range]) }
        stream.input.consume(step.consumed)
        return step.event
    }

    private func nextEvent() throws(End) -> HTTPParser.Event? {
        var none: [UInt8] = []
        return try nextEvent(appendingTo: &none)
    }
}
