import JSON
import NGSILD
import Testing

@Suite struct ContextSourceTests {
    static let core = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld"

    static func source(_ text: String) throws -> ContextSource {
        try ContextSource(JSONDocument(parsing: Array(text.utf8)).root)
    }

    @Test(
        arguments: [
            (#""https://a.org/c""#, "https://a.org/c"), (#"["https://a.org/c"]"#, "https://a.org/c"),
            ("[\"https://a.org/c\",\"\(core)\"]", "https://a.org/c"), ("[\"\(core)\"]", core),
            (#"["https://a.org/c","https://a.org/d"]"#, nil), (#"{"a":"https://a.org/"}"#, nil), ("[]", nil),
            (#"["https://a.org/c",{}]"#, nil),
        ] as [(String, String?)])
    func `6.3.6: the Link header names the one URL that says it all`(text: String, url: String?) throws {
        #expect(try Self.source(text).linkURL == url)
    }

    @Test func `6.3.5: a Link header has the relation and the type`() {
        #expect(
            ContextSource.link(to: "https://a.org/c")
                == "<https://a.org/c>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\""
        )
        #expect(ContextSource.none.linkURL == Self.core)
    }

    @Test(arguments: [
        #""https://a.org/c""#, #"["https://a.org/c"]"#, #"[{"a":"https://a.org/"},"https://a.org/c"]"#,
    ])
    func `answers carry the client's @context as it was sent, without the core`(text: String) throws {
        var writer = JSONWriter()
        try context(text, documents: ["https://a.org/c": #"{"@context":{}}"#]).source.write(into: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
    }

    @Test func `answers to a client without an @context carry the core's URL`() {
        var writer = JSONWriter()
        Context.core.source.write(into: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\"\(Self.core)\"")
    }

    @Test func `sources are equal where their text is, without white space`() throws {
        #expect(try Self.source(#"{ "a" : "b" }"#) == Self.source(#"{"a":"b"}"#))
        #expect(try Self.source(#"{"a":"b"}"#) != Self.source(#"{"a":"c"}"#))
    }
}
