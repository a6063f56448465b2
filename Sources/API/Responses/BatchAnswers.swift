import HTTP
import JSON
import NGSILD
import Operations

extension Response {
    /// 201 and an array of ids.
    static func created(_ ids: [EntityID]) -> Response {
        var writer = JSONWriter(reserving: ids.count * 64)
        writer.ids(ids)
        return .plain(writer.bytes, status: 201)
    }

    /// 207 and a BatchOperationResult (5.2.16).
    static func partly(_ result: BatchResult) -> Response {
        var writer = JSONWriter(reserving: result.failures.count * 256 + 256)
        writer.beginObject()
        writer.name("success")
        writer.ids(result.succeeded.ids)
        writer.name("errors")
        writer.beginArray()
        for failure in result.failures {
            writer.beginObject()
            if let id = failure.entityID {
                writer.name("entityId")
                writer.string(id)
            }
            writer.name("error")
            Problem(of: failure.error).write(to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return .plain(writer.bytes, status: 207)
    }
}

extension JSONWriter {
    fileprivate mutating func ids(_ ids: [EntityID]) {
        beginArray()
        for id in ids { string(id.description) }
        endArray()
    }
}
