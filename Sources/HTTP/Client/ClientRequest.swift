/// A request that this process sends.
package struct ClientRequest: Sendable {
    package var method: Method
    /// `http` or `https`.
    package var url: String
    package var headers: Headers
    package var body: [UInt8]
    /// For all of it: names, connecting, TLS, redirects, the whole answer.
    package var deadline = Duration.seconds(30)
    package var connectTime = Duration.seconds(5)
    /// Redirects that are followed, of GET and HEAD only; 0: a redirect is an answer like others.
    package var redirectsMax = 0
    /// Bytes of the answer's body, decompressed; the transfer ends where it passes them.
    package var responseBytesMax = 16 * 1024 * 1024

    package init(_ method: Method, _ url: String, headers: Headers = Headers(), body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// The same for `url`, without what was meant for the first host alone.
    func redirected(to url: String) -> ClientRequest {
        var next = self
        next.url = url
        if URLParts(url)?.origin != URLParts(self.url)?.origin {
            for name in ["Authorization", "Cookie", "Proxy-Authorization"] { next.headers.remove(name) }
        }
        return next
    }
}

/// What came back, whatever its status.
package struct ClientResponse: Sendable {
    package var status: Int
    package var headers: Headers
    package var body: [UInt8]
    /// Where it came from, after redirects.
    package var url: String
}

/// Why there is no answer.
package struct HTTPClientError: Error, Sendable, CustomStringConvertible {
    package enum Kind: Sendable {
        /// The URL or a header field cannot be sent.
        case invalidRequest
        /// The egress policy does not allow this destination.
        case forbidden
        case unresolved
        case unreachable
        /// The peer's certificate is not trusted, or TLS failed otherwise.
        case tls
        case deadlinePassed
        case responseTooLarge
        case tooManyRedirects
        /// The peer broke off, or speaks no HTTP.
        case broken
        /// The task that waited was cancelled.
        case cancelled
        /// The client has as many requests under way as it takes.
        case saturated
    }

    package let kind: Kind
    package let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
