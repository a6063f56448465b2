import JSON
import Testing

@Suite struct JSONWriterTests {
    @Test func `commas and colons stand where they belong`() throws {
        let view = try document(#"{"raw": {"x" : 1}, "é\u0041": [ ]}"#)
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("a")
        writer.beginArray()
        writer.int(-1)
        writer.number("1.50")
        writer.bool(true)
        writer.null()
        writer.beginObject()
        writer.endObject()
        writer.beginArray()
        writer.endArray()
        writer.string("s")
        writer.endArray()
        for (name, value) in view.members {
            writer.name(name)
            writer.raw(value)
        }
        writer.name("view")
        writer.raw(view)
        writer.name("value")
        writer.value(["k": [false]])
        writer.name("bytes")
        writer.raw(Array("[1]".utf8))
        writer.endObject()
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == #"{"a":[-1,1.50,true,null,{},[],"s"],"raw":{"x":1},"éA":[],"#
                + #""view":{"raw":{"x":1},"éA":[]},"value":{"k":[false]},"bytes":[1]}"#)
    }

    @Test func `members have lines of their own, whose marks a cursor and a view find`() throws {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, mark) in [("a", JSONLineMark.none), ("b", .tab), ("c", .blank)] {
            writer.beginLine()
            writer.name(name)
            writer.raw(try document(#"["\n", 1 ]"#))
            writer.mark(mark)
        }
        writer.endLines()
        writer.endObject()
        let text = writer.bytes
        let lines = JSONCursor.with(trusted: text) { root in
            var found: [String] = []
            var members = root.members
            while let line = members.nextLine() {
                found.append("\(String(decoding: line.text, as: UTF8.self)) \(line.mark)")
                members.skip(line)
            }
            #expect(members.next() == nil)
            return found
        }
        let root = try JSONDocument(parsing: text).root

        let expected = "{\n\"a\":[\"\\n\",1]\n,\n\"b\":[\"\\n\",1]\t\n,\n\"c\":[\"\\n\",1] \n}"
        #expect(String(decoding: text, as: UTF8.self) == expected)
        #expect(lines == [#""a":["\n",1] none"#, #""b":["\n",1] tab"#, #""c":["\n",1] blank"#])
        #expect(root.members.map { $0.value.lineMark(else: .blank) } == [.none, .tab, .blank])
        #expect(root["a"]?.elements.map { $0.lineMark(else: .blank) } == [.blank, .blank])
    }

    @Test func `only quotes, backslashes and control characters are escaped`() throws {
        var writer = JSONWriter()
        writer.string("<a href='/x'>\u{E9}\u{1F600}\u{7F}\u{2028}</a>")
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == "\"<a href='/x'>\u{E9}\u{1F600}\u{7F}\u{2028}</a>\"")
        writer.removeAll()
        writer.string("\"\\\u{8}\u{9}\u{A}\u{C}\u{D}\u{1}\u{1F}")
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #""\"\\\b\t\n\f\r\u0001\u001f""#)
        #expect(
            try JSONDocument(parsing: writer.bytes).root.string == "\"\\\u{8}\u{9}\u{A}\u{C}\u{D}\u{1}\u{1F}")
    }
}
