/// What bounds the loading of @contexts.
package struct ContextLimits: Sendable {
    /// Bytes of one remote document; the largest in use (all Smart Data Models) has 126 KB.
    package var documentBytesMax = 4 << 20
    /// A fetch, redirects and all; beyond: LdContextNotAvailable. Clients wait for it.
    package var fetchTimeout = Duration.seconds(10)
    /// Bytes of documents and parsed contexts that the process keeps; beyond, the least recently used goes.
    package var cacheBytesMax = 64 << 20
    /// Remote documents that one @context may name, directly or not; beyond: BadRequestData.
    package var documentsMax = 32
    /// How long a failed fetch is remembered, so that a dead address costs one attempt per time, not per request.
    package var failureLifetime = Duration.seconds(5)

    package init() {}
}
