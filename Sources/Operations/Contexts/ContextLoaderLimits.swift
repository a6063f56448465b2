/// What bounds the loading of @contexts.
package struct ContextLoaderLimits: Sendable {
    /// How long a fetch may take, redirects and all; beyond: LdContextNotAvailable.
    package var fetchTimeout = Duration.seconds(10)
    /// Bytes of documents and parsed contexts that the process keeps; beyond, the least recently used goes.
    package var cacheBytesMax = 64 << 20
    /// How long a failed fetch is remembered, so that a dead address costs one attempt per time, not per request.
    package var failureLifetime = Duration.seconds(5)

    package init() {}
}
