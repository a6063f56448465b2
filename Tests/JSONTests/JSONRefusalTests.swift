import JSON
import Testing

/// What is valid by RFC 8259 and still refused, and what an error says.
@Suite struct JSONRefusalTests {
    @Test(arguments: [
        (#"{"a":1,"a":2}"#, 7, "/a"), (#"{"x":[0,{"b":1,"\u0062":2}]}"#, 15, "/x/1/b"),
        (#"{"\u0061":1,"b":{},"a":2}"#, 19, "/a"), (#"{"é":1,"\u00e9":2}"#, 8, "/é"),
        (#"{"":1,"":2}"#, 6, "/"),
        (#"{"a\/b":1,"a/b":2}"#, 10, "/a~1b"),
    ])
    func `a name that comes twice in one object is refused, however it is escaped`(
        text: String, offset: Int, path: String
    ) {
        #expect(
            refusal(text)
                == JSONError(
                    offset: offset, path: path, reason: "The object already has a member of this name."))
    }

    @Test func `the same name in different objects is no duplicate`() {
        #expect(refusal(#"{"a":{"a":1},"b":{"a":1},"c":[{"a":1},{"a":1}]}"#) == nil)
        #expect(refusal("{\"\u{E9}\":1,\"e\u{301}\":2}") == nil)
    }

    @Test(arguments: [2, 15, 16, 17, 18, 100])
    func `a duplicate is found in small and large objects, first, last and in between`(count: Int) {
        let members = (0..<count).map { "\"n\($0)\":{\"n0\":\($0)}" }
        #expect(refusal("{\(members.joined(separator: ","))}") == nil)
        for duplicate in [0, count / 2, count - 1] {
            for name in ["n\(duplicate)", "\\u006e\(duplicate)"] {
                let error = refusal("{\(members.joined(separator: ",")),\"\(name)\":0}")
                #expect(error?.path == "/n\(duplicate)", "\(count) members, \(name)")
            }
        }
    }

    @Test func `documents of third parties may be read with names that come twice: the last counts`() throws {
        var limits = JSONLimits()
        limits.allowsDuplicateNames = true
        for count in [2, 40] {
            let members = (0..<count).map { "\"n\($0)\":\($0)" }.joined(separator: ",")
            let value = try JSONValue(parsing: Array("{\(members),\"n1\":\"last\"}".utf8), limits: limits)
            #expect(value["n1"] == "last")
            #expect(value["n0"] == 0)
            #expect(value.object?.count == count)
        }
    }

    @Test func `large objects inside large objects keep their names apart`() {
        let inner = "{" + (0..<20).map { "\"n\($0)\":0" }.joined(separator: ",") + "}"
        let outer = (0..<20).map { "\"n\($0)\":\(inner)" }.joined(separator: ",")
        #expect(refusal("{\(outer)}") == nil)
        #expect(refusal("{\(outer),\"n7\":1}")?.path == "/n7")
    }

    @Test(arguments: [
        "1e309", "-1e309", "1e-309", "1e131071", "1e999999999999999999999", "1.8e308", "10e308",
        String(repeating: "9", count: 401), "0." + String(repeating: "1", count: 400),
        "1" + String(repeating: "0", count: 309),
    ])
    func `a number that neither a double nor PostgreSQL holds at a fair price is refused`(text: String) {
        let error = refusal("{\"a\":[1,\(text)]}")
        #expect(error?.offset == 8)
        #expect(error?.path == "/a/1")
    }

    @Test(arguments: [
        "9" + String(repeating: "0", count: 307), "0." + String(repeating: "1", count: 399), "0e308",
    ])
    func `long numbers within the bounds are kept digit by digit`(text: String) throws {
        #expect(try document(text).number?.text == text)
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func `nesting is bounded`(open: String, close: String) {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        #expect(refusal(nested(64)) == nil)
        #expect(refusal(nested(65))?.reason == "The JSON text is nested too deeply.")
        #expect(refusal(String(repeating: open, count: 1_000_000)) != nil)
        var limits = JSONLimits()
        limits.depthMax = 2
        #expect(refusal(nested(2), limits: limits) == nil)
        #expect(refusal(nested(3), limits: limits) != nil)
    }

    @Test func `the size of a text is bounded`() {
        var limits = JSONLimits()
        limits.bytesMax = 10
        #expect(refusal("[1234,678]", limits: limits) == nil)
        #expect(refusal("[1234,6789]", limits: limits)?.reason == "The JSON text is too large.")
    }

    @Test(arguments: [
        (#"{"a": [1, {"b/~": tru}]}"#, 18, "/a/1/b~1~0"), (#"[1, 2"#, 5, "/2"), (#"{"a": 1, b: 2}"#, 9, ""),
        (#"{"a": {"c": 1}, "b" 2}"#, 20, "/b"), (#"[[], [0, x]]"#, 9, "/1/1"), ("1 x", 2, ""), ("", 0, ""),
        (#"{"a":1} }"#, 8, ""),
    ])
    func `RFC 6901: an error says where`(text: String, offset: Int, path: String) {
        #expect(refusal(text)?.offset == offset)
        #expect(refusal(text)?.path == path)
    }
}
