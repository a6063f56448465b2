import JSON
import Testing

struct JSONCursorTests {
    @Test func `a cursor walks members and elements in order, and reads what a view reads`() throws {
        let text = #"{"a": [1, "x\"y", {"b": null}], "c\u0064": "\u00e9", "e": {}}"#
        let view = try JSONDocument(parsing: Array(text.utf8)).root

        view.withCursor { root in
            #expect(root.kind == .object)
            #expect(root.members.map { $0.name.string } == ["a", "cd", "e"])
            #expect(root["a"]?.elements.map(\.kind) == [.number, .string, .object])
            #expect(root["a"]?.elements.compactMap(\.string) == [#"x"y"#])
            #expect(root["cd"]?.isString("é") == true && root["cd"]?.isString("e") == false)
            #expect(root["e"]?.members.contains { _ in true } == false)
            #expect(root["b"] == nil && root["a"]?["b"] == nil)
        }
    }

    @Test func `a writer copies what a cursor stands on, verbatim`() throws {
        let view = try JSONDocument(parsing: Array(#"{"a\n": [5.00,  "x\/y"], "b": 1}"#.utf8)).root

        let written = view.withCursor { root in
            var writer = JSONWriter()
            writer.beginObject()
            for (name, value) in root.members {
                writer.name(name)
                writer.raw(value)
            }
            writer.endObject()
            return writer.bytes
        }

        #expect(String(decoding: written, as: UTF8.self) == #"{"a\n":[5.00,  "x\/y"],"b":1}"#)
    }
}
