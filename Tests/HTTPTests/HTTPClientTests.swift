import HTTP
import Networking
import Testing

@Suite struct HTTPClientTests {
    private func url(_ server: TestServer, _ path: String = "/") -> String {
        "http://127.0.0.1:\(server.port)\(path)"
    }

    @Test func `a request goes out as it was given, and its answer comes whole`() async throws {
        let server = try await TestServer { request in
            var response = Response.text(String(decoding: request.body, as: UTF8.self), status: 201)
            response.headers.add("Link", "<a>")
            response.headers.add("Link", "<b>")
            let names = request.head.headers.fields.map { $0.name.lowercased() }.sorted()
            response.headers.add("Names", names.joined(separator: " "))
            return response
        }
        let client = await TestClient()
        var request = ClientRequest(.post, url(server, "/a?b=%20"), body: Array("a\0b".utf8))
        request.headers.add("NGSILD-Tenant", "city")

        let response = try await client.send(request)

        #expect(response.status == 201 && response.body == Array("a\0b".utf8))
        #expect(response.headers["link"] == "<a>, <b>")
        #expect(
            response.headers["Names"]
                == "accept accept-encoding content-length host ngsild-tenant user-agent",
            "no Content-Type that nobody gave, no Expect")
        #expect(await server.exchanges(1).first?.head?.target == "/a?b=%20")
    }

    @Test(arguments: [Method.get, .head, .post, .put, .patch, .delete, .options, .other("QUERY")])
    func `every method goes out, with and without a body`(_ method: Method) async throws {
        let server = try await TestServer { .text("\($0.head.method) \($0.body.count)") }
        let client = await TestClient()

        let empty = try await client.send(ClientRequest(method, url(server)))
        let full = try await client.send(ClientRequest(method, url(server), body: [1, 2]))

        #expect(String(decoding: empty.body, as: UTF8.self) == (method == .head ? "" : "\(method) 0"))
        guard method != .head else { return }
        #expect(String(decoding: full.body, as: UTF8.self) == "\(method) 2")
    }

    @Test func `connections are kept and used again`() async throws {
        let server = try await TestServer()
        let client = await TestClient()

        for _ in 0..<10 { #expect(try await client.send(ClientRequest(.get, url(server))).status == 200) }

        #expect(await server.connectionCount == 1)
    }

    @Test func `many requests at once are all answered`() async throws {
        let server = try await TestServer { .text($0.head.target) }
        let client = await TestClient()

        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let response = try await client.send(ClientRequest(.get, self.url(server, "/\(number)")))
                    return response.body == Array("/\(number)".utf8)
                }
            }
            for try await isRight in group { #expect(isRight) }
        }

        #expect(await server.connectionCount <= 64)
    }

    @Test func `a compressed answer is decompressed, within the bound`() async throws {
        let long = String(repeating: "a", count: 100_000)
        let server = try await TestServer { _ in .text(long) }
        let client = await TestClient()
        var request = ClientRequest(.get, url(server))

        #expect(try await client.send(request).body == Array(long.utf8))
        request.responseBytesMax = 99_999
        #expect(await client.failure(of: request) == .responseTooLarge)
    }

    @Test func `an answer that does not come in time is given up`() async throws {
        let server = try await TestServer { _ in
            await pause(.seconds(60))
            return .text("late")
        }
        let client = await TestClient()
        var request = ClientRequest(.get, url(server))
        request.deadline = .milliseconds(100)

        #expect(await client.failure(of: request) == .deadlinePassed)
    }

    @Test func `a cancelled task ends its transfer`() async throws {
        let server = try await TestServer { _ in
            await pause(.seconds(60))
            return .text("late")
        }
        let client = await TestClient()
        let request = ClientRequest(.get, url(server))

        let task = Task { await client.failure(of: request) }
        await poll { server.began == 1 }
        task.cancel()

        #expect(await task.value == .cancelled)
    }

    @Test func `redirects are followed where that is asked for, and not for ever`() async throws {
        let server = try await TestServer { request in
            guard request.head.target != "/end" else { return .text(request.head.headers["Accept"] ?? "") }
            var response = Response(status: 302)
            response.headers.add("Location", request.head.target == "/loop" ? "/loop" : "end")
            return response
        }
        let client = await TestClient()
        var request = ClientRequest(.get, url(server, "/start"))
        request.headers.add("Accept", "application/ld+json")

        #expect(try await client.send(request).status == 302)
        request.redirectsMax = 3
        let followed = try await client.send(request)
        var post = ClientRequest(.post, url(server, "/start"))
        post.redirectsMax = 3
        var loop = ClientRequest(.get, url(server, "/loop"))
        loop.redirectsMax = 3

        #expect(followed.url == url(server, "/end") && followed.body == Array("application/ld+json".utf8))
        #expect(try await client.send(post).status == 302)
        #expect(await client.failure(of: loop) == .tooManyRedirects)
        #expect(await server.exchanges(8).count == 8, "4 of the loop, none behind the POST")
    }

    @Test func `peers that are dead, break off or speak no HTTP are told apart`() async throws {
        let server = try await TestServer { _ in
            await pause(.seconds(60))
            return .text("late")
        }
        let client = await TestClient()
        let under = Task { [url = url(server)] in await client.failure(of: ClientRequest(.get, url)) }
        await poll { server.began == 1 }
        await server.drain(within: .zero)

        #expect(await under.value == .broken)
        #expect(await client.failure(of: ClientRequest(.get, url(server))) == .unreachable)
        #expect(await client.failure(of: ClientRequest(.get, "http://nowhere.invalid/")) == .unresolved)
        #expect(await client.failure(of: ClientRequest(.get, "file:///etc/passwd")) == .invalidRequest)
    }

    @Test func `a header field cannot carry another one`() async throws {
        let server = try await TestServer { request in
            var response = Response(status: 204)
            response.headers.add("Location", request.head.headers["X"].map { "\($0)\r\nSet-Cookie: c" } ?? "")
            return response
        }
        let client = await TestClient()
        var request = ClientRequest(.get, url(server))
        request.headers.add("X", "a\r\nY: b")

        let response = try await client.send(request)
        request.headers.add("X\r\nY", "b")

        #expect(response.headers["Location"] == "a  Y: b  Set-Cookie: c")
        #expect(response.headers["Set-Cookie"] == nil)
        #expect(await client.failure(of: request) == .invalidRequest)
        #expect(server.began == 1)
    }

    @Test func `a proxy gets the requests, but those for direct hosts`() async throws {
        let proxy = try await TestServer { .text("proxied \($0.head.headers["Host"] ?? "")") }
        let direct = try await TestServer { _ in .text("direct") }
        var configuration = HTTPClientConfiguration()
        configuration.proxy = "http://127.0.0.1:\(proxy.port)"
        configuration.directHosts = ["127.0.0.1"]
        configuration.egress = .publicOnly
        configuration.egress.allowed = [try #require(AddressRange("127.0.0.1"))]
        let client = await TestClient(configuration)

        let far = try await client.send(ClientRequest(.get, "http://nowhere.invalid/a"))
        let near = try await client.send(ClientRequest(.get, url(direct)))

        #expect(far.body == Array("proxied nowhere.invalid".utf8))
        #expect(near.body == Array("direct".utf8))
        #expect(await client.failure(of: ClientRequest(.get, "http://10.0.0.1/")) == .forbidden)
        #expect(proxy.began == 1)
    }
}
