package import NGSILD
package import Storage

/// The management of `@context`s (5.13), one per worker.
package final class ManagedContexts {
    /// What follows the hub's address in the address of one that is served here.
    package static let path = "/ngsi-ld/v1/jsonldContexts"

    private let store: ContextStore
    private let loader: ContextLoader
    private let tenants: TenantStore
    private let publicURL: String
    private let clock: Clock

    /// `publicURL` is the address of the hub for its clients: `http://hub.example:9090`.
    package init(
        store: ContextStore, loader: ContextLoader, tenants: TenantStore, publicURL: String, clock: Clock
    ) {
        self.store = store
        self.loader = loader
        self.tenants = tenants
        self.publicURL = publicURL
        self.clock = clock
    }

    /// Hosts `document`, a JSON object with an `@context` that was read (5.13.2); its id.
    ///
    /// - Throws: `badRequestData` where its `@context` is none, `ldContextNotAvailable` where it names one that cannot
    ///   be had.
    package func add(_ document: [UInt8], _ source: ContextSource, tenant: Tenant) async throws -> String {
        _ = try await loader.context(for: source)
        return try await keep(document, as: .hosted, tenant: try await tenants.keyCreating(tenant))
    }

    /// Those that `tenant` may see (5.13.3).
    package func list(kind: StoredContext.Kind?, tenant: Tenant) async throws -> [StoredContext] {
        try await store.contexts(of: try await tenants.key(of: tenant), kind: kind).map(counted)
    }

    /// The one that `id` names, with its usage up to now; to serve it counts as finding it (5.13.4).
    ///
    /// - Throws: `resourceNotFound`.
    package func serve(_ id: String, tenant: Tenant) async throws -> StoredContext {
        let context = counted(try await context(id, tenant: tenant))
        if context.usage != nil { loader.count(context.id) }
        return context
    }

    /// With what was counted since its usage was last stored.
    private func counted(_ context: StoredContext) -> StoredContext {
        var context = context
        context.usage = context.usage.map { $0 + loader.usage(of: context.id) }
        return context
    }

    /// The one that `id` names: a local id, the address of one here, or the URL of a cached one (5.13.4).
    ///
    /// - Throws: `resourceNotFound`.
    private func context(_ id: String, tenant: Tenant) async throws -> StoredContext {
        if ContextSource.isCore(url: id) { return core(id) }
        let key = try await tenants.key(of: tenant)
        guard let context = try await store.context(Self.localID(id) ?? id, visibleTo: key) else {
            throw NGSILDError(.resourceNotFound, "there is no @context \(id)")
        }
        return context
    }

    /// Deletes it (5.13.5).
    ///
    /// - Throws: `resourceNotFound`; `badRequestData` for a core `@context`, which every request rests on.
    package func delete(_ id: String, tenant: Tenant) async throws {
        let context = try await context(id, tenant: tenant)
        guard !ContextSource.isCore(url: context.id) else {
            throw NGSILDError(.badRequestData, "a core @context cannot be deleted")
        }
        try await store.delete(context.id)
        loader.forget(context.id)
    }

    /// Downloads a cached one again; where that fails it stays as it is (5.13.5).
    ///
    /// - Throws: `badRequestData` where it is none that was downloaded, `ldContextNotAvailable`.
    package func reload(_ id: String, tenant: Tenant) async throws {
        if ContextSource.isCore(url: id) { return }
        guard let context = try await store.context(Self.localID(id) ?? id), context.kind == .cached else {
            throw NGSILDError(.badRequestData, "there is no cached @context \(id) that could be loaded again")
        }
        try await loader.reload(context.id)
    }

    /// The address for the Link header of answers in `context`; one is made where no single URL says it all (5.13.1).
    package func address(of context: Context, tenant: Tenant) async throws -> String {
        if let url = context.source.linkURL { return url }
        guard case .inline(let text) = context.source else { preconditionFailure("a URL has an address") }
        let body = Array("{\"@context\":".utf8) + text + Array("}".utf8)
        let key = try await tenants.keyCreating(tenant)
        if let known = try await store.implicitContext(body, tenant: key) { return url(of: known) }
        return publicURL + Self.path + "/" + (try await keep(body, as: .implicitlyCreated, tenant: key))
    }

    /// Where clients find it.
    package func url(of context: StoredContext) -> String {
        context.kind == .cached ? context.id : "\(publicURL)\(Self.path)/\(context.id)"
    }

    /// The id in the address of one that is served by this hub, or by another like it; nil: it is none.
    static func localID(_ url: String) -> String? {
        guard let place = url.firstRange(of: path + "/") else { return nil }
        return String(url[place.upperBound...])
    }

    // MARK: Parts

    private func keep(
        _ document: [UInt8], as kind: StoredContext.Kind, tenant: TenantKey
    ) async throws -> String {
        // A larger one could be stored, but not read to be used.
        guard document.count <= ContextLimits.documentBytesMax else {
            throw NGSILDError(
                .badRequestData,
                "the @context has \(document.count) bytes; \(ContextLimits.documentBytesMax) are allowed",
                at: "/@context")
        }
        let id = (0..<2).map { _ in
            let half = String(UInt64.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 16 - half.utf8.count) + half
        }.joined()
        try await store.put(
            StoredContext(id: id, kind: kind, body: document, created: clock.now), tenant: tenant)
        return id
    }

    /// The core contexts are built in: they are as if they had been downloaded.
    private func core(_ url: String) -> StoredContext {
        StoredContext(id: url, kind: .cached, body: [], created: startedAt)
    }

    private lazy var startedAt = clock.now
}
