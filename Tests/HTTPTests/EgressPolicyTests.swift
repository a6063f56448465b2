import HTTP
import Networking
import Testing

@Suite struct EgressPolicyTests {
    @Test(arguments: [
        ("127.0.0.1", false), ("127.255.0.9", false), ("10.1.2.3", false), ("172.31.0.1", false),
        ("172.32.0.1", true), ("192.168.1.1", false), ("169.254.169.254", false), ("0.0.0.0", false),
        ("::1", false), ("fd00::1", false), ("fe80::1", false), ("::ffff:127.0.0.1", false),
        ("64:ff9b::10.0.0.1", false), ("2001:db8::1", true), ("93.184.216.34", true),
        ("localhost", false), ("localhost.", false), ("a.localhost", false), ("notlocalhost", true),
    ])
    func `only public addresses are allowed`(_ host: String, _ allowed: Bool) {
        #expect(EgressPolicy.publicOnly.allows(host: host) == allowed)
        #expect(EgressPolicy.open.allows(host: host))
    }

    @Test func `a name is judged by the address that it resolves to`() async throws {
        let server = try await TestServer()
        var configuration = HTTPClientConfiguration()
        configuration.egress = .publicOnly
        configuration.egress.deniedHosts = []
        let client = await TestClient(configuration)

        #expect(
            await client.failure(of: ClientRequest(.get, "http://localhost:\(server.port)/")) == .forbidden)
        #expect(server.began == 0)
        #expect(await server.connectionCount == 0)
    }

    @Test func `an address is the same however it is written`() async throws {
        let server = try await TestServer()
        var configuration = HTTPClientConfiguration()
        configuration.egress = .publicOnly
        let client = await TestClient(configuration)

        for host in ["127.1", "0x7f000001", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:7f00:1]"] {
            let request = ClientRequest(.get, "http://\(host):\(server.port)/")
            #expect(await client.failure(of: request) == .forbidden, "\(host)")
        }
        #expect(server.began == 0)
    }

    @Test func `a redirect is judged like a first request`() async throws {
        let inner = try await TestServer()
        let outer = try await TestServer { [port = inner.port] _ in
            var response = Response(status: 307)
            response.headers.add("Location", "http://127.0.0.2:\(port)/")
            return response
        }
        var configuration = HTTPClientConfiguration()
        configuration.egress = .publicOnly
        configuration.egress.allowed = [try #require(AddressRange("127.0.0.1/32"))]
        let client = await TestClient(configuration)
        var request = ClientRequest(.get, "http://127.0.0.1:\(outer.port)/")
        request.redirectsMax = 5

        #expect(await client.failure(of: request) == .forbidden)
        #expect(outer.began == 1 && inner.began == 0)
    }

    @Test func `what is no range is none`() {
        for text in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "a/8", "10.0.0.0/", "10.0.0.0/-1"] {
            #expect(AddressRange(text) == nil, "\(text)")
        }
    }
}
