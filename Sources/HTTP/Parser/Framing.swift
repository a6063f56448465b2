/// What a request's head says of the message around it (RFC 9112 §6, §9.3).
package struct Framing: Sendable, Equatable {
    package enum Body: Sendable, Equatable {
        case none
        case length(Int)
        case chunked
    }

    package var body: Body
    /// Whether the client wants to send another request on this connection.
    package var keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    package var expectsContinue: Bool
    /// HTTP/1.0: no chunks and no interim answers.
    package var isOldVersion: Bool
}

/// Gathers from the fields of a head what decides its framing.
///
/// Where two readers could differ, which is what request smuggling lives of, the request is refused.
struct FramingFields {
    private var contentLength: Int?
    private var isChunked = false
    private var hosts = 0
    private var closes = false
    private var keepsAlive = false
    private var expectsContinue = false

    mutating func note(_ name: Range<Int>, _ value: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) {
        switch name.count {
        case 4 where isSame(bytes, name, "host"): try noteHost(value, in: bytes)
        case 6 where isSame(bytes, name, "expect"):
            guard isSame(bytes, value, "100-continue") else {
                throw HTTPError(417, "the only expectation understood is 100-continue")
            }
            expectsContinue = true
        case 10 where isSame(bytes, name, "connection"): noteConnection(value, in: bytes)
        case 14 where isSame(bytes, name, "content-length"): try noteLength(value, in: bytes)
        case 17 where isSame(bytes, name, "transfer-encoding"):
            guard !isChunked else { throw HTTPError(400, "Transfer-Encoding is given twice") }
            guard isSame(bytes, value, "chunked") else {
                throw HTTPError(501, "the only transfer coding understood is chunked")
            }
            isChunked = true
        default: break
        }
    }

    func framing(minorVersion: Int) throws(HTTPError) -> Framing {
        let isOldVersion = minorVersion == 0
        guard hosts == 1 || hosts == 0 && isOldVersion else {
            throw HTTPError(400, hosts == 0 ? "Host is missing" : "Host is given twice")
        }
        guard !isChunked || contentLength == nil else {
            throw HTTPError(400, "Transfer-Encoding and Content-Length contradict each other")
        }
        guard !isChunked || !isOldVersion else {
            throw HTTPError(400, "HTTP/1.0 has no Transfer-Encoding")
        }
        let length = contentLength ?? 0
        return Framing(
            body: isChunked ? .chunked : length > 0 ? .length(length) : .none,
            keepsAlive: !closes && (keepsAlive || !isOldVersion),
            expectsContinue: expectsContinue && !isOldVersion,
            isOldVersion: isOldVersion)
    }

    private mutating func noteHost(_ value: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) {
        hosts += 1
        for index in value where !Characters.isHost(bytes[index]) {
            throw HTTPError(400, "Host is no host and port")
        }
    }

    private mutating func noteLength(_ value: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) {
        guard contentLength == nil else { throw HTTPError(400, "Content-Length is given twice") }
        // 18 digits fit into an Int whatever they are.
        guard !value.isEmpty, value.count <= 18 else { throw HTTPError(400, "Content-Length is no number") }
        var length = 0
        for index in value {
            guard bytes[index] >= 0x30, bytes[index] <= 0x39 else {
                throw HTTPError(400, "Content-Length is no number")
            }
            length = length * 10 + Int(bytes[index] - 0x30)
        }
        contentLength = length
    }

    private mutating func noteConnection(_ value: Range<Int>, in bytes: Span<UInt8>) {
        var start = value.lowerBound
        while start <= value.upperBound {
            var end = start
            while end < value.upperBound, bytes[end] != UInt8(ascii: ",") { end += 1 }
            let option = trimmed(start..<end, in: bytes)
            if isSame(bytes, option, "close") { closes = true }
            if isSame(bytes, option, "keep-alive") { keepsAlive = true }
            start = end + 1
        }
    }
}

/// Whether the bytes of `range` are `text`, which is in lower case, apart from the case of letters.
func isSame(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    for offset in 0..<range.count
    where lowercased(bytes[range.lowerBound + offset]) != text.utf8Start[offset] {
        return false
    }
    return true
}

/// `range` without the spaces and tabs at both ends.
func trimmed(_ range: Range<Int>, in bytes: Span<UInt8>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return start..<end
}
