import HTTP
import JSON
import NGSILD
import Operations

extension Response {
    /// How a query was answered; `declare` is the body of `POST /atria/v1/indexes` that would help, `filling` an index
    /// that soon will.
    ///
    ///     {"index": "value", "of": {"type": "Vehicle", "attribute": "speed"}, "entitiesRead": 21,
    ///      "indexRowsRead": 21, "returned": 20, "decidedBy": "database", "milliseconds": 0.9}
    static func explanation(_ query: ExplainedQuery, _ context: Context) -> Response {
        var writer = JSONWriter(reserving: 512)
        func add(_ name: String, _ subject: IndexSubject) {
            writer.name(name)
            writer.beginObject()
            writer.subject(subject, context)
            writer.endObject()
        }
        writer.beginObject()
        writer.name("index")
        writer.string(query.foundBy)
        if let index = query.index { add("of", index) }
        writer.name("entitiesRead")
        writer.int(query.entitiesRead)
        writer.name("indexRowsRead")
        writer.int(query.entriesRead)
        writer.name("returned")
        writer.int(query.returned)
        writer.name("decidedBy")
        writer.string(query.isDecidedByHub ? "hub" : "database")
        writer.name("milliseconds")
        writer.number(String(query.milliseconds))
        if let advice = query.advice { add(query.isFilling ? "filling" : "declare", advice) }
        writer.endObject()
        return .plain(writer.bytes)
    }
}

extension ExplainedQuery {
    /// In tenths.
    fileprivate var milliseconds: Double {
        let (seconds, attoseconds) = time.components
        return Double(seconds * 10_000 + attoseconds / 100_000_000_000_000) / 10
    }
}
