package import NGSILD
package import Postgres

extension StoredEntity {
    /// A row of the columns `id, types, scopes, created, modified, expires, doc` of table `entity`.
    package init(_ rows: Rows, row: Int) {
        self.init(rows, row: row, id: rows.text(row, 0))
    }

    /// The same where the id is known already: it is the longest text to copy but the document.
    init(_ rows: Rows, row: Int, id: String) {
        self.init(
            id: id, types: rows.textArray(row, 1), scopes: rows.textArray(row, 2),
            createdAt: Timestamp(microseconds: rows.timestamp(row, 3)),
            modifiedAt: Timestamp(microseconds: rows.timestamp(row, 4)),
            expiresAt: rows.isNull(row, 5) ? nil : Timestamp(microseconds: rows.timestamp(row, 5)),
            document: rows.bytes(row, 6))
    }

    /// Whether it is to be treated as absent at `now` (4.22).
    package func isExpired(at now: Timestamp) -> Bool {
        expiresAt.map { $0 <= now } ?? false
    }
}
