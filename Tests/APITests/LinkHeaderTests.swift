import Testing

@testable import API

@Suite struct LinkHeaderTests {
    @Test(arguments: [
        (
            #"<http://c.org/a>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json""#,
            "http://c.org/a"
        ),
        (#"<http://c.org/a>;rel=http://www.w3.org/ns/json-ld#context"#, "http://c.org/a"),
        (
            #"<x>; rel="next", <http://c.org/a,b>; rel="up http://www.w3.org/ns/json-ld#context""#,
            "http://c.org/a,b"
        ),
        (#"<x>; title="a, b; c"; rel="next""#, nil), ("", nil), ("rubbish", nil), ("<x", nil),
        ("<x>; rel", nil),
    ])
    func `6.3.5: the link with JSON-LD's relation names the @context`(header: String, url: String?) throws {
        #expect(try LinkHeader.context(in: header) == url)
    }

    @Test(arguments: [
        "<http://c.org/a>; rel='http://www.w3.org/ns/json-ld#context'",
        #"http://c.org/a; rel="http://www.w3.org/ns/json-ld#context""#,
        #"<http://c.org/a>, rel="http://www.w3.org/ns/json-ld#context""#,
    ])
    func `6.3.5: one that is meant but cannot be read is refused, not passed over`(header: String) {
        #expect(throws: (any Error).self) { try LinkHeader.context(in: header) }
    }

    @Test func `6.3.5: two of them are refused`() {
        let link = #"<x>; rel="http://www.w3.org/ns/json-ld#context""#
        #expect(throws: (any Error).self) { try LinkHeader.context(in: "\(link), \(link)") }
    }
}
