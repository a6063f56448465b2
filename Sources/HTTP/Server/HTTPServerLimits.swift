/// What a server takes from its clients, for each worker: beyond it they get the status that is named.
package struct HTTPServerLimits: Sendable {
    // MARK: Sizes

    /// Bytes of a request target (414): long `q`s and id lists fit, and proxies cut at about the same.
    package var targetBytesMax = 8 * 1024
    /// Bytes of a request's head, all fields and lines (431): tokens and contexts fit.
    package var headBytesMax = 32 * 1024
    /// Fields of a head (431): clients send 5 to 20.
    package var fieldsMax = 100
    /// Bytes of a body, as received and again as decoded (413): a batch of 10 000 entities fits.
    package var bodyBytesMax = 32 * 1024 * 1024
    /// Bytes of all bodies that one worker holds at a time (503): many large ones must not exhaust the memory.
    package var bufferedBodyBytesMax = 256 * 1024 * 1024
    /// Bytes of a line that begins a chunk (400): its size and extensions, which nobody sends.
    package var chunkLineBytesMax = 256
    /// Bytes of the trailers behind the last chunk (431), which are read and dropped.
    package var trailerBytesMax = 4 * 1024
    /// How many times its size a compressed body may grow to (413): JSON reaches about 30, a bomb 1 000.
    package var inflationRatioMax = 100

    // MARK: Times

    /// From the first byte of a head, or from the connecting under TLS, to the head's end (408).
    package var headTime = Duration.seconds(10)
    /// For a body (408), on top of what `bytesPerSecondMin` allows.
    package var bodyTime = Duration.seconds(20)
    /// For an answer to be taken, on top of what `bytesPerSecondMin` allows; then the connection ends.
    package var writeTime = Duration.seconds(20)
    /// The slowest peer served: above it a body or an answer may take its time, a dripping one may not.
    package var bytesPerSecondMin = 4 * 1024
    /// How long a connection may stay open with no request on it: longer than most proxies keep theirs.
    package var idleTime = Duration.seconds(75)
    /// How long what a refused client still sends is read and dropped, so that it sees the answer.
    package var lingerTime = Duration.seconds(2)
    /// How long a client may have closed its side before it is asked, by an interim answer, whether it is
    /// there still: most answers are quicker.
    package var absenceTime = Duration.milliseconds(500)

    // MARK: Counts

    /// Connections of one worker (503, and the connection ends).
    package var connectionsMax = 10_000
    /// Connections beyond `connectionsMax` that are told so; further ones are closed without a word.
    package var refusedConnectionsMax = 256

    package init() {}
}
