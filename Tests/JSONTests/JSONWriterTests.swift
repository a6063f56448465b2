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
                == #"{"a":[-1,1.50,true,null,{},[],"s"],"raw":{"x":1},"é\u0041":[],"#
                + #""view":{"raw":{"x":1},"é\u0041":[]},"value":{"k":[false]},"bytes":[1]}"#)
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
