/// What an @context says of one term (JSON-LD 1.1, section 9.15.1).
package struct ContextTerm: Sendable, Hashable {
    /// How the values under a term are read.
    package enum Coercion: Sendable, Hashable {
        /// Strings are IRIs.
        case id
        /// Strings are terms of the vocabulary.
        case vocab
        /// Any JSON, left alone.
        case json
        /// Explicitly not coerced.
        case none
        /// Literals of the data type with this IRI.
        case datatype(String)
    }

    package struct Containers: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let list = Containers(rawValue: 1)
        package static let set = Containers(rawValue: 2)
        package static let index = Containers(rawValue: 4)
        package static let language = Containers(rawValue: 8)
        package static let id = Containers(rawValue: 16)
        package static let type = Containers(rawValue: 32)
        package static let graph = Containers(rawValue: 64)

        /// Those of one keyword; nothing where it names no container.
        init?(keyword: String) {
            switch keyword {
            case "@list": self = .list
            case "@set": self = .set
            case "@index": self = .index
            case "@language": self = .language
            case "@id": self = .id
            case "@type": self = .type
            case "@graph": self = .graph
            default: return nil
            }
        }
    }

    /// The IRI, or the keyword of which the term is an alias.
    package internal(set) var iri: String
    package internal(set) var coercion: Coercion?
    package internal(set) var containers: Containers = []
    /// Whether `term:suffix` abbreviates an IRI.
    package internal(set) var isPrefix = false
    /// Whether the term points the other way (`@reverse`); it never stands for its IRI in answers.
    var isReverse = false
    /// Whether a later @context must not define the term in another way.
    var isProtected = false

    init(iri: String, coercion: Coercion? = nil, containers: Containers = [], isPrefix: Bool = false) {
        self.iri = iri
        self.coercion = coercion
        self.containers = containers
        self.isPrefix = isPrefix
    }
}
