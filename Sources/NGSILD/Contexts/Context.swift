/// Stands in until the JSON-LD part is merged.
package final class Context: Sendable {
    package static let core = Context([:])
    private let names: [String: String]
    package init(_ names: [String: String]) { self.names = names }
    package var isCore: Bool { names.isEmpty }
    package func storedName(of term: String) -> String {
        let core = "https://uri.etsi.org/ngsi-ld/"
        if term.hasPrefix(core) { return Context.storedName(ofIRI: term) }
        return names[term] ?? term
    }
    package func term(ofStored name: String) -> String { names.first { $0.value == name }?.key ?? name }
    package static func iri(ofStored name: String) -> String {
        name.contains(":") ? name : "https://uri.etsi.org/ngsi-ld/default-context/\(name)"
    }
    package static func storedName(ofIRI iri: String) -> String {
        let core = "https://uri.etsi.org/ngsi-ld/"
        let defaults = core + "default-context/"
        if iri.hasPrefix(defaults) { return String(iri.dropFirst(defaults.count)) }
        return iri.hasPrefix(core) ? String(iri.dropFirst(core.count)) : iri
    }
    package func compactIRI(_ iri: String) -> String { iri }
}
