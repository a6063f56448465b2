/// The database is away or has more than it can do: the same request may succeed a little later (5.5.6).
package struct Unavailable: Error, CustomStringConvertible, Sendable {
    /// A sentence for the client.
    package let description: String
    package let retryAfterSeconds: Int

    package init(_ description: String, retryAfterSeconds: Int = 1) {
        self.description = description
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// nil: `error` says something else.
    package init?(_ error: any Error) {
        if let error = error as? Unavailable {
            self = error
        } else {
            return nil
        }
    }
}
