import JSON
import NGSILD
import Testing

@Suite struct CoreContextTests {
    static var members: JSONView? {
        get throws { try JSONDocument(parsing: Context.coreDocument).root["@context"] }
    }

    @Test func `annex B: the core that is served is the core that is applied`() throws {
        let members = try #require(try Self.members)
        #expect(members["@vocab"]?.string == "https://uri.etsi.org/ngsi-ld/default-context/")
        #expect(members["@version"]?.number?.text == "1.1")
        #expect(members["@protected"]?.bool == true)
        for (name, definition) in members.members {
            guard let name = name.string, !name.hasPrefix("@") else { continue }
            let id = try #require(definition.string ?? definition["@id"]?.string)
            #expect(Context.core.expandedIRI(of: name) == Context.core.expandedIRI(of: id))
        }
        #expect(members["createdAt"]?["@type"]?.string == "DateTime")
        #expect(members["coordinates"]?["@container"]?.string == "@list")
        #expect(members["ngsildproof"]?["@context"]?.count == 2)
        #expect(members["speed"] == nil)
    }

    @Test func `annex B: every core term has an IRI of its own`() throws {
        let members = try #require(try Self.members)
        for (name, _) in members.members {
            guard let name = name.string, !name.hasPrefix("@"), name != "id", name != "type" else { continue }
            #expect(Context.storedName(ofIRI: Context.core.expandedIRI(of: name)) == name)
        }
    }

    @Test(arguments: [
        ("https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld", true),
        ("http://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.3.jsonld", true),
        ("https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld", true),
        ("https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.10.jsonld", true),
        ("https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-draft.jsonld", false),
        ("https://uri.etsi.org.evil.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld", false),
        ("https://uri.etsi.org/ngsi-ld/v1/other.jsonld", false), ("", false),
    ])
    func `4.4: every published version of the core is built in`(url: String, isCore: Bool) {
        #expect(Context.isCore(url: url) == isCore)
    }
}
