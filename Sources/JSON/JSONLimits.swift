/// What a JSON text may cost us and the database.
package struct JSONLimits: Sendable {
    /// Nested arrays and objects.
    ///
    /// Everything that walks a document recurses, so this bounds the stack; the deepest data we know
    /// (GeoJSON inside sub-attributes) has 12 levels.
    package var depthMax = 64
    /// Bytes of one text.
    ///
    /// Nodes address the source in 32 bits, and a request body is bounded long before.
    package var bytesMax = 64 << 20
    /// Digits of one number: the largest double written out in full has 309.
    package var numberDigitsMax = 400
    /// Largest power of ten, either way: a double's.
    ///
    /// PostgreSQL, which evaluates queries, expands numbers: the ten bytes `1e131071` to 131 kB, a list of them to
    /// gigabytes.
    package var exponentMax = 308

    /// Whether a member's name may come again in its object.
    ///
    /// Never in what is stored; documents of third parties, which their authors' tools let pass, may be read so.
    /// A view then finds the first, a `JSONObject` has the last, as in most readers.
    package var allowsDuplicateNames = false

    package init() {}

    package static let `default` = JSONLimits()
}
