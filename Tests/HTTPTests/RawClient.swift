import CLinux
import Glibc
import Networking

/// A client that sends bytes as a test writes them, and waits at most ten seconds for an answer.
///
/// It polls: a test that blocked its thread would keep the others of the small pool from running.
final class RawClient {
    private let descriptor: Int32
    private var received: [UInt8] = []
    private var isOpen = true
    private var hasEnded = false

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let address = try SocketAddress.resolve(host: "127.0.0.1", port: port)[0]
        guard address.withPointer({ connect(descriptor, $0, $1) }) == 0 else {
            throw SystemError("connect to port \(port)")
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close()
    }

    func send(_ text: String) async {
        await send(Array(text.utf8))
    }

    /// Sends what the server takes; less than all where it has closed the connection.
    func send(_ bytes: [UInt8]) async {
        var rest = bytes[...]
        await poll(until: {
            let count = rest.withUnsafeBytes {
                Glibc.send(self.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 { rest = rest.dropFirst(count) }
            return rest.isEmpty || count < 0 && errno != EAGAIN
        })
    }

    func closeWriting() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    func close() {
        if isOpen { Glibc.close(descriptor) }
        isOpen = false
    }

    /// The next answer; nil: the connection ends, or nothing comes.
    func answer(hasBody: Bool = true) async -> RawAnswer? {
        while true {
            if let end = received.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound {
                var answer = RawAnswer(head: String(decoding: received[..<end], as: UTF8.self))
                let count = hasBody ? answer["Content-Length"].flatMap { Int($0) } ?? 0 : 0
                if received.count >= end + count {
                    answer.body = Array(received[end..<(end + count)])
                    received.removeFirst(end + count)
                    return answer
                }
            }
            guard await receive() else { return nil }
        }
    }

    /// Whether the server ends the connection without another byte.
    func isEnded() async -> Bool {
        let more = await receive()
        return !more && received.isEmpty && hasEnded
    }

    /// All bytes up to the end.
    func rest() async -> [UInt8] {
        while await receive() {}
        return received
    }

    private func receive() async -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var count = -1
        await poll(until: {
            count = recv(self.descriptor, &buffer, buffer.count, 0)
            return count >= 0 || errno != EAGAIN
        })
        hasEnded = count == 0
        if count > 0 { received += buffer[..<count] }
        return count > 0
    }
}

/// Asks `isDone` every millisecond, for at most ten seconds.
func poll(until isDone: () async -> Bool) async {
    for _ in 0..<10_000 {
        if await isDone() { return }
        await pause(.milliseconds(1))
    }
}

struct RawAnswer {
    var head: String
    var body: [UInt8] = []

    var status: Int { Int(head.split(separator: " ")[1]) ?? 0 }
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The value of a field, whose name is compared with its case.
    subscript(name: String) -> String? {
        head.split(separator: "\r\n").first { $0.hasPrefix("\(name): ") }.map {
            String($0.dropFirst(name.count + 2))
        }
    }
}
