/// The peer speaks HTTP wrongly, or beyond what the server takes: it gets this answer, and the
/// connection ends, since nobody knows where its next request would begin.
package struct HTTPError: Error, Equatable {
    /// 400, 408, 411, 413, 414, 415, 417, 431, 501, 503 or 505.
    package let status: Int
    /// A sentence for who has sent the request.
    package let detail: String

    package init(_ status: Int, _ detail: String) {
        self.status = status
        self.detail = detail
    }
}
