import JSON
import Testing

/// RFC 8259, section by section, with documents of our own.
@Suite struct JSONGrammarTests {
    static let valid: [(text: String, compact: String)] = [
        ("null", "null"), ("true", "true"), ("false", "false"), ("\"\"", "\"\""), ("{}", "{}"), ("[]", "[]"),
        (" \t\r\n0\n\r\t ", "0"), ("-0", "-0"), ("-0.0", "-0.0"), ("1e5", "1e5"), ("1E+05", "1E+05"),
        ("0.000100", "0.000100"), ("-12.50e-3", "-12.50e-3"), ("1e308", "1e308"), ("1e-308", "1e-308"),
        ("1.7976931348623157e308", "1.7976931348623157e308"), ("0e0", "0e0"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("[1,2 , 3]", "[1,2,3]"), ("[[],[[]],{}]", "[[],[[]],{}]"),
        ("[null,true,false]", "[null,true,false]"),
        (#"{"a":{"a":{"a":[]}}}"#, #"{"a":{"a":{"a":[]}}}"#), (#"{ "" : "" }"#, #"{"":""}"#),
        (#"{"a":1,"A":2,"a ":3}"#, #"{"a":1,"A":2,"a ":3}"#),
        (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\b\f\n\r\t""#),
        (#""\u0001\u001F\uABCD""#, #""\u0001\u001f\#u{ABCD}""#),
        (#""\uD834\uDd1e""#, "\"\u{1D11E}\""),
        (
            "\"\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\"",
            "\"\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\""
        ),
        ("\"\u{2028}\u{2029}\u{FEFF}\"", "\"\u{2028}\u{2029}\u{FEFF}\""), ("\"/<>&'\"", "\"/<>&'\""),
    ]

    @Test(arguments: valid)
    func `RFC 8259: what the grammar allows is read, and written without what need not be there`(
        text: String, compact expected: String
    ) throws {
        let view = try document(text)
        #expect(compact(view) == expected)
        #expect(JSONValue(view) == JSONValue(try document(expected)))
    }

    static let invalid: [String] = [
        "", " ", "\t\n", "nul", "nulL", "truer", "True", "NaN", "Infinity", "-Infinity", "undefined", "'a'",
        "a",
        "//c\n1", "/*c*/1", "1 2", "{}{}", "[]]", "null,", "\u{B}1", "\u{A0}1", "1\u{2028}",
        "01", "-01", "00", "-", "+1", ".5", "-.5", "5.", "1.e5", "1e", "1e+", "1e-", "1E+-5", "0x10", "1_000",
        "١",
        "--1", "1.2.3", "1e5.5", "1e5e5", "- 1", "1 .5",
        "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1,,2]", "[1:2]", "[1}", "[\"a\"", "[[",
        "[{]",
        "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{\"a\"}", "{\"a\" 1}",
        "{\"a\":,}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{\"a\":1 \"b\":2}", "{\"a\":1]", "{\"a\"::1}",
        "{\"a\":1,,\"b\":2}", "{[]:1}",
        "\"", "\"a", "\"\\\"", "\"\\", "\"\\x\"", "\"\\'\"", "\"\\U0041\"", "\"\\u\"", "\"\\u12\"",
        "\"\\u123\"",
        "\"\\u123g\"", "\"\\u-123\"", "\"\\u+123\"", "\"\n\"", "\"\t\"", "\"\u{1}\"", "\"a\u{0}b\"",
        "\"\\0\"", "\"\\\n\"",
        "[\"\u{1F}\"]",
    ]

    @Test(arguments: invalid)
    func `RFC 8259: what the grammar does not allow is refused with a reason`(text: String) {
        #expect(refusal(text)?.reason.hasSuffix(".") == true)
    }

    @Test func `a text that is cut off anywhere is refused`() throws {
        let whole = Array(#"{"a\n":[1.5e+3,-0,"é\ud83d\ude00\"",true,null],"b":{"c":false,"d":{}}}"#.utf8)
        #expect(refusal(whole) == nil)
        for length in whole.indices {
            let error = try #require(refusal(Array(whole[..<length])), "\(length) bytes")
            #expect(error.offset <= length)
        }
    }

    @Test(
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80],
            [0xE0, 0x9F, 0xBF],
            [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x98, 0x28],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xFE, 0xFF],
        ] as [[UInt8]])
    func `RFC 3629: overlong forms, surrogates, stray and missing bytes are refused`(bytes: [UInt8]) {
        let error = refusal(Array("[\"abcdefgh".utf8) + bytes + Array("\"]".utf8))
        #expect(error == JSONError(offset: 10, path: "/0", reason: "The string is not valid UTF-8."))
        #expect(refusal(bytes) != nil)
    }

    @Test(arguments: [
        #""\ud800""#, #""\uDBFF""#, #""\udc00""#, #""\uDFFF""#, #""\ud800\ud800""#, #""\ud800x""#,
        #""\ud800\n""#,
        #""\ud800\u0041""#, #""\udc00\ud800""#, #""\ud83d\ude0""#,
    ])
    func `a lone surrogate is refused, since no UTF-8 can hold it`(text: String) {
        #expect(refusal(text)?.offset == 1)
    }

    @Test func `U+0000 is refused also as an escape, since PostgreSQL cannot hold it`() {
        #expect(refusal(#"{"a":"x\u0000"}"#)?.reason == "A string must not contain the character U+0000.")
        #expect(refusal(#"{"\u0000":1}"#) != nil)
        #expect(refusal(#""\\u0000""#) == nil)
    }

    @Test func `a byte order mark is refused by name`() {
        #expect(
            refusal([0xEF, 0xBB, 0xBF, 0x31])?.reason == "A JSON text must not begin with a byte order mark.")
    }
}
