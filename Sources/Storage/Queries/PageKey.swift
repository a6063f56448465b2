import JSON
import NGSILD
import Postgres

/// Where a page ends, so that the next one can start behind it: our `pageAfter`.
///
/// Of a result in the order of ids it is the last id; of one in the order of a value index `[0,"12.5","urn:x:1"]`:
/// the value's rank, the number or the text that it is ordered by, and the id.
struct PageKey: Equatable {
    let id: String
    let value: Value?

    struct Value: Equatable {
        let rank: Int32
        let number: String
        let text: String
    }

    init(id: String, value: Value? = nil) {
        self.id = id
        self.value = value
    }

    /// - Throws: `badRequestData` where `text` is no key of a result that is ordered so.
    init(_ text: String, isOfValues: Bool) throws(NGSILDError) {
        guard isOfValues else {
            self.init(id: text)
            return
        }
        guard let root = (try? JSONDocument(parsing: Array(text.utf8)))?.root, root.kind == .array,
            root.count == 3,
            case let parts = Array(root.elements), let rank = parts[0].number?.integer,
            (0...9).contains(rank),
            let value = parts[1].string, let id = parts[2].string, rank != 0 || Decimal(value) != nil,
            !text.contains("\\u0000")
        else {
            throw NGSILDError(
                .badRequestData,
                "pageAfter=\(text) is no key of an ordered result: take it from the next link, or use offset",
                at: "pageAfter")
        }
        self.init(
            id: id,
            value: Value(rank: Int32(rank), number: rank == 0 ? value : "0", text: rank == 0 ? "" : value))
    }

    /// As a link carries it.
    var text: String {
        guard let value else { return id }
        var writer = JSONWriter()
        writer.beginArray()
        writer.int(Int(value.rank))
        writer.string(value.rank == 0 ? value.number : value.text)
        writer.string(id)
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
