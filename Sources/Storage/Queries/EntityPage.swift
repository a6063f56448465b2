package import NGSILD

/// A part of a result (4.12).
package struct EntityPage: Sendable {
    package fileprivate(set) var rows: [StoredEntity] = []
    /// How many match in all, where the query asked.
    package internal(set) var count: Int?
    /// Whether there are more behind these: because the page is full, or its bytes are.
    package private(set) var hasMore = false
    /// Of the last of them.
    private(set) var last: PageKey?
    private var bytes = 0

    init() {}

    /// The `pageAfter` of the next page; nil where there is none, and in a result that no index orders.
    package var next: String? { hasMore ? last?.text : nil }

    /// Adds `entity`, or notes that there is one more.
    mutating func append(_ entity: StoredEntity, key: PageKey?, limit: Int, bytesMax: Int) {
        guard !hasMore, rows.count < limit, rows.isEmpty || bytes + entity.document.count <= bytesMax else {
            hasMore = true
            return
        }
        bytes += entity.document.count
        rows.append(entity)
        last = key
    }
}
