import Networking
import Testing

@Suite struct ListeningTests {
    @Test(arguments: [
        ("127.0.0.1:1026", "127.0.0.1", 1026), ("[::1]:80", "::1", 80), ("hub.example:0", "hub.example", 0),
        ("*:1026", nil, 1026), (":1026", nil, 1026),
    ])
    func `an address is a host and a port`(_ text: String, _ host: String?, _ port: UInt16) throws {
        let address = try ListenAddress(parsing: text)

        #expect(address == ListenAddress(host: host, port: port))
        #expect(try ListenAddress(parsing: address.description) == address)
    }

    @Test(arguments: ["1026", "a:", "a:b", "a:65536", "::1:1026", ""])
    func `what is no address is said so`(_ text: String) {
        #expect(throws: ListenAddressError.self) { try ListenAddress(parsing: text) }
    }

    @Test func `the sockets of several workers share a port`() throws {
        let sets = try ListeningSocket.open(ListenAddress(host: "127.0.0.1", port: 0), count: 3)
        let ports = Set(sets.flatMap { $0.map(\.port) })

        #expect(sets.map(\.count) == [1, 1, 1])
        #expect(ports.count == 1 && !ports.contains(0))
    }

    @Test func `a second hub on a port is refused with a sentence`() throws {
        let first = try ListeningSocket.open(ListenAddress(host: "127.0.0.1", port: 0), count: 2)
        let port = first[0][0].port

        let error = #expect(throws: SystemError.self) {
            try ListeningSocket.open(ListenAddress(host: "127.0.0.1", port: port), count: 1)
        }

        #expect(error?.description == "cannot listen on 127.0.0.1:\(port): Address already in use")
        withExtendedLifetime(first) {}
    }

    @Test func `all addresses are both families, and a closed socket leaves its port`() throws {
        var sets = try ListeningSocket.open(ListenAddress(parsing: "*:0"), count: 1)
        let port = sets[0][0].port
        #expect(throws: SystemError.self) {
            try ListeningSocket.open(ListenAddress(host: "127.0.0.1", port: port), count: 1)
        }

        sets = []

        #expect(try ListeningSocket.open(ListenAddress(host: "127.0.0.1", port: port), count: 1).count == 1)
    }

    @Test func `addresses read as text and as bytes`() throws {
        let four = try SocketAddress.resolve(host: "127.0.0.1", port: 80)[0]
        let six = try SocketAddress.resolve(host: "2001:db8::1", port: 81)[0]

        #expect(four.host == "127.0.0.1" && four.port == 80 && four.bytes == [127, 0, 0, 1])
        #expect(
            six.host == "2001:db8::1" && six.port == 81 && six.bytes.prefix(4) == [0x20, 0x01, 0x0D, 0xB8])
        #expect(throws: SystemError.self) { try SocketAddress.resolve(host: "no such host", port: 1) }
    }
}
