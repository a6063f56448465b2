/// Calls that go to the server up to one Sync: one round trip, and one transaction where they do not say
/// otherwise.
struct Exchange {
    let calls: [Call]
    /// Told once: an outcome per call, or the error that the connection broke with.
    let completion: (Result<[CallOutcome], PostgresError>) -> Void
}

/// What became of one call of an exchange.
enum CallOutcome: Sendable {
    case rows(Rows)
    case failed(PostgresError)
    /// An earlier call of the exchange has failed, so the server has passed this one by.
    case skipped
}
