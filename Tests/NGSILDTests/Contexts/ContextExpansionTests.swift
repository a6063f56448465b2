import NGSILD
import Testing

/// Cases in the spirit of the W3C's expansion tests, written for this suite.
@Suite struct ContextExpansionTests {
    static let defaults = "https://uri.etsi.org/ngsi-ld/default-context/"

    @Test(arguments: [
        ("{}", "speed", defaults + "speed"), ("{}", "location", "https://uri.etsi.org/ngsi-ld/location"),
        ("{}", "value", "https://uri.etsi.org/ngsi-ld/hasValue"),
        ("{}", "description", "http://purl.org/dc/terms/description"),
        ("{}", "Point", "https://purl.org/geojson/vocab#Point"), ("{}", "id", "@id"),
        ("{}", "@type", "@type"),
        ("{}", "ngsi-ld:foo", "https://uri.etsi.org/ngsi-ld/foo"), ("{}", "urn:x:y", "urn:x:y"),
        ("{}", "https://a.org/b", "https://a.org/b"), ("{}", "3:4", defaults + "3:4"),
        (#"{"speed":"https://a.org/speed"}"#, "speed", "https://a.org/speed"),
        (#"{"speed":{"@id":"https://a.org/speed"}}"#, "speed", "https://a.org/speed"),
        (#"{"a":"https://a.org/","speed":"a:s"}"#, "speed", "https://a.org/s"),
        (#"{"speed":"a:s","a":"https://a.org/"}"#, "speed", "https://a.org/s"),
        (#"{"a":"https://a.org/","a:speed":{"@type":"@id"}}"#, "a:speed", "https://a.org/speed"),
        (#"{"a":"https://a.org#"}"#, "a:b", "https://a.org#b"),
        (#"{"a":"https://a.org/"}"#, "a://b", "a://b"),
        (#"{"a":"https://a.org/b"}"#, "a:c", "a:c"), (#"{"a":{"@id":"https://a.org/"}}"#, "a:c", "a:c"),
        (#"{"a":{"@id":"https://a.org/b","@prefix":true}}"#, "a:c", "https://a.org/bc"),
        (#"{"a":{"@id":"https://a.org/","@prefix":false}}"#, "a:c", "a:c"),
        (#"{"one":"two","two":"three","three":"https://a.org/3"}"#, "one", "https://a.org/3"),
        (#"{"one":"two"}"#, "one", defaults + "two"), (#"{"one":"one"}"#, "one", defaults + "one"),
        (#"{"one":{"@type":"@vocab"}}"#, "one", defaults + "one"),
        (#"{"@vocab":"https://v.org/"}"#, "speed", "https://v.org/speed"),
        (#"{"@vocab":"https://v.org/"}"#, "location", "https://uri.etsi.org/ngsi-ld/location"),
        (#"{"@vocab":"https://v.org/","x":{"@type":"@id"}}"#, "x", "https://v.org/x"),
        (#"[{"@vocab":"https://v.org/"},{"@vocab":"sub#"}]"#, "x", "https://v.org/sub#x"),
        (#"[{"v":"https://v.org/"},{"@vocab":"v:sub/"}]"#, "x", "https://v.org/sub/x"),
        (#"[{"@vocab":"https://v.org/"},{"@vocab":null}]"#, "x", defaults + "x"),
        (#"{"tipo":"@type","identificador":"@id"}"#, "tipo", "@type"), (#"{"t":"type"}"#, "t", "@type"),
        (#"{"speed":null}"#, "speed", defaults + "speed"),
        (#"{"speed":{"@id":null}}"#, "speed", defaults + "speed"),
        (#"[{"speed":"https://a.org/s"},{"speed":null}]"#, "speed", defaults + "speed"),
        (#"[{"speed":"https://a.org/s"},null]"#, "speed", defaults + "speed"),
        (#"[{"x":"https://a.org/1"},{"x":"https://a.org/2"}]"#, "x", "https://a.org/2"),
        (#"{"children":{"@reverse":"https://a.org/parent"}}"#, "children", "https://a.org/parent"),
        (#"{"@foo":"https://a.org/foo"}"#, "@foo", defaults + "@foo"),
        (#"{"speed":"@foo"}"#, "speed", defaults + "speed"),
        (#"[{"speed":"https://a.org/s"},{"speed":{"@id":"@foo"}}]"#, "speed", defaults + "speed"),
        (#"{"a":{"@id":"https://a.org/","@type":"@id"},"a:s":{"@type":"@id"}}"#, "a:s", "https://a.org/s"),
        (#"{"a":{"@id":"https://a.org/"},"a:s":{"@id":"a:s"}}"#, "a:s", "https://a.org/s"),
        (#"{"é":"https://a.org/e","日本語":"https://a.org/日本語"}"#, "日本語", "https://a.org/日本語"),
    ])
    func `5.5.7: a term expands by the client's @context, the core and the vocabulary`(
        source: String, term: String, iri: String
    ) throws {
        let context = try context(source)
        #expect(context.expandedIRI(of: term) == iri)
        if iri.utf8.first != UInt8(ascii: "@") {
            #expect(Context.iri(ofStored: context.storedName(of: term)) == iri)
        }
    }

    @Test(arguments: [
        #"{"Property":"https://evil.example/Property"}"#, #"{"Property":null}"#,
        #"{"Property":{"@id":"https://evil.example/P","@context":{}}}"#,
        #"["https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld",{"Property":"https://evil.example/P"}]"#,
    ])
    func `4.4: a client cannot redefine a core term`(source: String) throws {
        let context = try context(source)
        #expect(context.expandedIRI(of: "Property") == "https://uri.etsi.org/ngsi-ld/Property")
        #expect(context.storedName(of: "Property") == "Property")
        #expect(context.term(ofStored: "Property") == "Property")
        #expect(context.storedName(of: "https://evil.example/P") == "https://evil.example/P")
    }

    @Test(arguments: [
        ("speed", "speed"), ("location", "location"), ("https://uri.etsi.org/ngsi-ld/location", "location"),
        ("ngsi-ld:location", "location"), ("ngsi-ld:hasValue", "value"),
        ("http://purl.org/dc/terms/title", "title"),
        ("https://uri.etsi.org/ngsi-ld/default-context/speed", "speed"),
        ("ngsi-ld:default-context/speed", "speed"),
        (
            "https://uri.etsi.org/ngsi-ld/default-context/location",
            "https://uri.etsi.org/ngsi-ld/default-context/location"
        ),
        (
            "https://uri.etsi.org/ngsi-ld/default-context/a:b",
            "https://uri.etsi.org/ngsi-ld/default-context/a:b"
        ),
        ("https://uri.etsi.org/ngsi-ld/default-context/", "https://uri.etsi.org/ngsi-ld/default-context/"),
        ("https://uri.etsi.org/ngsi-ld/unknown", "https://uri.etsi.org/ngsi-ld/unknown"),
        ("https://a.org/speed", "https://a.org/speed"), ("urn:x:speed", "urn:x:speed"),
    ])
    func `a stored name is the short term of the core or the default vocabulary, else the IRI`(
        name: String, stored: String
    ) {
        #expect(Context.core.storedName(of: name) == stored)
        #expect(Context.core.storedName(of: stored) == stored)
        #expect(Context.storedName(ofIRI: Context.iri(ofStored: stored)) == stored)
    }

    @Test func `names that Unicode holds equivalent stay apart`() throws {
        let context = try context("{\"\u{C5}\":\"https://a.org/ring\"}")
        #expect(context.storedName(of: "\u{C5}") == "https://a.org/ring")
        #expect(Array(context.storedName(of: "\u{212B}").utf8) == Array("\u{212B}".utf8))
    }

    @Test func `a term says how its values are read`() throws {
        let context = try context(
            """
            {"xsd":"http://www.w3.org/2001/XMLSchema#","a":{"@type":"@id"},"b":{"@type":"@vocab"},"c":{"@type":"@json"},
             "d":{"@type":"xsd:date"},"e":{"@type":"DateTime"},"f":"https://a.org/f","g":{"@type":"@none"}}
            """)
        #expect(context.coercion(of: "a") == .id)
        #expect(context.coercion(of: "b") == .vocab)
        #expect(context.coercion(of: "c") == .json)
        #expect(context.coercion(of: "d") == .datatype("http://www.w3.org/2001/XMLSchema#date"))
        #expect(context.coercion(of: "e") == .datatype("https://uri.etsi.org/ngsi-ld/DateTime"))
        #expect(context.coercion(of: "f") == nil)
        #expect(context.coercion(of: "g") == ContextTerm.Coercion.none)
        #expect(context.coercion(of: "vocab") == .vocab)
        #expect(context.coercion(of: "unknown") == nil)
    }

    @Test(arguments: [
        "{}", "[]", #"["https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.3.jsonld"]"#,
        #"{"@base":"https://a.org/"}"#,
    ])
    func `an @context that adds nothing to the core is served like the core`(source: String) throws {
        #expect(try context(source).isCore)
        #expect(try !context(#"{"a":"https://a.org/"}"#).isCore)
    }
}
