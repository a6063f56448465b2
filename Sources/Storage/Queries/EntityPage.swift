package import NGSILD

/// A part of a result (4.12).
package struct EntityPage: Sendable {
    package fileprivate(set) var rows: [StoredEntity] = []
    /// How many match in all, where the query asked.
    package internal(set) var count: Int?
    /// Whether there are more behind these: because the page is full, or its bytes are.
    package private(set) var hasMore = false
    /// The `pageAfter` of the next page; nil where there is none, and in an ordered result.
    package private(set) var next: String?
    private var bytes = 0

    init() {}

    /// Adds `entity`, or notes that there is one more.
    mutating func append(_ entity: StoredEntity, limit: Int, bytesMax: Int) {
        guard !hasMore, rows.count < limit, rows.isEmpty || bytes + entity.document.count <= bytesMax else {
            hasMore = true
            return
        }
        bytes += entity.document.count
        rows.append(entity)
    }

    func finished(isOrdered: Bool) -> EntityPage {
        var page = self
        page.next = hasMore && !isOrdered ? rows.last?.id : nil
        return page
    }
}
