/// An answer; the server adds Content-Length, Date, Connection, X-Request-Id, what CORS asks for and, where
/// it pays, Content-Encoding.
package struct Response: Sendable {
    package var status: Int
    package var headers: Headers
    package var body: [UInt8]

    package init(status: Int, headers: Headers = Headers(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What answers requests, on one worker.
///
/// A handler's task is cancelled when its client has gone: long work looks at `Task.isCancelled`, or hangs
/// its own cancellation on `withTaskCancellationHandler`.
package protocol RequestHandler: AnyObject {
    /// Refuses a request before its body is read (411, 413, 415, …); nil: read on.
    func refuse(_ head: RequestHead) -> Response?

    /// Never throws: errors are responses here.
    func respond(to request: Request) async -> Response
}
