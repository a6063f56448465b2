package import JSON

/// What a query is judged on: a stored entity with its document parsed, at one moment.
package struct QueriedEntity: Sendable {
    package let row: StoredEntity
    package let document: JSONView
    /// Instances of attributes that expired before are as if they were not there (4.22).
    package let now: Timestamp

    package init(_ row: StoredEntity, now: Timestamp) {
        self.row = row
        self.now = now
        document = row.root
    }

    package var isExpired: Bool { row.expiresAt.map { $0 <= now } ?? false }

    /// Whether the entity has a living instance of the attribute `name` (a stored name).
    package func has(_ name: String) -> Bool {
        document[name].map { anyInstance(of: $0) { _ in true } } ?? false
    }

    /// Whether `body` is true of one of the instances that stand in `value`: an object, or an array of them.
    func anyInstance(of value: JSONView, _ body: (JSONView) -> Bool) -> Bool {
        guard value.kind == .array else { return isInstance(value) && body(value) }
        return value.elements.contains { isInstance($0) && body($0) }
    }

    private func isInstance(_ value: JSONView) -> Bool {
        guard value["type"]?.kind == .string else { return false }
        guard let expiry = value["expiresAt"]?.string, let moment = Timestamp(expiry) else { return true }
        return moment > now
    }
}
