import Storage

/// The database is away or has more than it can do: the same request may succeed a little later (5.5.6).
package struct Unavailable: Error, CustomStringConvertible, Sendable {
    /// A sentence for the client.
    package let description: String
    package let retryAfterSeconds: Int

    package init(_ description: String, retryAfterSeconds: Int = 1) {
        self.description = description
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// nil: `error` is of another kind.
    package init?(_ error: any Error) {
        switch error {
        case StorageError.unavailable: self.init("the database is not available; nothing was stored")
        case StorageError.saturated: self.init("the hub has more to write than it can; nothing was stored")
        case StorageError.outcomeUnknown:
            self.init(
                "outcome unknown: the database broke away during the commit; look before you write again")
        default: return nil
        }
    }
}
