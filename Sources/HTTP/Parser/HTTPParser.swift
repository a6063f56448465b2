/// Reads requests of HTTP/1.0 and 1.1 (RFC 9112): bytes in, events out, no I/O.
///
/// Strict: what two readers could understand differently is an error, and after an error nothing of this
/// connection can be understood any more.
package struct HTTPParser {
    private let limits: HTTPServerLimits
    private var state: State

    private enum State {
        /// Goes to: `length`, `chunked` or `end`, as the head says.
        case head(HeadParser)
        /// So many bytes of the body are still to come. Goes to: `end`.
        case length(Int)
        /// Goes to: `head` of the next request.
        case chunked(ChunkedDecoder)
        /// The request is whole. Goes to: `head` of the next.
        case end
    }

    package enum Event: Sendable {
        case head(RequestHead, Framing)
        /// Part of the body: a range of the bytes that were given.
        case body(Range<Int>)
        /// The request is whole.
        case end
    }

    /// What was found among the bytes given, and how many of them are done with.
    package struct Step: Sendable {
        /// Nil: there is more to come.
        package var event: Event?
        package var consumed: Int
    }

    package init(limits: HTTPServerLimits) {
        self.limits = limits
        self.state = .head(HeadParser(limits: limits))
    }

    /// The next event among `bytes`: all that came in and is not done with.
    ///
    /// Where there is none, the caller comes again with the same bytes and more behind them.
    package mutating func next(in bytes: Span<UInt8>) throws(HTTPError) -> Step {
        switch state {
        case .head(var parser):
            // Left empty meanwhile, so that the parser's fields are not copied when they grow.
            state = .end
            guard let (head, framing, length) = try parser.parse(bytes) else {
                state = .head(parser)
                return Step(event: nil, consumed: 0)
            }
            state = try bodyState(framing.body)
            return Step(event: .head(head, framing), consumed: length)
        case .length(let remaining):
            let count = min(remaining, bytes.count)
            guard count > 0 else { return Step(event: nil, consumed: 0) }
            state = count == remaining ? .end : .length(remaining - count)
            return Step(event: .body(0..<count), consumed: count)
        case .chunked(var decoder):
            let (part, consumed) = try decoder.next(in: bytes)
            state = .chunked(decoder)
            switch part {
            case nil: return Step(event: nil, consumed: consumed)
            case .body(let range): return Step(event: .body(range), consumed: consumed)
            case .end: return finish(consumed: consumed)
            }
        case .end:
            return finish(consumed: 0)
        }
    }

    private func bodyState(_ body: Framing.Body) throws(HTTPError) -> State {
        switch body {
        case .none: return .end
        case .chunked: return .chunked(ChunkedDecoder(limits: limits))
        case .length(let length):
            guard length <= limits.bodyBytesMax else {
                throw HTTPError(413, "the body is longer than \(limits.bodyBytesMax) bytes")
            }
            return .length(length)
        }
    }

    private mutating func finish(consumed: Int) -> Step {
        state = .head(HeadParser(limits: limits))
        return Step(event: .end, consumed: consumed)
    }
}
