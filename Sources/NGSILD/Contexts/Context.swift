import JSON

/// A user @context with the core @context underneath: what a client calls things, and what they are.
///
/// Immutable and shared between workers; everything that rendering asks is worked out when it is built.
package final class Context: Sendable {
    /// The core @context alone (5.5.5).
    package static let core = Context(source: .none, vocabulary: ContextVocabulary())

    /// What the client sent, for the `Link` header and the `@context` of answers.
    package let source: ContextSource
    /// Whether names are read and served as the core alone does: stored names without a colon stay as they are.
    package let isCore: Bool

    private let vocabulary: ContextVocabulary
    /// From the client's term to its stored name.
    private let storedNames: [ExactString: String]
    /// From the stored name to the term that a client sees.
    private let termsByStoredName: [ExactString: String]
    private let prefixes: [(term: String, iri: String)]

    init(source: ContextSource, vocabulary: ContextVocabulary) {
        self.source = source
        self.vocabulary = vocabulary
        isCore = vocabulary.terms.isEmpty && vocabulary.fallback == CoreContext.vocabulary
        storedNames = vocabulary.terms.mapValues { Self.storedName(ofIRI: $0.iri) }
        termsByStoredName = Self.inverse(of: vocabulary)
        let own = vocabulary.terms.lazy.filter { $0.value.isPrefix }.map { ($0.key.text, $0.value.iri) }
        prefixes = CoreContext.prefixes + own
    }

    /// Of several terms for one IRI the shortest, then the first in order of code points (JSON-LD 1.1, 4.3).
    private static func inverse(of vocabulary: ContextVocabulary) -> [ExactString: String] {
        var inverse: [ExactString: String] = [:]
        for (name, term) in vocabulary.terms where !term.isReverse && !CoreContext.keywords.contains(term.iri)
        {
            let stored = ExactString(storedName(ofIRI: term.iri))
            guard CoreContext.terms[stored] == nil else { continue }
            if let other = inverse[stored], !isPreferred(name.text, to: other) { continue }
            inverse[stored] = name.text
        }
        return inverse
    }

    private static func isPreferred(_ term: String, to other: String) -> Bool {
        let lengths = (term.unicodeScalars.count, other.unicodeScalars.count)
        return lengths.0 < lengths.1
            || (lengths.0 == lengths.1 && term.utf8.lexicographicallyPrecedes(other.utf8))
    }

    /// How the values under a term are read; nothing where the term says nothing of it.
    package func coercion(of term: String) -> ContextTerm.Coercion? {
        vocabulary.term(ExactString(term))?.coercion
    }

    /// The IRI of a term, compact IRI or IRI; of `id`, `type` and other aliases the keyword.
    package func expandedIRI(of term: String) -> String { vocabulary.expandedIRI(of: term) }

    /// The stored name of an attribute, a type or a VocabProperty's value (5.5.7).
    package func storedName(of term: String) -> String {
        if !isCore, let stored = storedNames[ExactString(term)] { return stored }
        let isPlain = !term.contains(byte: UInt8(ascii: ":"))
        if isPlain, vocabulary.fallback == CoreContext.vocabulary { return term }
        return Self.storedName(ofIRI: vocabulary.expandedIRI(of: term))
    }

    /// What this client calls an attribute, a type or a VocabProperty's value of this stored name.
    package func term(ofStored name: String) -> String {
        let isIRI = name.utf8.contains(UInt8(ascii: ":"))
        if isCore, !isIRI { return name }
        let key = ExactString(name)
        if let term = termsByStoredName[key] { return term }
        if !isIRI {
            let isShadowed = vocabulary.terms[key] != nil || vocabulary.fallback != CoreContext.vocabulary
            if !isShadowed || CoreContext.terms[key] != nil { return name }
        }
        return abbreviated(Self.iri(ofStored: name))
    }

    /// Whether this @context has no word for an attribute: its IRI, as it stands, is a term for something else.
    ///
    /// Such @contexts are in use, though JSON-LD 1.1 refuses them (section 4.2.2).
    func hides(stored name: String) -> Bool {
        guard !isCore, name.utf8.contains(UInt8(ascii: ":")), let other = vocabulary.terms[ExactString(name)]
        else { return false }
        return other.iri != name && term(ofStored: name) == name
    }

    /// An IRI as short as this @context can say it.
    package func compactIRI(_ iri: String) -> String {
        iri.utf8.contains(UInt8(ascii: ":")) ? term(ofStored: Self.storedName(ofIRI: iri)) : iri
    }

    /// Relative to the vocabulary, else as a compact IRI, else as it is; only what reads back as the same IRI.
    private func abbreviated(_ iri: String) -> String {
        if let suffix = iri.dropping(prefix: vocabulary.fallback), vocabulary.expandedIRI(of: suffix) == iri {
            return suffix
        }
        var best: String?
        for (term, start) in prefixes {
            guard let suffix = iri.dropping(prefix: start) else { continue }
            let candidate = "\(term):\(suffix)"
            if let best, !Self.isPreferred(candidate, to: best) { continue }
            if vocabulary.expandedIRI(of: candidate) == iri { best = candidate }
        }
        return best ?? iri
    }

    /// The full IRI of a stored name; of `id` and `type` the keyword.
    package static func iri(ofStored name: String) -> String {
        if name.utf8.contains(UInt8(ascii: ":")) { return name }
        return CoreContext.terms[ExactString(name)]?.iri ?? CoreContext.vocabulary + name
    }

    /// The core's term for an IRI; else what follows the default vocabulary, where the core has no term of that
    /// name and it has no colon; else the IRI.
    package static func storedName(ofIRI iri: String) -> String {
        if let term = CoreContext.termsByIRI[ExactString(iri)] { return term }
        guard let name = iri.dropping(prefix: CoreContext.vocabulary), !name.utf8.contains(UInt8(ascii: ":")),
            !name.utf8.starts(with: "@".utf8), CoreContext.terms[ExactString(name)] == nil
        else { return iri }
        return name
    }
}
