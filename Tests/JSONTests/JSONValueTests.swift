import JSON
import TestInput
import Testing

@Suite struct JSONValueTests {
    static func text(_ value: JSONValue) -> String { String(decoding: value.bytes, as: UTF8.self) }

    @Test func `an edited document keeps the order of its members and the text of its numbers`() throws {
        var object = JSONObject(try document(#"{"z":5.0,"a":{"b":[1,2]},"m":1E2}"#))
        object["a"] = "new"
        object["k"] = [1, 2.5, true, nil, ["x": "y"]]
        object["m"] = nil
        #expect(Self.text(.object(object)) == #"{"z":5.0,"a":"new","k":[1,2.5,true,null,{"x":"y"}]}"#)
        #expect(object["m"] == nil)
        #expect(object.count == 3)
    }

    @Test func `objects are equal in any order, arrays are not`() throws {
        let left = JSONValue(try document(#"{"a":1,"b":[1,2],"c":{"d":null}}"#))
        #expect(left == ["c": ["d": nil], "b": [1, 2], "a": 1])
        #expect(left != ["c": ["d": nil], "b": [2, 1], "a": 1])
        #expect(left != ["c": ["d": nil], "b": [1, 2], "a": 1, "e": 1])
        #expect(left != ["c": ["d": nil], "b": [1, 2], "a": 1.0])
    }

    @Test func `names and strings are compared byte by byte`() {
        var object: JSONObject = JSONObject()
        object["\u{E9}"] = 1
        object["e\u{301}"] = 2
        #expect(object.count == 2)
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test func `an object behaves alike however many members come and go`() {
        let run = RandomRun(rounds: 3_000)
        var generator = run.generator
        var object = JSONObject()
        var model: [(name: String, value: Int)] = []
        for step in 0..<run.rounds {
            let name = "n\(Int.random(in: 0..<60, using: &generator))"
            let place = model.firstIndex { $0.name == name }
            if Bool.random(using: &generator) || step < 40 {
                object[name] = .number(JSONNumber(step))
                if let place { model[place].value = step } else { model.append((name, step)) }
            } else {
                object[name] = nil
                if let place { model.remove(at: place) }
            }
            #expect(object.count == model.count, "\(run), step \(step)")
        }
        #expect(object.map { $0.name } == model.map { $0.name }, "\(run)")
        #expect(object.map { $0.value.number?.integer } == model.map { $0.value }, "\(run)")
        #expect(model.allSatisfy { object[$0.name]?.number?.integer == $0.value }, "\(run)")
    }

    @Test func `a number says whether it is an integer, and its value`() {
        #expect(JSONNumber(text: "5.0").integer == 5)
        #expect(JSONNumber(text: "5e2").integer == 500)
        #expect(JSONNumber(text: "5.5").integer == nil)
        #expect(JSONNumber(text: "9223372036854775807").integer == .max)
        #expect(JSONNumber(text: "92233720368547758070").integer == nil)
        #expect(JSONNumber(text: "-0").double.sign == .minus)
        #expect(JSONNumber(text: "1e-2").double == 0.01)
        #expect(JSONNumber(1e21).text == "1e+21")
        #expect(JSONNumber(0.1).text == "0.1")
    }

    @Test func `subscripts reach into a tree and miss without harm`() throws {
        let value = JSONValue(try document(#"{"a":[{"b":true}]}"#))
        #expect(value["a"]?[0]?["b"]?.bool == true)
        #expect(value["a"]?[1] == nil)
        #expect(value["a"]?["b"] == nil)
        #expect(value[0] == nil)
        #expect(value["x"] == nil)
    }
}
