/// The bounds of what a query may say: each keeps the cost of one request in proportion to its length.
package enum QueryLimits {
    /// Bytes of `q`, `scopeQ`, a type selection, a projection, an ordering: a URL holds no more.
    package static let textMax = 16 * 1024
    /// Terms of one `q`, scopes of one `scopeQ`, types of one selection.
    package static let termsMax = 128
    /// Values of one list after `==`, ids of one `id`, names of one `attrs`.
    package static let listMax = 1_000
    /// Parentheses within each other; the parser is recursive.
    package static let nestingMax = 16
    /// Relationships that one path follows (4.5.23): the greatest `joinLevel`.
    package static let linksMax = 10
    /// Bytes of a regular expression.
    package static let patternMax = 512
    /// Copies that the bounded repetitions of a pattern multiply to: `regcomp` unrolls them.
    package static let repetitionMax = 1_000
    /// Positions of a reference geometry: a country's border in detail.
    package static let positionsMax = 10_000
    /// Keys of one `orderBy`: each is a sort key of every match.
    package static let orderKeysMax = 8
    /// Entities of a page (5.5.9, 6.3.10).
    package static let pageDefault = 20
    package static let pageMax = 1_000
    /// The greatest `offset`: as far as a 32-bit count of entities goes.
    package static let offsetMax = Int(Int32.max)
}
