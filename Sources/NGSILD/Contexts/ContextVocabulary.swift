import JSON

/// The terms of a user @context and the rules by which they, the core's and the vocabulary give an IRI.
struct ContextVocabulary: Sendable {
    /// The user's terms; none has the name of a core term, since the core cannot be overridden (4.4, 5.5.7).
    var terms: [ExactString: ContextTerm] = [:]
    /// What stands before a name that no term defines (`@vocab`).
    ///
    /// The core's own is the fallback "in case there is no other possible expansion" (4.4), so that a user's
    /// comes before it.
    var fallback = CoreContext.vocabulary

    func term(_ name: ExactString) -> ContextTerm? { CoreContext.terms[name] ?? terms[name] }

    /// The IRI of a term, a compact IRI or an IRI, or a keyword for itself and its aliases (JSON-LD 1.1, 5.2.2).
    func expandedIRI(of text: String) -> String {
        term(ExactString(text))?.iri ?? composedIRI(of: text)
    }

    /// The IRI of a text that is no term.
    func composedIRI(of text: String) -> String {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            return CoreContext.keywords.contains(text) ? text : fallback + text
        }
        let prefix = text[..<colon]
        let suffix = text[text.utf8.index(after: colon)...]
        if suffix.utf8.starts(with: "//".utf8) || prefix == "_" { return text }
        if let term = term(ExactString(String(prefix))), term.isPrefix { return term.iri + suffix }
        return IRIReference.isScheme(prefix.utf8) ? text : fallback + text
    }
}
