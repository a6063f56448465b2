import NGSILD

/// An entity with this document, in storage form, as it is judged at 2023-11-14.
func judged(_ document: String, scopes: [String] = [], types: [String] = ["T"]) -> QueriedEntity {
    QueriedEntity(
        StoredEntity(
            id: "urn:e:1", types: types, scopes: scopes,
            createdAt: Timestamp(microseconds: 1_600_000_000_000_000),
            modifiedAt: Timestamp(microseconds: 1_650_000_000_000_000), expiresAt: nil,
            document: Array(document.utf8)),
        now: Timestamp(microseconds: 1_700_000_000_000_000))
}

/// Whether `body` refuses as `badRequestData`, with a text that names what is at fault.
func refuses(_ body: () throws(NGSILDError) -> Void) -> Bool {
    do {
        try body()
        return false
    } catch {
        return error.kind == .badRequestData && error.path != nil && !error.detail.isEmpty
    }
}
