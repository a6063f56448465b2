import JSON
import TestInput
import Testing

/// `RandomRun` says how to repeat and how to lengthen it.
@Suite struct JSONFuzzTests {
    static let sources = [
        JSONViewTests.entity, #"[1.5e+3,-0,"é\ud83d\ude00\"\\",{"a\u0062c":[[],{}],"":null}]"#,
        "{" + (0..<20).map { "\"name\($0)\":[\($0),\"\\u00e9\"]" }.joined(separator: ",") + "}",
    ]

    /// Changes, drops, doubles or inserts a few bytes.
    static func mutate(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d800", "0", "e", "-", ".", "null", "\u{E9}",
        ]
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0..<max(bytes.count, 1), using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0 where !bytes.isEmpty: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1 where !bytes.isEmpty: bytes.remove(at: place)
            case 2 where !bytes.isEmpty: bytes.removeSubrange(place..<min(bytes.count, place + 9))
            case 3: bytes.insert(contentsOf: (pieces.randomElement(using: &generator) ?? "").utf8, at: place)
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
            }
            if bytes.isEmpty { return }
        }
    }

    @Test func `whatever bytes come, they are refused or read and written back to the same value`() throws {
        let run = RandomRun(rounds: 6_000)
        var generator = run.generator
        var read = 0
        for round in 0..<run.rounds {
            var bytes = Array(Self.sources[round % Self.sources.count].utf8)
            Self.mutate(&bytes, using: &generator)
            do {
                let document = try JSONDocument(parsing: bytes)
                read += 1
                let value = JSONValue(document.root)
                #expect(
                    try JSONValue(parsing: Array(compact(document.root).utf8)) == value,
                    "\(run), round \(round)")
                #expect(try JSONValue(parsing: value.bytes) == value, "\(run), round \(round)")
            } catch {
                #expect(0...bytes.count ~= error.offset, "\(run), round \(round)")
            }
        }
        #expect(read > 0, "\(run)")
    }
}
