package import NGSILD

/// What a Prefer header (RFC 7240) asks of NGSI-LD.
package struct Preferences: Equatable, Sendable {
    /// `body=json`: a GeoJSON answer keeps its `@context` in the Link header (6.3.6).
    package var keepsContextOutOfBody = false
    /// `ngsi-ld=1.5`: the version of the specification that the client understands (4.3.6.8), as far as it is one.
    package var version: SpecificationVersion?

    /// The version that the answer is in: that one, or ours where it is a later one.
    package var applied: SpecificationVersion? { version.map { min($0, .current) } }

    /// What is no preference of NGSI-LD's is passed over, as RFC 7240 wants it.
    init(_ header: String?) {
        guard let header else { return }
        for preference in header.split(separator: ",") {
            let text = trimmed(preference.prefix { $0 != ";" })
            let parts = text.split(separator: "=", maxSplits: 1).map(trimmed)
            guard parts.count == 2 else { continue }
            let value = parts[1].filter { $0 != "\"" }
            switch parts[0].lowercased() {
            case "body": keepsContextOutOfBody = value.lowercased() == "json"
            case "ngsi-ld": version = version ?? SpecificationVersion(value)
            default: continue
            }
        }
    }
}
