import NGSILD
import Testing

/// Cases in the spirit of the W3C's compaction tests, written for this suite.
@Suite struct ContextCompactionTests {
    static let defaults = "https://uri.etsi.org/ngsi-ld/default-context/"

    @Test(arguments: [
        ("{}", defaults + "speed", "speed"), ("{}", "https://a.org/speed", "https://a.org/speed"),
        ("{}", "https://uri.etsi.org/ngsi-ld/hasValue", "value"),
        ("{}", "https://uri.etsi.org/ngsi-ld/other", "ngsi-ld:other"),
        ("{}", defaults + "location", "ngsi-ld:default-context/location"),
        ("{}", "https://purl.org/geojson/vocab#Other", "geojson:Other"), ("{}", defaults + "3:4", "3:4"),
        (#"{"speed":"https://a.org/speed"}"#, "https://a.org/speed", "speed"),
        (#"{"speed":"https://a.org/speed"}"#, defaults + "other", "other"),
        (
            #"{"almostFull":"https://a.org/af"}"#, defaults + "almostFull",
            "ngsi-ld:default-context/almostFull"
        ),
        (#"{"mine":"ngsi-ld:default-context/speed"}"#, defaults + "speed", "mine"),
        (
            #"{"ort":"https://uri.etsi.org/ngsi-ld/location"}"#, "https://uri.etsi.org/ngsi-ld/location",
            "location"
        ),
        (
            #"{"longer":"https://a.org/s","s":"https://a.org/s","t":"https://a.org/s"}"#, "https://a.org/s",
            "s"
        ),
        (#"{"b":"https://a.org/s","a":"https://a.org/s"}"#, "https://a.org/s", "a"),
        (#"{"a":"https://a.org/"}"#, "https://a.org/b", "a:b"),
        (#"{"a":"https://a.org/"}"#, "https://a.org/", "a"),
        (#"{"a":"https://a.org/x"}"#, "https://a.org/xy", "https://a.org/xy"),
        (#"{"a":"https://a.org/","ab":"https://a.org/b/"}"#, "https://a.org/b/c", "ab:c"),
        (#"{"aa":"https://a.org/","b":"https://a.org/"}"#, "https://a.org/x", "b:x"),
        (#"{"a":"https://a.org/","a:b":"https://b.org/"}"#, "https://a.org/b", "https://a.org/b"),
        (#"{"a":"https://a.org/","b":"a:b"}"#, "https://a.org/b", "b"),
        (#"{"@vocab":"https://v.org/"}"#, "https://v.org/x", "x"),
        (#"{"@vocab":"https://v.org/"}"#, defaults + "x", "ngsi-ld:default-context/x"),
        (#"{"@vocab":"https://v.org/"}"#, "https://v.org/location", "https://v.org/location"),
        (#"{"@vocab":"https://v.org/","x":"https://a.org/x"}"#, "https://v.org/x", "https://v.org/x"),
        (
            #"{"@vocab":"https://v.org/","v":"https://v.org/","x":"https://a.org/x"}"#, "https://v.org/x",
            "v:x"
        ),
        (
            #"{"children":{"@reverse":"https://a.org/parent"}}"#, "https://a.org/parent",
            "https://a.org/parent"
        ),
        (#"{"d":{"@id":"https://a.org/d","@type":"DateTime","@container":"@set"}}"#, "https://a.org/d", "d"),
        (#"[{"x":"https://a.org/1"},{"x":"https://a.org/2"}]"#, "https://a.org/1", "https://a.org/1"),
    ])
    func `5.5.7: an IRI is served by the client's term, else short in a way that reads back, else in full`(
        source: String, iri: String, term: String
    ) throws {
        let context = try context(source)
        #expect(context.compactIRI(iri) == term)
        #expect(context.term(ofStored: Context.storedName(ofIRI: iri)) == term)
        #expect(context.expandedIRI(of: term) == iri)
    }

    @Test func `keywords' aliases are for reading alone`() throws {
        let context = try context(#"{"tipo":"@type","n":"https://a.org/n"}"#)
        #expect(context.term(ofStored: "type") == "type")
        #expect(context.compactIRI("@type") == "@type")
    }

    @Test func `whatever is stored is read back under the name that is served`() throws {
        let context = try context(
            """
            [{"a":"https://a.org/","name":"a:name","status":"a:status","ort":"ngsi-ld:location","x":"y"},
             {"@vocab":"https://v.org/","y":{"@id":"a:why","@type":"@vocab"}}]
            """)
        for stored in [
            "name", "status", "location", "x", "y", "ort", "value", "https://a.org/name", "https://a.org/why",
            "https://a.org/status", "https://v.org/z", "https://v.org/status", "urn:x:y",
            Self.defaults + "status",
        ] {
            #expect(context.storedName(of: context.term(ofStored: stored)) == stored)
        }
    }
}
