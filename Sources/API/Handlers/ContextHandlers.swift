import HTTP
import JSON
import NGSILD
import Operations

/// The management of `@context`s, `/jsonldContexts` (6.29, 6.30).
struct ContextHandlers {
    let contexts: ManagedContexts

    /// `POST /jsonldContexts` (6.29.3.1): 201 and where it is served.
    ///
    /// What stands beside the `@context` is discarded (5.13.2.3).
    func add(_ request: APIRequest) async throws -> Response {
        let root = try request.json()
        guard let context = root["@context"] else {
            throw NGSILDError(.invalidRequest, "the body is no JSON object with an @context", at: root.path)
        }
        var document = JSONWriter(reserving: request.request.body.count)
        document.beginObject()
        document.name("@context")
        document.raw(context)
        document.endObject()
        let id = try await contexts.add(
            document.bytes, try ContextSource(context), tenant: request.tenant)
        return .created(at: ManagedContexts.path, id: id)
    }

    /// `GET /jsonldContexts` (6.29.3.2): their URLs, or with `details` what is known of them.
    func list(_ request: APIRequest) async throws -> Response {
        _ = try request.mediaType()
        let details = try request.parameters.flag("details") ?? false
        let kind = try request.parameters.choice("kind", of: StoredContext.Kind.self)
        var writer = JSONWriter(reserving: 1024)
        writer.beginArray()
        for context in try await contexts.list(kind: kind, tenant: request.tenant) {
            if details {
                write(context, into: &writer)
            } else {
                writer.string(contexts.url(of: context))
            }
        }
        writer.endArray()
        return .plain(writer.bytes)
    }

    /// `GET /jsonldContexts/{id}` (6.30.3.1): the document, which is JSON-LD too, or with `details` what is known of it.
    func serve(_ request: APIRequest) async throws -> Response {
        let media = try request.mediaType()
        let details = try request.parameters.flag("details") ?? false
        let context = try await contexts.serve(request.variables[0], tenant: request.tenant)
        guard details else {
            guard context.kind != .cached else {
                throw NGSILDError(
                    .operationNotSupported, "a cached @context is served by its own server: \(context.id)")
            }
            return .plain(context.body, as: media)
        }
        var writer = JSONWriter(reserving: 512)
        write(context, into: &writer)
        return .plain(writer.bytes)
    }

    /// `DELETE /jsonldContexts/{id}` (6.30.3.2): 204; with `reload` it is downloaded again.
    func delete(_ request: APIRequest) async throws -> Response {
        let id = request.variables[0]
        if try request.parameters.flag("reload") ?? false {
            try await contexts.reload(id, tenant: request.tenant)
        } else {
            try await contexts.delete(id, tenant: request.tenant)
        }
        return .noContent
    }

    /// What is known of it (5.13.3.5).
    private func write(_ context: StoredContext, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("URL")
        writer.string(contexts.url(of: context))
        writer.name("localId")
        writer.string(context.id)
        writer.name("kind")
        writer.string(context.kind.rawValue)
        writer.name("createdAt")
        writer.string(context.created.description)
        if let expires = context.expires {
            writer.name("expiresAt")
            writer.string(expires.description)
        }
        if let last = context.usage?.last {
            writer.name("lastUsage")
            writer.string(last.description)
        }
        if let usage = context.usage {
            writer.name("numberOfHits")
            writer.int(usage.hits)
        }
        writer.endObject()
    }
}
