/// What stands in an answer's head beside what its handler has put there.
struct AnswerContext {
    var date: [UInt8]
    var requestID: String
    var closes: Bool
    /// The client speaks HTTP/1.0 and has to be told that the connection stays.
    var saysKeepAlive: Bool
}

extension ByteBuffer {
    /// Appends the head of `response` (RFC 9112 §4), with the length of its body.
    mutating func appendHead(of response: borrowing Response, _ context: AnswerContext) {
        append("HTTP/1.1 ")
        append(response.status)
        append(" ")
        append(reason(for: response.status))
        append("\r\nDate: ")
        append(context.date)
        response.headers.forEachField { name, value in
            append("\r\n")
            append(name)
            append(": ")
            append(value)
        }
        // 204 must not have one, and that of a 304 would be another answer's (RFC 9110 §8.6).
        if response.status != 204 && response.status != 304 {
            append("\r\nContent-Length: ")
            append(response.body.count)
        }
        append("\r\nX-Request-Id: ")
        append(context.requestID)
        if context.closes {
            append("\r\nConnection: close")
        } else if context.saysKeepAlive {
            append("\r\nConnection: keep-alive")
        }
        append("\r\n\r\n")
    }
}

extension Response {
    /// The server's own answer to a request that it cannot pass on, in the shape of RFC 7807.
    init(_ error: HTTPError) {
        // The sentences of the HTTP layer hold no character that JSON would escape, but for what a client
        // has sent.
        var body = #"{"type":"about:blank","title":""#
        body += "\(reason(for: error.status))"
        body += #"","status":\#(error.status),"detail":"\#(escaped(error.detail))"}"#
        self.init(status: error.status, body: Array(body.utf8))
        headers.add("Content-Type", "application/json")
        if error.status == 503 { headers.add("Retry-After", "1") }
    }
}

private func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
        switch scalar {
        case "\"", "\\": result += "\\\(scalar)"
        case _ where scalar.value < 0x20: result += " "
        default: result.unicodeScalars.append(scalar)
        }
    }
}
