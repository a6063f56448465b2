@testable import HTTP
import Networking
import Testing

@Suite struct CompressionTests {
    private let long = String(repeating: #"{"type":"Vehicle"},"#, count: 1_000)

    @Test func `a long answer is compressed for who accepts it`() async throws {
        let server = try await TestServer { [long] _ in .text(long, type: "application/ld+json") }
        let client = try RawClient(port: server.port)

        await client.send("GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br, gzip;q=0.5\r\n\r\n")
        let small = try #require(await client.answer())
        await client.send("GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip;q=0, br\r\n\r\n")
        let plain = try #require(await client.answer())

        #expect(small["Content-Encoding"] == "gzip" && small["Vary"] == "Accept-Encoding")
        #expect(small.body.count < 1_000)
        #expect(try inflate(small.body, limits: HTTPServerLimits()) == Array(long.utf8))
        #expect(plain["Content-Encoding"] == nil && plain.text == long)
    }

    @Test func `a compressed body is decompressed, a broken or unknown one refused`() async throws {
        let server = try await TestServer { .text("\($0.body.count)") }
        let whole = Gzip().compress(Array(long.utf8))
        func answer(_ coding: String, _ body: [UInt8]) async throws -> RawAnswer? {
            let client = try RawClient(port: server.port)
            await client.send(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: \(coding)\r\nContent-Length: \(body.count)\r\n\r\n"
            )
            await client.send(body)
            return await client.answer()
        }

        #expect(try await answer("gzip", whole)?.text == "\(long.utf8.count)")
        #expect(try await answer("gzip", Array(whole.dropLast(9)))?.status == 400)
        #expect(try await answer("gzip", whole + [0])?.status == 400)
        #expect(try await answer("br", whole)?.status == 415)
    }

    @Test func `a body that swells is cut, by its ratio and in all`() throws {
        var limits = HTTPServerLimits()
        limits.bodyBytesMax = 1024 * 1024
        let gzip = Gzip()
        let bomb = gzip.compress([UInt8](repeating: 0x20, count: 1_000_000))
        let large = gzip.compress([UInt8](repeating: 0x20, count: 2_000_000))

        #expect(throws: HTTPError.self) { try inflate(bomb, limits: limits) }
        limits.inflationRatioMax = 10_000
        #expect(throws: HTTPError.self) { try inflate(large, limits: limits) }
        #expect(try inflate(bomb, limits: limits).count == 1_000_000)
    }

    @Test(arguments: [
        ("gzip", true), ("deflate, GZIP ; q=0.1", true), ("*", true), ("gzip;q=0", false), ("br", false),
        ("*, gzip;q=0.0", false), ("", false), ("xgzip", false),
    ])
    func `Accept-Encoding is read with its weights`(_ field: String, _ accepted: Bool) {
        #expect(Gzip.isAccepted(by: Array(field.utf8)[...]) == accepted)
    }
}
