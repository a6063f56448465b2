import JSON
import NGSILD
import Testing

@Suite struct RemoteContextTests {
    static func needs(_ text: String, _ documents: [String: String] = [:]) throws -> [String] {
        let source = try ContextSource(JSONDocument(parsing: Array(text.utf8)).root)
        guard case .needs(let urls) = try Context.parse(source, documents: remote(documents)) else {
            return []
        }
        return urls
    }

    @Test func `the URLs that are needed are named, each once and without the core's`() throws {
        #expect(
            try Self.needs(
                """
                ["https://a.org/1", {"x": "https://a.org/x"}, "https://a.org/2", "https://a.org/1#part",
                 "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld"]
                """) == ["https://a.org/1", "https://a.org/2"])
        #expect(try Self.needs(#""https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld""#) == [])
    }

    @Test func `documents that refer to others are followed in rounds, relative to where they are`() throws {
        var documents = ["https://a.org/dir/1": #"{"@context":["sub/2.jsonld",{"b":"two:b"}]}"#]
        #expect(try Self.needs(#"["https://a.org/dir/1"]"#, documents) == ["https://a.org/dir/sub/2.jsonld"])
        documents["https://a.org/dir/sub/2.jsonld"] = #"{"@context":{"two":"https://two.org/"},"other":1}"#
        let context = try context(#"["https://a.org/dir/1",{"c":"b"}]"#, documents: documents)
        #expect(context.storedName(of: "c") == "https://two.org/b")
        #expect(context.term(ofStored: "https://two.org/b") == "b")
    }

    @Test func `a document is relative to where it was found after redirects`() throws {
        let documents = [
            "https://a.org/1": RemoteContext(url: "https://b.org/x/1", context: "2"),
            "https://b.org/x/2": RemoteContext(url: "https://b.org/x/2", context: ["t": "https://t.org/"]),
        ]
        guard case .complete(let context) = try Context.parse(.url("https://a.org/1"), documents: documents)
        else {
            throw MissingDocuments()
        }
        #expect(context.storedName(of: "t") == "https://t.org/")
        #expect(context.source == .url("https://a.org/1"))
    }

    @Test func `later documents override earlier ones, and the request its documents`() throws {
        let documents = [
            "https://a.org/1": #"{"@context":{"x":"https://x.org/1","y":"https://y.org/1"}}"#,
            "https://a.org/2": #"{"@context":{"x":"https://x.org/2","z":"https://z.org/2"}}"#,
        ]
        let context = try context(
            #"["https://a.org/1","https://a.org/2",{"z":"https://z.org/3"}]"#, documents: documents)
        #expect(context.storedName(of: "x") == "https://x.org/2")
        #expect(context.storedName(of: "y") == "https://y.org/1")
        #expect(context.storedName(of: "z") == "https://z.org/3")
    }

    @Test func `documents that include themselves, or too many others, are refused`() throws {
        let ring = [
            "https://a.org/1": #"{"@context":"https://a.org/2"}"#, "https://a.org/2": #"{"@context":["1"]}"#,
        ]
        #expect(
            contextError(#""https://a.org/1""#, documents: ring)?.detail.contains("includes itself") == true)
        var chain: [String: String] = [:]
        for index in 0..<20 { chain["https://a.org/\(index)"] = "{\"@context\":\"\(index + 1)\"}" }
        #expect(contextError(#""https://a.org/0""#, documents: chain)?.kind == .badRequestData)
        var tree: [String: String] = [:]
        for level in 0..<7 {
            let next = Array(repeating: "\"\(level + 1)\"", count: 9).joined(separator: ",")
            tree["https://a.org/\(level)"] = "{\"@context\":[\(next)]}"
        }
        tree["https://a.org/7"] = #"{"@context":{}}"#
        #expect(contextError(#""https://a.org/0""#, documents: tree)?.detail.contains("64 documents") == true)
    }

    @Test func `an error inside a document names it, and where the request refers to it`() throws {
        let error = contextError(
            #"[{},"https://a.org/1"]"#, documents: ["https://a.org/1": #"{"@context":[{"a":{"@id":7}}]}"#])
        #expect(error?.path == "/@context/1/0/a/@id")
        #expect(error?.detail.contains("https://a.org/1") == true)
    }

    @Test(arguments: [
        "this is { not json", "", #"{"note":"no context"}"#, "[]", "\"x\"", #"{"@context":{},}"#,
    ])
    func `5.5.6: a document that is no @context is the client's mistake`(text: String) {
        #expect(throws: NGSILDError.self) {
            _ = try RemoteContext(url: "https://a.org/1", document: Array(text.utf8))
        }
    }

    @Test func `JSON-LD 1.1, 4.1.10: an imported document lies under the members of the object`() throws {
        let documents = ["https://a.org/1": #"{"@context":{"x":"https://x.org/1","y":"https://y.org/1"}}"#]
        #expect(try Self.needs(#"{"@import":"https://a.org/1"}"#) == ["https://a.org/1"])
        let context = try context(
            #"{"@import":"https://a.org/1","y":"https://y.org/2"}"#, documents: documents)
        #expect(context.storedName(of: "x") == "https://x.org/1")
        #expect(context.storedName(of: "y") == "https://y.org/2")
        #expect(
            contextError(
                #"{"@import":"https://a.org/1"}"#, documents: ["https://a.org/1": #"{"@context":[]}"#])?.path
                == "/@context/@import")
    }

    @Test(arguments: [
        ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
        ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
        ("g#s", "http://a/b/c/g"),
        ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
        ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"),
        ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."),
        ("..g", "http://a/b/c/..g"),
        ("./g/.", "http://a/b/c/g/"), ("g/../h", "http://a/b/c/h"), ("g;x=1/../y", "http://a/b/c/y"),
        ("https://x/y", "https://x/y"), ("g:h", "g:h"),
    ])
    func `RFC 3986, 5.4: references resolve against the base`(reference: String, url: String) {
        #expect(IRIReference.resolve(reference, base: "http://a/b/c/d;p?q") == url)
    }

    @Test func `RFC 3986: a relative reference without a base is none`() {
        #expect(IRIReference.resolve("g", base: nil) == nil)
        #expect(IRIReference.resolve("//g", base: nil) == nil)
        #expect(IRIReference.resolve("http://g", base: nil) == "http://g")
        #expect(IRIReference.resolve("g", base: "http://a") == "http://a/g")
    }
}
