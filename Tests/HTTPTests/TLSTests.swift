import HTTP
import Networking
import Testing

@Suite struct TLSTests {
    private func client(
        trusting certificates: TestCertificates, showing: TestCertificates? = nil
    ) async -> TestClient {
        var configuration = HTTPClientConfiguration()
        configuration.authorities = certificates.authority
        configuration.certificate = showing.map { "\($0.directory)/client.pem" }
        configuration.privateKey = showing.map { "\($0.directory)/client.key" }
        return await TestClient(configuration)
    }

    @Test func `a server is served over TLS to who trusts its authority, and to nobody else`() async throws {
        let (ours, others) = (try TestCertificates(), try TestCertificates())
        defer { ours.remove(); others.remove() }
        let context = try TLSServerContext(ours.server)
        let server = try await TestServer(tls: context) { .text("\($0.body.count)") }
        let body = [UInt8](repeating: 0x61, count: 1_000_000)
        let request = ClientRequest(.post, "https://127.0.0.1:\(server.port)/", body: body)
        let trusting = await client(trusting: ours)

        #expect(try await trusting.send(request).body == Array("1000000".utf8))
        #expect(try await trusting.send(request).body == Array("1000000".utf8))
        #expect(await server.connectionCount == 1)
        #expect(await client(trusting: others).failure(of: request) == .tls)
        #expect(server.began == 2)
    }

    @Test func `a large answer comes whole over TLS`() async throws {
        let certificates = try TestCertificates()
        defer { certificates.remove() }
        let server = try await TestServer(tls: try TLSServerContext(certificates.server)) { _ in
            Response(status: 200, body: [UInt8](repeating: 0x61, count: 4_000_000) + [0x62])
        }

        let response = try await client(trusting: certificates).send(
            ClientRequest(.get, "https://localhost:\(server.port)/"))

        #expect(response.body.count == 4_000_001 && response.body.last == 0x62)
    }

    @Test func `a new certificate is taken without a restart, and a broken one is not`() async throws {
        let (old, new) = (try TestCertificates(), try TestCertificates())
        defer { old.remove(); new.remove() }
        let context = try TLSServerContext(old.server)
        let server = try await TestServer(tls: context)
        let request = ClientRequest(.get, "https://127.0.0.1:\(server.port)/")
        #expect(try await client(trusting: old).send(request).status == 200)

        old.replaceServer(by: new)
        try context.reload()

        #expect(await client(trusting: old).failure(of: request) == .tls)
        #expect(try await client(trusting: new).send(request).status == 200)
        new.replaceServer(by: old)
        #expect(throws: TLSError.self) { try context.reload() }
        #expect(try await client(trusting: new).send(request).status == 200)
    }

    @Test func `clients show certificates where the server asks for them`() async throws {
        let (ours, others) = (try TestCertificates(), try TestCertificates())
        defer { ours.remove(); others.remove() }
        var files = ours.server
        files.clientAuthorities = ours.authority
        let server = try await TestServer(tls: try TLSServerContext(files))
        let request = ClientRequest(.get, "https://127.0.0.1:\(server.port)/")

        #expect(try await client(trusting: ours, showing: ours).send(request).status == 200)
        #expect(await client(trusting: ours, showing: others).failure(of: request) != nil)
        #expect(await client(trusting: ours).failure(of: request) != nil)
        #expect(server.began == 1)
    }

    @Test func `plain text on a TLS port, and files that are none, are refused`() async throws {
        let certificates = try TestCertificates()
        defer { certificates.remove() }
        let server = try await TestServer(tls: try TLSServerContext(certificates.server))
        let plain = try RawClient(port: server.port)

        await plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")

        #expect(await plain.answer() == nil)
        #expect(server.began == 0)
        var swapped = certificates.server
        swapped.privateKey = "\(certificates.directory)/client.key"
        let error = #expect(throws: TLSError.self) { try TLSServerContext(swapped) }
        #expect(error?.description.contains("client.key") == true)
    }
}
