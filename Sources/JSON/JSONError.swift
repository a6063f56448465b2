/// Why a text is refused as JSON, and where.
package struct JSONError: Error, Equatable, Sendable {
    /// Byte of the source at which reading stopped.
    package let offset: Int
    /// JSON Pointer (RFC 6901) of the value that was being read; empty for the root.
    package let path: String
    /// A sentence for the person who sent the text.
    package let reason: String

    package init(offset: Int, path: String, reason: String) {
        self.offset = offset
        self.path = path
        self.reason = reason
    }
}
