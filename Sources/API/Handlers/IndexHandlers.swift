import HTTP
import JSON
import NGSILD
import Operations

/// The value indexes of a tenant, `/atria/v1/indexes`: an extension of ours for administrators.
///
/// They make `q` and `orderBy` cost the page.
struct IndexHandlers {
    let broker: Broker

    static let path = "/atria/v1/indexes"

    /// `POST /atria/v1/indexes` with `{"type": "Vehicle", "attribute": "speed"}`: 201 and its address.
    func declare(_ request: APIRequest) async throws -> Response {
        let document = try await request.document()
        let (type, path) = try Self.declaration(document)
        let key = try await broker.declareIndex(on: type, path, tenant: request.tenant)
        return .created(at: Self.path, id: String(key))
    }

    /// `GET /atria/v1/indexes`: an array of them.
    func list(_ request: APIRequest) async throws -> Response {
        let context = try await request.linkedContext()
        var writer = JSONWriter(reserving: 1024)
        writer.beginArray()
        for index in try await broker.indexes(tenant: request.tenant) { writer.index(index, context) }
        writer.endArray()
        return .plain(writer.bytes)
    }

    /// `GET /atria/v1/indexes/{id}`.
    func retrieve(_ request: APIRequest) async throws -> Response {
        let context = try await request.linkedContext()
        let index = try await broker.index(try Self.key(request), tenant: request.tenant)
        var writer = JSONWriter(reserving: 256)
        writer.index(index, context)
        return .plain(writer.bytes)
    }

    /// `DELETE /atria/v1/indexes/{id}`: 204; no query uses it any more, and its rows go in the background.
    func drop(_ request: APIRequest) async throws -> Response {
        try await broker.dropIndex(try Self.key(request), tenant: request.tenant)
        return .noContent
    }

    private static func key(_ request: APIRequest) throws(NGSILDError) -> Int32 {
        guard let key = Int32(request.variables[0]) else {
            throw NGSILDError(.resourceNotFound, "there is no value index \"\(request.variables[0])\"")
        }
        return key
    }

    /// The type, as a stored name, and the path that a body names.
    private static func declaration(_ document: Document) throws(NGSILDError) -> (String, AttributePath) {
        guard document.root.kind == .object else {
            throw NGSILDError(.badRequestData, "the body is no object with type and attribute", at: "/")
        }
        for (name, member) in document.root.members {
            guard ["type", "attribute", "@context"].contains(name.string) else {
                throw NGSILDError(
                    .badRequestData,
                    "an index has the members type and attribute, not \"\(name.string ?? "")\"",
                    at: member.path)
            }
        }
        let selection = try TypeSelection(
            try text("type", in: document.root), context: document.context, parameter: "/type")
        guard selection.alternatives.count == 1, selection.alternatives[0].count == 1 else {
            throw NGSILDError(.badRequestData, "an index is of one type: declare one for each", at: "/type")
        }
        let path = try AttributePath(
            try text("attribute", in: document.root), context: document.context, parameter: "/attribute")
        return (selection.alternatives[0][0], path)
    }

    private static func text(_ name: String, in root: JSONView) throws(NGSILDError) -> String {
        guard let text = root[name]?.string else {
            throw NGSILDError(.badRequestData, "\(name) is no string such as \"speed\"", at: "/\(name)")
        }
        guard text.utf8.count <= EntityLimits.nameBytesMax else {
            throw NGSILDError(
                .badRequestData, "\(name) is longer than \(EntityLimits.nameBytesMax) bytes", at: "/\(name)")
        }
        return text
    }
}

extension JSONWriter {
    fileprivate mutating func index(_ index: IndexSummary, _ context: Context) {
        beginObject()
        name("id")
        int(Int(index.key))
        subject(index.subject, context)
        name("state")
        string(index.ready == nil ? "filling" : "ready")
        name("filledEntities")
        int(Int(index.filledEntities))
        name("entities")
        int(Int(index.entities))
        name("createdAt")
        string(index.created.description)
        if let ready = index.ready {
            name("readyAt")
            string(ready.description)
        }
        endObject()
    }

    /// The members that declare an index.
    mutating func subject(_ subject: IndexSubject, _ context: Context) {
        name("type")
        string(context.term(ofStored: subject.type))
        name("attribute")
        string(subject.path.text(context: context))
    }
}
