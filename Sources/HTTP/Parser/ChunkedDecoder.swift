/// Reads a chunked body (RFC 9112 §7.1) as its bytes come in; extensions and trailers are checked, dropped.
struct ChunkedDecoder {
    private let limits: HTTPServerLimits
    private var state = State.size
    private var received = 0
    private var trailerBytes = 0

    private enum State {
        /// Goes to: `data`, or `trailers` where the size is 0.
        case size
        /// So many bytes of this chunk are still to come. Goes to: `dataEnd`.
        case data(Int)
        /// The line end behind the data. Goes to: `size`.
        case dataEnd
        /// Goes to: the end, at an empty line.
        case trailers
    }

    enum Part: Equatable {
        case body(Range<Int>)
        case end
    }

    init(limits: HTTPServerLimits) {
        self.limits = limits
    }

    /// The next part among `bytes`, and how many of them are done with; no part: there is more to come.
    mutating func next(in bytes: Span<UInt8>) throws(HTTPError) -> (part: Part?, consumed: Int) {
        var position = 0
        while true {
            switch state {
            case .size:
                guard let line = try line(from: position, in: bytes, bytesMax: limits.chunkLineBytesMax)
                else {
                    return (nil, position)
                }
                let size = try parseSize(line, in: bytes)
                state = size == 0 ? .trailers : .data(size)
                position = line.upperBound + 2
            case .data(let remaining):
                let count = min(remaining, bytes.count - position)
                guard count > 0 else { return (nil, position) }
                state = count == remaining ? .dataEnd : .data(remaining - count)
                return (.body(position..<(position + count)), position + count)
            case .dataEnd:
                guard bytes.count - position >= 2 else { return (nil, position) }
                guard bytes[position] == 0x0D, bytes[position + 1] == 0x0A else {
                    throw HTTPError(400, "a chunk is longer than its size says")
                }
                state = .size
                position += 2
            case .trailers:
                let rest = limits.trailerBytesMax - trailerBytes
                guard let line = try line(from: position, in: bytes, bytesMax: rest) else {
                    return (nil, position)
                }
                position = line.upperBound + 2
                if line.isEmpty { return (.end, position) }
                trailerBytes += line.count + 2
                _ = try parseField(line, in: bytes)
            }
        }
    }

    /// The line that begins at `start`, without its end; nil: its end has not come yet.
    private func line(
        from start: Int, in bytes: Span<UInt8>, bytesMax: Int
    ) throws(HTTPError) -> Range<Int>? {
        var index = start
        while index < bytes.count, bytes[index] != 0x0A {
            guard index - start < bytesMax else {
                if case .trailers = state { throw HTTPError(431, "the trailers are too long") }
                throw HTTPError(400, "the line that begins a chunk is too long")
            }
            index += 1
        }
        guard index < bytes.count else { return nil }
        guard index > start, bytes[index - 1] == 0x0D else {
            throw HTTPError(400, "a line ends in LF without CR")
        }
        return start..<(index - 1)
    }

    private mutating func parseSize(_ line: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) -> Int {
        var size = 0
        var index = line.lowerBound
        while index < line.upperBound, let digit = Characters.hexDigit(bytes[index]) {
            // Stops before it could overflow, however many zeros lead.
            guard size <= limits.bodyBytesMax else { break }
            size = size << 4 | digit
            index += 1
        }
        guard size <= limits.bodyBytesMax - received else {
            throw HTTPError(413, "the body is longer than \(limits.bodyBytesMax) bytes")
        }
        guard index > line.lowerBound, index == line.upperBound || bytes[index] == UInt8(ascii: ";") else {
            throw HTTPError(400, "a chunk does not begin with its size")
        }
        for rest in index..<line.upperBound where !Characters.isFieldValue(bytes[rest]) {
            throw HTTPError(400, "a chunk extension has a control character")
        }
        received += size
        return size
    }
}
