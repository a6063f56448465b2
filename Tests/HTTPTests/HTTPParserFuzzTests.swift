import HTTP
import TestInput
import Testing

/// Random damage to good requests, of which the parser makes the same in one piece and in two.
///
/// `RandomRun` says how to repeat and how to lengthen it.
@Suite struct HTTPParserFuzzTests {
    private static let seeds = [
        "GET /ngsi-ld/v1/entities?type=A&q=b%3D%3D1 HTTP/1.1\r\nHost: hub:1026\r\nAccept: application/json\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n{\"id\":\"a:b\"}",
        "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n3;x\r\n:1}\r\n0\r\nA: b\r\n\r\n",
        "DELETE http://a/b HTTP/1.0\r\nConnection: keep-alive\r\nHost: a\r\n\r\n",
    ]
    private static let pieces = [
        "\r\n", "\n", "\r", " ", ":", ",", ";", "\0", "0", "ffff", "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n", "Host: a\r\n", "HTTP/1.1", "é",
    ]

    @Test func `damaged requests never break the parser, and no split changes what it understands`() {
        let run = RandomRun(rounds: 2_000)
        var generator = run.generator
        var limits = HTTPServerLimits()
        limits.bodyBytesMax = 64
        limits.headBytesMax = 512

        for round in 0..<run.rounds {
            let text = Self.damaged(using: &generator)
            let whole = parsed(text, limits: limits)
            let split = Int.random(in: 0...text.utf8.count, using: &generator)

            #expect(parsed(text, splitAt: split, limits: limits) == whole, "\(run), round \(round)")
            #expect(whole.allSatisfy { $0.utf8.count < 1_024 }, "\(run), round \(round)")
        }
    }

    private static func damaged(using generator: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0...Int.random(in: 0...2, using: &generator) {
            text += seeds.randomElement(using: &generator) ?? ""
        }
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            let offset = Int.random(in: 0..<max(1, text.count), using: &generator)
            let index = text.index(text.startIndex, offsetBy: offset)
            switch Int.random(in: 0...2, using: &generator) {
            case 0: text.insert(contentsOf: pieces.randomElement(using: &generator) ?? "", at: index)
            case 1 where index < text.endIndex: text.remove(at: index)
            default: text = String(text[..<index])
            }
        }
        return text
    }
}
