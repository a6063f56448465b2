import HTTP
import Networking
import Synchronization
import Testing

@Suite struct SlowClientTests {
    @Test func `two hundred clients that drip do not stop another one`() async throws {
        var limits = HTTPServerLimits()
        // Nobody is cut off here, however slow the machine is.
        limits.headTime = .seconds(600)
        let server = try await TestServer(limits: limits)
        let slow = try (0..<200).map { _ in try RawClient(port: server.port) }
        for client in slow { await client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ") }
        let quick = try RawClient(port: server.port)

        for _ in 0..<20 {
            for client in slow { await client.send("a") }
            await quick.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await quick.answer()?.status == 200)
        }

        #expect(await server.exchanges(20).map(\.status) == Array(repeating: 200, count: 20))
    }

    @Test func `a head that does not end, and a body that does not, get 408`() async throws {
        var limits = HTTPServerLimits()
        limits.headTime = .milliseconds(100)
        limits.bodyTime = .milliseconds(100)
        let server = try await TestServer(limits: limits)
        let head = try RawClient(port: server.port)
        let body = try RawClient(port: server.port)

        await head.send("GET / HTTP/1.1\r\nHost:")
        await body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nab")

        #expect(await head.answer()?.status == 408)
        #expect(await body.answer()?.status == 408)
        #expect(await head.isEnded())
        #expect(await body.isEnded())
    }

    @Test func `a body may be slow as long as its bytes come`() async throws {
        var limits = HTTPServerLimits()
        limits.bodyTime = .milliseconds(10)
        limits.bytesPerSecondMin = 1
        let most = String(repeating: "a", count: 60)
        let server = try await TestServer(limits: limits) { .text("\($0.body.count)") }
        let client = try RawClient(port: server.port)

        await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 62\r\n\r\n\(most)")
        await pause(.milliseconds(500))
        await client.send("bc")

        #expect(await client.answer()?.text == "62")
    }

    @Test func `an idle connection ends without a word`() async throws {
        var limits = HTTPServerLimits()
        limits.idleTime = .milliseconds(100)
        let server = try await TestServer(limits: limits)
        let fresh = try RawClient(port: server.port)
        let used = try RawClient(port: server.port)

        await used.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")

        #expect(await used.answer()?.status == 200)
        #expect(await fresh.isEnded())
        #expect(await used.isEnded())
    }

    @Test func `an answer that nobody takes is given up`() async throws {
        var limits = HTTPServerLimits()
        limits.writeTime = .milliseconds(100)
        limits.bytesPerSecondMin = 1 << 40
        let server = try await TestServer(limits: limits) { _ in
            Response(status: 200, body: [UInt8](repeating: 0x61, count: 64 * 1024 * 1024))
        }
        let client = try RawClient(port: server.port)

        await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await poll { server.began == 1 }
        await poll { await server.connectionCount == 0 }

        #expect(await client.rest().count < 64 * 1024 * 1024)
        #expect(server.finished.withLock { $0.isEmpty })
    }

    @Test func `a large answer comes whole`() async throws {
        let server = try await TestServer { _ in
            Response(status: 200, body: [UInt8](repeating: 0x61, count: 8 * 1024 * 1024) + [0x62])
        }
        let client = try RawClient(port: server.port)

        await client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        await pause(.milliseconds(100))
        let answer = try #require(await client.answer())

        #expect(answer.body.count == 8 * 1024 * 1024 + 1)
        #expect(answer.body.last == 0x62)
    }

    @Test func `too large a body is refused by its head, or where it passes the limit`() async throws {
        var limits = HTTPServerLimits()
        limits.bodyBytesMax = 100_000
        let server = try await TestServer(limits: limits)
        let declared = try RawClient(port: server.port)
        let chunked = try RawClient(port: server.port)

        await declared.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5368709120\r\n\r\n")
        await chunked.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        let chunk = "2710\r\n" + String(repeating: "a", count: 10_000) + "\r\n"
        for _ in 0..<50 { await chunked.send(chunk) }

        #expect(await declared.answer()?.status == 413)
        #expect(await declared.isEnded())
        #expect(await chunked.answer()?.status == 413)
    }

    @Test func `beyond its connections the server answers 503`() async throws {
        var limits = HTTPServerLimits()
        limits.connectionsMax = 1
        let server = try await TestServer(limits: limits)
        let first = try RawClient(port: server.port)
        await first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(await first.answer()?.status == 200)

        let second = try RawClient(port: server.port)
        await second.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        let refusal = try #require(await second.answer())
        await first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")

        #expect(refusal.status == 503 && refusal["Retry-After"] == "1")
        #expect(await second.isEnded())
        #expect(await first.answer()?.status == 200)
    }

    @Test func `bodies beyond what the worker may hold get 503`() async throws {
        var limits = HTTPServerLimits()
        limits.bufferedBodyBytesMax = 100
        let server = try await TestServer(limits: limits) { .text("\($0.body.count)") }
        let body = String(repeating: "a", count: 80)
        let waiting = try RawClient(port: server.port)
        await waiting.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n\(body)")
        await poll { await server.heldBodyBytes == 80 }
        let other = try RawClient(port: server.port)

        await other.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 80\r\n\r\n\(body)")
        #expect(await other.answer()?.status == 503)
        await waiting.send("0123456789")
        #expect(await waiting.answer()?.text == "90")
        await waiting.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 80\r\n\r\n\(body)")

        #expect(await waiting.answer()?.text == "80", "what was held is given back")
    }
}
