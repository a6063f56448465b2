import NGSILD
import Synchronization
import JSON

/// The @contexts that this process has at hand, shared by its workers and bounded by bytes.
package final class ContextCache: Sendable {
    /// A remote document and what is needed to ask whether it has changed.
    struct Document: Sendable {
        let content: RemoteContext
        let bytes: Int
        var freshUntil: Timestamp
        var entityTag: String?
        var lastModified: String?
    }

    /// What a request's `@context` was read to, and until when what it rests on is fresh.
    struct Parsed: Sendable {
        let context: Context
        let freshUntil: Timestamp
        /// The kept `@context`s that it names.
        let ids: [String]
    }

    private struct State {
        var documents: BoundedCache<String, Document>
        var contexts: BoundedCache<ContextSource, Parsed>
        var failures: [String: (error: NGSILDError, until: Timestamp)] = [:]
        /// Since it was last taken, by id.
        var usage: [String: ContextUsage] = [:]

        mutating func count(_ ids: [String], at now: Timestamp) {
            for id in ids where usage.count < ContextCache.usageMax || usage[id] != nil {
                usage[id] = (usage[id] ?? ContextUsage()) + ContextUsage(hits: 1, last: now)
            }
        }
    }
    private let state: Mutex<State>

    /// Failed addresses that are remembered at a time; a client that makes up more of them costs an attempt each.
    private static let failuresMax = 1_000
    /// `@context`s whose usage is kept until it is taken, every second or so; of others it is not counted.
    fileprivate static let usageMax = 10_000
    /// A parsed context is its terms twice, forwards and backwards.
    private static let parsedBytesPerByte = 4

    package init(bytesMax: Int) {
        state = Mutex(
            State(
                documents: BoundedCache(bytesMax: bytesMax / 4),
                contexts: BoundedCache(bytesMax: bytesMax / 4 * 3)))
    }

    /// What `source` was read to, which counts as a use of what it names.
    func context(for source: ContextSource, at now: Timestamp) -> Context? {
        state.withLock { state in
            guard let parsed = state.contexts.value(for: source), parsed.freshUntil > now else { return nil }
            state.count(parsed.ids, at: now)
            return parsed.context
        }
    }

    /// Keeps what `source`, which names the `@context`s `ids`, was read to at `now`; its first use.
    func insert(
        _ context: Context, for source: ContextSource, naming ids: [String], freshUntil: Timestamp,
        sourceBytes: Int, at now: Timestamp
    ) {
        state.withLock { state in
            state.count(ids, at: now)
            state.contexts.insert(
                Parsed(context: context, freshUntil: freshUntil, ids: ids), for: source,
                bytes: sourceBytes * Self.parsedBytesPerByte)
        }
    }

    // MARK: Usage

    func count(_ id: String, at now: Timestamp) {
        state.withLock { $0.count([id], at: now) }
    }

    /// What was counted of `id` and not taken yet.
    func usage(of id: String) -> ContextUsage {
        state.withLock { $0.usage[id] ?? ContextUsage() }
    }

    /// What was counted since the last time, for the caller to store.
    func takeUsage() -> [String: ContextUsage] {
        state.withLock { state in
            defer { state.usage = [:] }
            return state.usage
        }
    }

    /// Takes back what could not be stored.
    func giveBack(_ usage: [String: ContextUsage]) {
        state.withLock { $0.usage.merge(usage, uniquingKeysWith: +) }
    }

    // MARK: Documents

    /// The document at `url`, fresh or not.
    func document(at url: String) -> Document? {
        state.withLock { $0.documents.value(for: url) }
    }

    func insert(_ document: Document, at url: String) {
        state.withLock { state in
            state.failures[url] = nil
            state.documents.insert(document, for: url, bytes: document.bytes * Self.parsedBytesPerByte)
        }
    }

    func removeDocuments(where isGone: (String) -> Bool) {
        state.withLock { state in
            state.usage = state.usage.filter { !isGone($0.key) }
            for url in state.documents.keys where isGone(url) { state.documents.remove(url) }
        }
    }

    /// Every `@context` is read again when it is asked for: what it rests on may have changed.
    func forgetParsed() {
        state.withLock { $0.contexts.removeAll() }
    }

    /// Why `url` could not be fetched a moment ago.
    func failure(at url: String, at now: Timestamp) -> NGSILDError? {
        state.withLock { state in
            guard let failure = state.failures[url], failure.until > now else { return nil }
            return failure.error
        }
    }

    func remember(_ error: NGSILDError, of url: String, until: Timestamp, at now: Timestamp) {
        state.withLock { state in
            if state.failures.count >= Self.failuresMax {
                state.failures = state.failures.filter { $0.value.until > now }
            }
            guard state.failures.count < Self.failuresMax else { return }
            state.failures[url] = (error, until)
        }
    }
}
