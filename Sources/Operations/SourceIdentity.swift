package import NGSILD

/// Who this hub is to other brokers (5.15, 5.2.40).
package struct SourceIdentity: Sendable {
    /// The pseudonym of the default tenant in Via headers (6.3.18).
    package let alias: String
    private let startedAt: Timestamp

    package init(alias: String, startedAt: Timestamp) {
        self.alias = alias
        self.startedAt = startedAt
    }

    /// The pseudonym of `tenant`: each has its own, so that a hop between two of them is no loop.
    package func alias(of tenant: Tenant) -> String {
        tenant.isDefault ? alias : "\(alias)~\(tenant.name)"
    }

    /// Whole seconds since the start.
    package func uptimeSeconds(at now: Timestamp) -> Int64 {
        max(0, now.microseconds - startedAt.microseconds) / 1_000_000
    }
}
