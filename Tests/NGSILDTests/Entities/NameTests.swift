import NGSILD
import Testing

struct NameTests {
    @Test(arguments: [
        "speed", "výška_1", "Škola", "温度", "a", "schema:name", "x٣", "https://example.org/my-attr",
        "urn:ngsi-ld:attribute:1",
    ])
    func `4.6.2: letters, numbers and underscores make a name, with a prefix or as an IRI`(name: String) {
        #expect(Name.isValid(name))
    }

    @Test(arguments: [
        "", "9lives", "_speed", "my attr", "my-attr", "a.b", "a;b", "speed!", "%2e%2e", ":a", "a:", "a::b c",
        "schema:9 a", "x\u{200B}y", "<b>",
    ])
    func `4.6.2: other texts are no names`(name: String) {
        #expect(!Name.isValid(name))
    }

    @Test(arguments: [
        ("/Madrid", "/Madrid"), ("Madrid", "/Madrid"),
        ("/Madrid/Gardens/ParqueNorte", "/Madrid/Gardens/ParqueNorte"),
        ("a/b_1/č", "/a/b_1/č"),
    ])
    func `4.18: a Scope is stored with its slash`(text: String, stored: String) {
        #expect(Scope.stored(text) == stored)
    }

    @Test(arguments: ["", "/", "9bad", "/a//b", "a-b", "/a/", "urn:ngsi-ld:null", "/a/#", "+", "//a", "a b"])
    func `4.18: other texts are no Scopes`(text: String) {
        #expect(Scope.stored(text) == nil)
    }

    @Test(arguments: [
        "urn:ngsi-ld:Vehicle:A1", "urn:ngsi-ld:Ciudad:Par\u{ED}s", "https://example.org/a?b=c#d", "urn:東京:1",
        "a:b",
        "tag:x%20y",
    ])
    func `5.2.1: absolute IRIs identify entities`(id: String) throws {
        #expect(try EntityID(id).description == id)
    }

    @Test(arguments: [
        "thisisaninvaliduri", "", ":a", "1a:b", "urn:", "urn:a b", "urn:<b>", "urn:a\"b", "urn:a{b}",
        "urn:a\\b", "urn:a\u{7F}b", "urn:a\tb", "urn:ngsi-ld:null",
    ])
    func `5.2.1: relative ones, markup and the null do not`(id: String) {
        #expect(throws: NGSILDError.self) { try EntityID(id) }
    }

    @Test(arguments: [
        0x202E, 0x200B, 0xFEFF, 0x2028, 0xA0, 0xFE0F, 0xE0100, 0xFDD0, 0xFFFE, 0x115F, 0x3164, 0xFFA0, 0x2800,
        0xAD, 0xE000,
    ])
    func `5.2.1: characters that cannot be seen do not either`(codePoint: UInt32) throws {
        let character = try #require(Unicode.Scalar(codePoint))

        #expect(throws: NGSILDError.self) { try EntityID("urn:a\(character)b") }
    }

    @Test func `5.2.1: an id is bounded`() {
        let longest = "urn:" + String(repeating: "a", count: EntityLimits.idBytesMax - 4)

        #expect(throws: Never.self) { try EntityID(longest) }
        #expect(throws: NGSILDError.self) { try EntityID(longest + "a") }
    }
}
