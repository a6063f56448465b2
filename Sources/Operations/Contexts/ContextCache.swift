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
    }

    private struct State {
        var documents: BoundedCache<String, Document>
        var contexts: BoundedCache<ContextSource, Parsed>
        var failures: [String: (error: NGSILDError, until: Timestamp)] = [:]
    }
    private let state: Mutex<State>

    /// Failed addresses that are remembered at a time; a client that makes up more of them costs an attempt each.
    private static let failuresMax = 1_000
    /// A parsed context is its terms twice, forwards and backwards.
    private static let parsedBytesPerByte = 4

    package init(bytesMax: Int) {
        state = Mutex(
            State(
                documents: BoundedCache(bytesMax: bytesMax / 4),
                contexts: BoundedCache(bytesMax: bytesMax / 4 * 3)))
    }

    func context(for source: ContextSource, at now: Timestamp) -> Context? {
        state.withLock { state in
            guard let parsed = state.contexts.value(for: source), parsed.freshUntil > now else { return nil }
            return parsed.context
        }
    }

    func insert(_ context: Context, for source: ContextSource, freshUntil: Timestamp, sourceBytes: Int) {
        state.withLock { state in
            state.contexts.insert(
                Parsed(context: context, freshUntil: freshUntil), for: source,
                bytes: sourceBytes * Self.parsedBytesPerByte)
        }
    }

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
