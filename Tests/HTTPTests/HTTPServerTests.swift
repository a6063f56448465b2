import HTTP
import Networking
import Testing

@Suite struct HTTPServerTests {
    @Test func `a connection serves one request after another`() async throws {
        let server = try await TestServer { .text("\($0.head.method) \($0.head.target) \($0.body.count)") }
        let client = try RawClient(port: server.port)

        await client.send("GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n")
        let first = try #require(await client.answer())
        await client.send("POST /d HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
        let second = try #require(await client.answer())

        #expect(first.head.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(first.text == "GET /a?b=c 0")
        #expect(first["Content-Type"] == "text/plain")
        #expect(first["Content-Length"] == "12")
        #expect(try #require(first["Date"]).hasSuffix(" GMT"))
        #expect(first["Connection"] == nil)
        #expect(second.text == "POST /d 3")
        #expect(second["X-Request-Id"] != first["X-Request-Id"])
    }

    @Test func `pipelined requests are answered in their order`() async throws {
        let server = try await TestServer { request in
            if request.head.target == "/1" { await pause(.milliseconds(20)) }
            return .text(request.head.target)
        }
        let client = try RawClient(port: server.port)

        await client.send((1...50).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())

        for number in 1...50 { #expect(await client.answer()?.text == "/\(number)") }
    }

    @Test func `a request that comes byte by byte is served`() async throws {
        let server = try await TestServer { .text(String(decoding: $0.body, as: UTF8.self)) }
        let client = try RawClient(port: server.port)

        for byte in "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
            .utf8
        {
            await client.send([byte])
        }

        #expect(await client.answer()?.text == "ab")
    }

    @Test func `HEAD has the length of a body that is not sent, and 204 has none`() async throws {
        let server = try await TestServer { request in
            request.head.target == "/none" ? Response(status: 204) : .text("hello")
        }
        let client = try RawClient(port: server.port)

        await client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
        let head = try #require(await client.answer(hasBody: false))
        await client.send("GET /none HTTP/1.1\r\nHost: x\r\n\r\n")
        let none = try #require(await client.answer())

        #expect(head["Content-Length"] == "5")
        #expect(none.head.hasPrefix("HTTP/1.1 204 No Content\r\n"))
        #expect(none["Content-Length"] == nil)
    }

    @Test func `Connection: close and HTTP 1.0 end the connection`() async throws {
        let server = try await TestServer()
        let closing = try RawClient(port: server.port)
        let old = try RawClient(port: server.port)

        await closing.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        await old.send("GET / HTTP/1.0\r\n\r\n")

        #expect(await closing.answer()?["Connection"] == "close")
        #expect(await closing.isEnded())
        #expect(await old.answer()?["Connection"] == "close")
        #expect(await old.isEnded())
    }

    @Test func `the client's request id is kept, an unfit one is not`() async throws {
        let server = try await TestServer { .text($0.id) }
        let client = try RawClient(port: server.port)

        await client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: trace-7\r\n\r\n")
        let kept = try #require(await client.answer())
        await client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\"b\r\n\r\n")
        let replaced = try #require(await client.answer())

        #expect(kept.text == "trace-7" && kept["X-Request-Id"] == "trace-7")
        #expect(replaced.text.count == 15 && replaced["X-Request-Id"] == replaced.text)
    }

    @Test func `100 Continue is sent where the client waits for it`() async throws {
        let server = try await TestServer { .text("\($0.body.count)") }
        let client = try RawClient(port: server.port)

        await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(await client.answer()?.head == "HTTP/1.1 100 Continue\r\n\r\n")
        await client.send("ab")

        #expect(await client.answer()?.text == "2")
    }

    @Test func `a handler refuses a request before its body is read`() async throws {
        let server = try await TestServer(refuse: { head in
            head.headers.contains("Content-Length") ? nil : Response(status: 411)
        })
        let chunked = try RawClient(port: server.port)
        let empty = try RawClient(port: server.port)

        await chunked.send(
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n")
        let refused = try #require(await chunked.answer())
        await empty.send("POST / HTTP/1.1\r\nHost: x\r\n\r\n")

        #expect(refused.head.hasPrefix("HTTP/1.1 411 Length Required\r\n"))
        #expect(refused.body.isEmpty && refused["Content-Type"] == nil && refused["Connection"] == "close")
        #expect(await chunked.isEnded())
        #expect(await empty.answer()?.status == 411)
        await empty.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        #expect(await empty.answer()?.status == 200, "without a body behind it the connection goes on")
    }

    @Test func `a request that is none gets a problem as JSON, and the connection ends`() async throws {
        let server = try await TestServer()
        let client = try RawClient(port: server.port)

        await client.send("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
        let answer = try #require(await client.answer())

        #expect(answer.status == 400)
        #expect(answer["Content-Type"] == "application/json")
        #expect(
            answer.text
                == #"{"type":"about:blank","title":"Bad Request","status":400,"detail":"Content-Length is given twice"}"#
        )
        #expect(await client.isEnded())
    }

    @Test func `finished exchanges are reported`() async throws {
        let server = try await TestServer { _ in .text("hello", status: 404) }
        let client = try RawClient(port: server.port)

        await client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nabnonsense\r\n\r\n")
        let answers = [await client.answer(), await client.answer()]

        let exchanges = await server.exchanges(2)
        #expect(answers.map { $0?.status } == [404, 400])
        #expect(exchanges.map(\.status) == [404, 400])
        #expect(exchanges.map { $0.head?.target } == ["/a", nil])
        #expect(exchanges[0].bytesReceived == 2)
        #expect(exchanges[0].bytesSent == answers[0].map { $0.head.utf8.count + $0.body.count })
    }

    @Test func `pages of allowed origins may read answers, others may not`() async throws {
        let server = try await TestServer(cors: CORSPolicy(origins: .these(["https://map.example"])))
        let client = try RawClient(port: server.port)

        await client.send(
            "OPTIONS /a HTTP/1.1\r\nHost: x\r\nOrigin: https://map.example\r\n"
                + "Access-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: link\r\n\r\n")
        let preflight = try #require(await client.answer())
        await client.send("GET / HTTP/1.1\r\nHost: x\r\nOrigin: https://map.example\r\n\r\n")
        let allowed = try #require(await client.answer())
        await client.send("GET / HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n")
        let other = try #require(await client.answer())

        #expect(preflight.status == 204)
        #expect(preflight["Access-Control-Allow-Methods"]?.contains("PATCH") == true)
        #expect(preflight["Access-Control-Allow-Headers"] == "link")
        #expect(allowed["Access-Control-Allow-Origin"] == "https://map.example")
        for name in ["NGSILD-Results-Count", "Preference-Applied", "Retry-After"] {
            #expect(allowed["Access-Control-Expose-Headers"]?.contains(name) == true)
        }
        #expect(other.status == 200 && other["Access-Control-Allow-Origin"] == nil)
        #expect(other["Vary"] == "Origin")
    }
}
