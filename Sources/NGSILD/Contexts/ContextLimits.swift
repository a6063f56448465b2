/// What one @context may cost.
package enum ContextLimits {
    /// Documents that refer to one another in a chain; the deepest in the wild has three.
    package static let chainMax = 8
    /// References to remote documents in all, each counted as often as it is followed: documents that include
    /// others twice would otherwise double the work at each level.
    package static let referencesMax = 64
    /// Terms in all: four times the largest published one (all Smart Data Models).
    package static let termsMax = 20_000
    /// Terms that are defined by one another in a chain; this bounds the stack.
    package static let definitionDepthMax = 32
    /// Bytes of a remote document: sixteen times the largest published one.
    package static let documentBytesMax = 2 << 20
}
