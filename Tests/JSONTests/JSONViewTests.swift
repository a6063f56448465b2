import JSON
import Testing

func document(_ text: String) throws -> JSONView {
    try JSONDocument(parsing: Array(text.utf8)).root
}

func refusal(_ text: String, limits: JSONLimits = .default) -> JSONError? {
    refusal(Array(text.utf8), limits: limits)
}

func refusal(_ bytes: [UInt8], limits: JSONLimits = .default) -> JSONError? {
    do throws(JSONError) {
        _ = try JSONDocument(parsing: bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

func compact(_ view: JSONView) -> String {
    var writer = JSONWriter()
    writer.raw(view)
    return String(decoding: writer.bytes, as: UTF8.self)
}

@Suite struct JSONViewTests {
    static let entity = """
        { "id": "urn:ngsi-ld:Room:1", "type": ["Room", "Hall"],
          "temperature": {"type": "Property", "value": 21.50, "unitCode": "CEL"},
          "open": true, "closed": false, "nothing": null, "empty": {}, "none": [ ] }
        """

    @Test func `a view reads the members of an object by name`() throws {
        let entity = try document(Self.entity)
        #expect(entity.kind == .object)
        #expect(entity.count == 8)
        #expect(entity["id"]?.string == "urn:ngsi-ld:Room:1")
        #expect(entity["temperature"]?["value"]?.number?.text == "21.50")
        #expect(entity["open"]?.bool == true)
        #expect(entity["closed"]?.bool == false)
        #expect(entity["nothing"]?.isNull == true)
        #expect(entity["nothing"]?.bool == nil)
        #expect(entity["humidity"] == nil)
        #expect(entity["id"]?["id"] == nil)
    }

    @Test func `members and elements come in the order of the text`() throws {
        let entity = try document(Self.entity)
        #expect(
            entity.members.map { $0.name.string } == [
                "id", "type", "temperature", "open", "closed", "nothing", "empty", "none",
            ])
        #expect(entity["type"]?.elements.map { $0.string } == ["Room", "Hall"])
        #expect(entity["empty"]?.members.contains { _ in true } == false)
        #expect(entity["none"]?.elements.contains { _ in true } == false)
        #expect(entity.elements.contains { _ in true } == false)
        #expect(entity["type"]?.members.contains { _ in true } == false)
    }

    @Test func `the raw bytes of a value are its text in the source`() throws {
        let view = try document(#" {"a" : [ 1, {"b": "\u00e9"} ], "n":-1.0E+2, "e":{ } } "#)
        #expect(view["a"].map { String(decoding: $0.rawBytes, as: UTF8.self) } == #"[ 1, {"b": "\u00e9"} ]"#)
        #expect(
            view["a"]?.elements.map { String(decoding: $0.rawBytes, as: UTF8.self) }.last
                == #"{"b": "\u00e9"}"#)
        #expect(view["n"].map { String(decoding: $0.rawBytes, as: UTF8.self) } == "-1.0E+2")
        #expect(view["e"].map { String(decoding: $0.rawBytes, as: UTF8.self) } == "{ }")
        #expect(String(decoding: view.rawBytes, as: UTF8.self).hasSuffix("{ } }"))
        #expect(
            view.members.map { String(decoding: $0.name.rawBytes, as: UTF8.self) } == [
                #""a""#, #""n""#, #""e""#,
            ])
    }

    @Test func `strings are decoded, and compared without regard to how they are escaped`() throws {
        let view = try document(#"{"\u0074ype": "R\u006fom \ud83d\ude00 \"\\\/\b\f\n\r\t", "plain": "Ünï"}"#)
        #expect(view["type"]?.string == "Room \u{1F600} \"\\/\u{8}\u{C}\n\r\t")
        #expect(view["plain"]?.isString("Ünï") == true)
        #expect(view["plain"]?.isString("Uni") == false)
        #expect(try document(#"["\u0052oom"]"#).elements.first { _ in true }?.isString("Room") == true)
        #expect(try document("5").isString("5") == false)
    }

    @Test func `a string equals another by its bytes, not by its normal form`() throws {
        let view = try document("{\"\u{E9}\": 1, \"e\u{301}\": 2}")
        #expect(view["\u{E9}"]?.number?.integer == 1)
        #expect(view["e\u{301}"]?.number?.integer == 2)
    }

    @Test func `RFC 6901: the path of a node escapes tilde and slash`() throws {
        let view = try document(#"{"a": [10, {"b/c": {"~d": [null, true]}}], "": {"x": 1}}"#)
        let deep = view["a"]?.elements.map { $0 }[1]["b/c"]?["~d"]
        #expect(deep?.elements.map { $0.path } == ["/a/1/b~1c/~0d/0", "/a/1/b~1c/~0d/1"])
        #expect(view[""]?["x"]?.path == "//x")
        #expect(view.path == "")
        #expect(view.members.map { $0.name.path } == ["/a", "/"])
    }

    @Test func `objects and arrays beyond 65 535 members are counted right`() throws {
        let many = 70_000
        let view = try document("[" + (0..<many).map(String.init).joined(separator: ",") + "]")
        #expect(view.count == many)
        let object = try document("{" + (0..<many).map { "\"n\($0)\":\($0)" }.joined(separator: ",") + "}")
        #expect(object.count == many)
        #expect(object["n69999"]?.number?.integer == 69_999)
    }
}
