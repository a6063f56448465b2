package import HTTP
import JSON
package import NGSILD
package import Storage

/// Makes the `@context` of a request: from the process-wide cache, the local map, or the network (5.5.5, 6.3.16).
///
/// One per worker. The core contexts are built in and never fetched.
package final class ContextLoader {
    /// Fetches a document; `conditions` are the validators of the copy at hand.
    ///
    /// Throws where there is no answer.
    package typealias Download = (_ url: String, _ conditions: Headers) async throws -> Response

    private let cache: ContextCache
    private let map: ContextMap
    private let store: ContextStore
    private let limits: ContextLoaderLimits
    private let clock: Clock
    private let download: Download
    /// Requests that wait for a fetch which another one has begun.
    private var waiting: [String: [UnsafeContinuation<Void, Never>]] = [:]

    package init(
        cache: ContextCache, store: ContextStore, map: ContextMap = ContextMap(),
        limits: ContextLoaderLimits = ContextLoaderLimits(), clock: Clock, download: @escaping Download
    ) {
        self.cache = cache
        self.map = map
        self.store = store
        self.limits = limits
        self.clock = clock
        self.download = download
    }

    /// The `@context` that `source` names or holds.
    ///
    /// - Throws: `ldContextNotAvailable` where a remote one cannot be had, `badRequestData` where it is none.
    package func context(for source: ContextSource) async throws -> Context {
        if case .none = source { return .core }
        let now = clock.now
        if let known = cache.context(for: source, at: now) { return known }
        var documents: [String: RemoteContext] = [:]
        var freshUntil = now + Self.unchanging
        var bytes = source.bytes
        while true {
            switch try Context.parse(source, documents: documents) {
            case .complete(let context):
                cache.insert(
                    context, for: source, naming: source.keptIDs, freshUntil: freshUntil, sourceBytes: bytes,
                    at: clock.now)
                return context
            case .needs(let urls):
                for url in urls {
                    let document = try await document(at: url)
                    documents[url] = document.content
                    freshUntil = min(freshUntil, document.freshUntil)
                    bytes += document.bytes
                }
            }
        }
    }

    /// What rests on no remote document does not change.
    private static let unchanging = Duration.seconds(365 * 86_400)

    // MARK: Documents

    private func document(at url: String) async throws -> ContextCache.Document {
        while true {
            let now = clock.now
            if let known = cache.document(at: url), known.freshUntil > now { return known }
            if let failure = cache.failure(at: url, at: now) { throw failure }
            guard waiting[url] != nil else { break }
            await withUnsafeContinuation { waiting[url, default: []].append($0) }
        }
        waiting[url] = []
        defer { for waiter in waiting.removeValue(forKey: url) ?? [] { waiter.resume() } }
        do {
            return try await loadKeeping(url)
        } catch let error as NGSILDError {
            let now = clock.now
            if var stale = cache.document(at: url) {
                stale.freshUntil = now + limits.failureLifetime
                cache.insert(stale, at: url)
                return stale
            }
            cache.remember(error, of: url, until: now + limits.failureLifetime, at: now)
            throw error
        }
    }

    /// What was kept of `url`, where it is fresh or ours, else what is there now.
    private func loadKeeping(_ url: String) async throws -> ContextCache.Document {
        if cache.document(at: url) == nil, let kept = try await kept(url) {
            cache.insert(kept, at: url)
            if kept.freshUntil > clock.now { return kept }
        }
        return try await download(url, replacing: cache.document(at: url))
    }

    private func kept(_ url: String) async throws -> ContextCache.Document? {
        if let id = ManagedContexts.localID(url), let own = try await store.context(id), own.kind != .cached {
            return try ContextCache.Document(own.body, of: url, freshUntil: clock.now + Self.unchanging)
        }
        guard let context = try await store.context(url) else { return nil }
        var document = try ContextCache.Document(
            context.body, of: url, freshUntil: context.expires ?? clock.now)
        document.entityTag = context.entityTag
        document.lastModified = context.lastModified
        return document
    }

    private func download(
        _ url: String, replacing stale: ContextCache.Document?
    ) async throws -> ContextCache.Document {
        let (document, text) = try await load(url, unlessStill: stale)
        if let text {
            var context = StoredContext(id: url, kind: .cached, body: text, created: clock.now)
            context.expires = document.freshUntil
            context.entityTag = document.entityTag
            context.lastModified = document.lastModified
            try await store.put(context, tenant: nil)
        }
        cache.insert(document, at: url)
        return document
    }

    /// Downloads `url` again, whatever is known of it (5.13.5).
    ///
    /// - Throws: `ldContextNotAvailable` where that fails; what is known stays.
    func reload(_ url: String) async throws {
        do {
            _ = try await download(url, replacing: nil)
        } catch let error as NGSILDError {
            throw NGSILDError(.ldContextNotAvailable, error.detail, at: error.path)
        }
        cache.forgetParsed()
    }

    // MARK: Usage

    /// Counts that the kept `@context` `id` was found.
    func count(_ id: String) {
        cache.count(id, at: clock.now)
    }

    /// What was counted of it and is not stored yet.
    func usage(of id: String) -> ContextUsage {
        cache.usage(of: id)
    }

    /// Adds what was counted to the kept `@context`s: now and then, and at the end, by one worker of the process.
    package func storeUsage() async throws {
        let usage = cache.takeUsage()
        guard !usage.isEmpty else { return }
        do {
            try await store.add(usage)
        } catch {
            cache.giveBack(usage)
            throw error
        }
    }

    /// Forgets what was read of `url`, or of the one that has this local id.
    func forget(_ id: String) {
        cache.removeDocuments { $0 == id || ManagedContexts.localID($0) == id }
        cache.forgetParsed()
    }

    /// The document at `url`, and its text; without it `stale` is still what is there.
    private func load(
        _ url: String, unlessStill stale: ContextCache.Document?
    ) async throws -> (document: ContextCache.Document, text: [UInt8]?) {
        if let bytes = try map.document(at: url) {
            return (try ContextCache.Document(bytes, of: url, freshUntil: clock.now + Self.unchanging), bytes)
        }
        let response = try await fetch(url, unlessStill: stale)
        let freshUntil = clock.now + Duration.seconds(ContextFreshness.seconds(response.headers))
        if response.status == 304, var document = stale {
            document.freshUntil = freshUntil
            return (document, nil)
        }
        guard response.status == 200 else {
            throw Self.unavailable(url, "its server answered \(response.status)")
        }
        var document = try ContextCache.Document(response.body, of: url, freshUntil: freshUntil)
        document.entityTag = response.headers["ETag"]
        document.lastModified = response.headers["Last-Modified"]
        return (document, response.body)
    }

    private func fetch(_ url: String, unlessStill stale: ContextCache.Document?) async throws -> Response {
        var conditions = Headers()
        if let tag = stale?.entityTag { conditions.add("If-None-Match", tag) }
        if let date = stale?.lastModified { conditions.add("If-Modified-Since", date) }
        do {
            return try await download(url, conditions)
        } catch {
            throw Self.unavailable(url, "\(error)")
        }
    }

    private static func unavailable(_ url: String, _ reason: String) -> NGSILDError {
        NGSILDError(
            .ldContextNotAvailable, "the @context \(url) cannot be fetched: \(reason)", at: "/@context")
    }
}

extension ContextCache.Document {
    /// - Throws: `badRequestData` where `text` is no JSON object with an `@context`.
    fileprivate init(_ text: [UInt8], of url: String, freshUntil: Timestamp) throws(NGSILDError) {
        self.init(
            content: try RemoteContext(url: url, document: text), bytes: text.count, freshUntil: freshUntil)
    }
}

extension ContextSource {
    /// The kept `@context`s that it names by their URLs: not what those refer to, nor the built-in ones.
    fileprivate var keptIDs: [String] {
        let urls: [String]
        switch self {
        case .none: urls = []
        case .url(let url): urls = [url]
        case .inline(let text):
            urls = (try? JSONDocument(parsing: text))?.root.elements.compactMap(\.string) ?? []
        }
        return urls.filter { !Self.isCore(url: $0) }.map { ManagedContexts.localID($0) ?? $0 }
    }

    /// What it takes to keep it.
    fileprivate var bytes: Int {
        switch self {
        case .none: 0
        case .url(let url): url.utf8.count
        case .inline(let text): text.count
        }
    }
}
