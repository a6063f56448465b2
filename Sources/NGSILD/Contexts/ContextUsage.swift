/// How often an `@context` was found, and when last (5.13.3.5).
package struct ContextUsage: Equatable, Sendable {
    package var hits = 0
    /// nil: never.
    package var last: Timestamp?

    package init(hits: Int = 0, last: Timestamp? = nil) {
        self.hits = hits
        self.last = last
    }

    package static func + (left: ContextUsage, right: ContextUsage) -> ContextUsage {
        ContextUsage(
            hits: left.hits + right.hits, last: [left.last, right.last].compactMap(\.self).max())
    }
}
