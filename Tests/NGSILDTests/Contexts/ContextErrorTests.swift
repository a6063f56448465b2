import NGSILD
import Testing

@Suite struct ContextErrorTests {
    @Test(arguments: [
        ("[1]", "/@context/0", "1"), ("[[]]", "/@context/0", "[]"), (#"[true]"#, "/@context/0", "true"),
        (#"["relative.jsonld"]"#, "/@context/0", "relative.jsonld"), (#""""#, "/@context", "absolute URL"),
        (#"["https://a b"]"#, "/@context/0", "https://a b"),
        (#"{"a":1}"#, "/@context/a", "1"), (#"{"a":["x"]}"#, "/@context/a", #"["x"]"#),
        (#"{"a":true}"#, "/@context/a", "true"),
        (#"{"":"https://a.org/"}"#, "/@context/", "empty"), (#"{"a":""}"#, "/@context/a", "empty"),
        (#"{"a/b":{"@id":5}}"#, "/@context/a~1b/@id", "5"), (#"{"a":{"@type":5}}"#, "/@context/a/@type", "5"),
        (#"{"a":{"@type":"@set"}}"#, "/@context/a/@type", "@set"),
        (#"{"a":{"@type":"id"}}"#, "/@context/a/@type", "id"),
        (#"{"a":{"@container":"@foo"}}"#, "/@context/a/@container", "@foo"),
        (#"{"a":{"@container":["@list","@set"]}}"#, "/@context/a/@container", "@list"),
        (#"{"a":{"@prefix":"yes"}}"#, "/@context/a/@prefix", "yes"),
        (#"{"a":{"@protected":1}}"#, "/@context/a/@protected", "1"),
        (#"{"a:b":{"@id":"https://a.org/","@prefix":true}}"#, "/@context/a:b/@prefix", "prefix"),
        (#"{"a":{"@id":"@type","@prefix":true}}"#, "/@context/a/@prefix", "prefix"),
        (#"{"a":{"@language":1}}"#, "/@context/a/@language", "1"),
        (#"{"a":{"@nest":null}}"#, "/@context/a/@nest", "null"),
        (#"{"a":{"@reverse":"b","@id":"c"}}"#, "/@context/a", "@reverse"),
        (#"{"a":{"@reverse":1}}"#, "/@context/a/@reverse", "1"),
        (#"{"a":{"foo":1}}"#, "/@context/a/foo", "foo"),
        (#"{"a":{"@value":1}}"#, "/@context/a/@value", "@value"),
        (#"{"a":"@context"}"#, "/@context/a", "@context"),
        (#"{"a":"b","b":"a"}"#, "/@context/a", "by itself"), (#"{"a":"a:b"}"#, "/@context/a", "by itself"),
        (#"{"@vocab":1}"#, "/@context/@vocab", "1"), (#"{"@vocab":"@id"}"#, "/@context/@vocab", "@id"),
        (#"{"@version":1.0}"#, "/@context/@version", "1.0"),
        (#"{"@version":"1.1"}"#, "/@context/@version", "1.1"),
        (#"{"@base":1}"#, "/@context/@base", "1"), (#"{"@language":1}"#, "/@context/@language", "1"),
        (#"{"@protected":"x"}"#, "/@context/@protected", "x"),
        (#"{"@propagate":0}"#, "/@context/@propagate", "0"),
        (#"{"@id":"x"}"#, "/@context/@id", "@id"), (#"{"@context":{}}"#, "/@context/@context", "@context"),
        (#"{"@type":"https://a.org/"}"#, "/@context/@type", "@type"),
        (#"{"@import":5}"#, "/@context/@import", "5"),
        (
            #"[{"@protected":true,"a":"https://a.org/1"},{"a":"https://a.org/2"}]"#, "/@context/1/a",
            "protected"
        ),
        (#"[{"@protected":true,"a":"https://a.org/1"},null]"#, "/@context/1", "protected"),
    ])
    func `5.5.4: what is no @context is refused with its place and value`(
        source: String, path: String, part: String
    ) {
        let error = contextError(source)
        #expect(error?.kind == .badRequestData)
        #expect(error?.path == path)
        #expect(error?.detail.contains(part) == true, "\(error?.detail ?? "no error")")
    }

    @Test func `5.5.7: a scoped @context is refused`() {
        let error = contextError(
            #"[{"Vehicle":{"@id":"https://example.org/Vehicle","@context":{"speed":"https://example.org/hidden"}}}]"#
        )
        #expect(error?.kind == .badRequestData)
        #expect(error?.path == "/@context/0/Vehicle/@context")
    }

    @Test(arguments: [
        #"{"@version":1.1,"@protected":true,"@propagate":true,"@language":"en","@base":null,"@direction":null}"#,
        #"{"@type":{"@container":"@set","@protected":true}}"#,
        #"{"a":{"@id":"https://a.org/","@container":["@set","@index"],"@language":null,"@nest":"@nest","@index":"b"}}"#,
        #"[{"@protected":true,"a":"https://a.org/1"},{"a":"https://a.org/1"}]"#,
        #"[{"a":{"@id":"https://a.org/1","@protected":true}},{"b":"a"}]"#,
    ])
    func `JSON-LD 1.1: what the grammar allows is read`(source: String) {
        #expect(contextError(source) == nil)
    }

    @Test func `chains of terms and their number are bounded`() {
        let chain = (0..<40).map { "\"t\($0)\":\"t\($0 + 1)\"" }.joined(separator: ",")
        #expect(contextError("{\(chain)}")?.detail.contains("chain") == true)
        let many = (0...ContextLimits.termsMax).map { "\"t\($0)\":\"https://a.org/\($0)\"" }.joined(
            separator: ",")
        #expect(contextError("{\(many)}")?.detail.contains("terms") == true)
    }

    @Test(arguments: ["null", "5", "true"])
    func `5.2.3: an @context member is a URL, an object or an array`(source: String) {
        #expect(contextError(source)?.kind == .badRequestData)
    }
}
