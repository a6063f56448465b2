/// The head of a request: what is known before its body is read.
package struct RequestHead: Sendable {
    package var method: Method
    /// As sent, neither decoded nor split: `/ngsi-ld/v1/entities/urn%3Aa?type=B`; of an absolute target
    /// (`http://host/path`) the part behind the host.
    package let target: String
    package var headers: Headers
    /// The address of the client.
    package var peer: String
    // Where the query begins: every request asks several times.
    private let mark: String.Index?

    package init(method: Method, target: String, headers: Headers = Headers(), peer: String = "") {
        self.method = method
        self.target = target
        self.headers = headers
        self.peer = peer
        mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
    }

    /// The target up to its `?`, not decoded.
    package var path: Substring { target[..<(mark ?? target.endIndex)] }

    /// What follows the `?`, not decoded; nil: there is none.
    package var query: Substring? { mark.map { target[target.utf8.index(after: $0)...] } }
}

/// A whole request, its body decoded: no chunks, no gzip.
package struct Request: Sendable {
    package var head: RequestHead
    package var body: [UInt8]
    /// Names this request in its answer (`X-Request-Id`) and in the log: as the client's own
    /// `X-Request-Id` says, else unique in this process.
    package var id: String

    package init(head: RequestHead, body: [UInt8] = [], id: String = "") {
        self.head = head
        self.body = body
        self.id = id
    }
}
