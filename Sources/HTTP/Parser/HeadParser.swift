import Glibc

/// Reads a request's head line by line, as its bytes come in (RFC 9112 §2–§5).
///
/// The caller keeps all bytes of the head until it is whole; each is looked at once.
struct HeadParser {
    private let limits: HTTPServerLimits
    private var scanned = 0
    private var lineStart = 0
    private var requestLine: RequestLine?
    private var fields: [Headers.Slice] = []
    private var framing = FramingFields()

    private struct RequestLine {
        var method: Method
        var target: Range<Int>
        var minorVersion: Int
    }

    init(limits: HTTPServerLimits) {
        self.limits = limits
        fields.reserveCapacity(16)
    }

    /// The head and its length in bytes; nil: there is more to come.
    mutating func parse(_ bytes: Span<UInt8>) throws(HTTPError) -> (RequestHead, Framing, length: Int)? {
        while let newline = firstNewline(in: bytes, from: scanned) {
            guard newline > lineStart, bytes[newline - 1] == 0x0D else {
                throw HTTPError(400, "a line ends in LF without CR")
            }
            let line = lineStart..<(newline - 1)
            scanned = newline + 1
            try checkSize(scanned)
            if let requestLine {
                if line.isEmpty { return try finish(requestLine, in: bytes) }
                try addField(line, in: bytes)
            } else if !(line.isEmpty && lineStart == 0) {
                requestLine = try parseRequestLine(line, in: bytes)
            }
            // One empty line before a request is forgiven (RFC 9112 §2.2).
            lineStart = scanned
        }
        scanned = bytes.count
        try checkSize(scanned)
        return nil
    }

    private func firstNewline(in bytes: Span<UInt8>, from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, start < buffer.count else { return nil }
            guard let found = memchr(base + start, 0x0A, buffer.count - start) else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    private func checkSize(_ count: Int) throws(HTTPError) {
        if requestLine == nil, count > limits.targetBytesMax + Self.requestLineRest {
            throw HTTPError(414, "the request target is longer than \(limits.targetBytesMax) bytes")
        }
        if count > limits.headBytesMax {
            throw HTTPError(431, "the request's head is longer than \(limits.headBytesMax) bytes")
        }
    }

    /// What a request line holds beside its target: a method of up to 32 bytes, the version, line ends.
    private static let requestLineRest = Self.methodBytesMax + 16
    private static let methodBytesMax = 32

    private mutating func addField(_ line: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) {
        guard fields.count < limits.fieldsMax else {
            throw HTTPError(431, "the request has more than \(limits.fieldsMax) fields")
        }
        let field = try parseField(line, in: bytes)
        try framing.note(field.name, field.value, in: bytes)
        fields.append(field)
    }

    private func finish(
        _ requestLine: RequestLine, in bytes: Span<UInt8>
    ) throws(HTTPError) -> (RequestHead, Framing, length: Int) {
        let framing = try framing.framing(minorVersion: requestLine.minorVersion)
        return bytes.extracting(0..<scanned).withUnsafeBufferPointer { buffer in
            let headers = Headers(bytes: Array(buffer), slices: fields)
            let target = String(
                decoding: UnsafeBufferPointer(rebasing: buffer[requestLine.target]), as: UTF8.self)
            let head = RequestHead(
                method: requestLine.method, target: target.isEmpty ? "/" : target, headers: headers)
            return (head, framing, scanned)
        }
    }

    // MARK: The request line

    private func parseRequestLine(_ line: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) -> RequestLine
    {
        var methodEnd = line.lowerBound
        while methodEnd < line.upperBound, Characters.isToken(bytes[methodEnd]) { methodEnd += 1 }
        let method = line.lowerBound..<methodEnd
        guard !method.isEmpty, method.count <= Self.methodBytesMax, methodEnd < line.upperBound,
            bytes[methodEnd] == 0x20
        else { throw HTTPError(400, "the request line does not begin with a method") }

        var targetEnd = methodEnd + 1
        while targetEnd < line.upperBound, Characters.isTarget(bytes[targetEnd]) { targetEnd += 1 }
        let target = (methodEnd + 1)..<targetEnd
        guard target.count <= limits.targetBytesMax else {
            throw HTTPError(414, "the request target is longer than \(limits.targetBytesMax) bytes")
        }
        guard !target.isEmpty, targetEnd < line.upperBound, bytes[targetEnd] == 0x20 else {
            throw HTTPError(
                400, "the request target has a character that is to be percent-encoded, or no version follows"
            )
        }
        let minorVersion = try parseVersion((targetEnd + 1)..<line.upperBound, in: bytes)
        let name = Method(text(method, in: bytes))
        return RequestLine(
            method: name, target: try originForm(target, of: name, in: bytes), minorVersion: minorVersion)
    }

    private func parseVersion(_ range: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) -> Int {
        // Compared with its case: `http/1.1` is no version. The digits stand at the ends of `HTTP/1.1`.
        guard range.count == 8, isExactly(bytes, range.lowerBound, "HTTP/"),
            bytes[range.lowerBound + 6] == UInt8(ascii: "."),
            case 0x30...0x39 = bytes[range.lowerBound + 5], case 0x30...0x39 = bytes[range.upperBound - 1]
        else { throw HTTPError(400, "the request line does not end in a version such as HTTP/1.1") }
        guard bytes[range.lowerBound + 5] == UInt8(ascii: "1") else {
            throw HTTPError(505, "the server speaks HTTP/1.1")
        }
        return Int(bytes[range.upperBound - 1] - 0x30)
    }

    /// The path and query of a target: all of `/path`, the end of `http://host/path` (RFC 9112 §3.2).
    private func originForm(
        _ target: Range<Int>, of method: Method, in bytes: Span<UInt8>
    ) throws(HTTPError) -> Range<Int> {
        if bytes[target.lowerBound] == UInt8(ascii: "/") { return target }
        if method == .options, target.count == 1, bytes[target.lowerBound] == UInt8(ascii: "*") {
            return target
        }
        for scheme: StaticString in ["http://", "https://"] {
            let authority = target.lowerBound + scheme.utf8CodeUnitCount
            guard authority < target.upperBound,
                isSame(bytes, target.lowerBound..<authority, scheme)
            else { continue }
            var start = authority
            while start < target.upperBound, Characters.isHost(bytes[start]) { start += 1 }
            let endsThere = start == target.upperBound || bytes[start] == UInt8(ascii: "/")
            guard start > authority, endsThere else { break }
            return start..<target.upperBound
        }
        throw HTTPError(400, "the request target is neither a path nor an http URL")
    }

    private func isExactly(_ bytes: Span<UInt8>, _ start: Int, _ text: StaticString) -> Bool {
        for offset in 0..<text.utf8CodeUnitCount where bytes[start + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }

    private func text(_ range: Range<Int>, in bytes: Span<UInt8>) -> String {
        bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}

/// One field line without its line end (RFC 9112 §5).
func parseField(_ line: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) -> Headers.Slice {
    var nameEnd = line.lowerBound
    while nameEnd < line.upperBound, Characters.isToken(bytes[nameEnd]) { nameEnd += 1 }
    guard nameEnd > line.lowerBound else {
        // A line that begins with a space would continue the one before it.
        throw HTTPError(400, "a field line does not begin with a name")
    }
    guard nameEnd < line.upperBound, bytes[nameEnd] == UInt8(ascii: ":") else {
        throw HTTPError(400, "a field name has a character it must not have, or no colon follows it")
    }
    let value = trimmed((nameEnd + 1)..<line.upperBound, in: bytes)
    for index in value where !Characters.isFieldValue(bytes[index]) {
        throw HTTPError(400, "a field value has a control character")
    }
    return Headers.Slice(name: line.lowerBound..<nameEnd, value: value)
}
