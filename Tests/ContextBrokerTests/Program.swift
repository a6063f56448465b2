import Glibc

/// The program `atria`, as it was built beside these tests.
enum Program {
    static let path: String = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ".build/debug/"
        return bundle.prefix(upTo: bundle.lastIndex(of: "/") ?? bundle.startIndex) + "/atria"
    }()

    /// Runs a command of the program to its end.
    static func run(_ arguments: String) throws -> (status: Int32, output: String) {
        try shell("\(path) \(arguments) 2>&1")
    }
}

/// Runs a shell command to its end; `output` is what it wrote, without the last line's end.
func shell(_ command: String) throws -> (status: Int32, output: String) {
    guard let output = popen(command, "re") else { throw ShellError(command: command) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, output), count > 0 { bytes += buffer[..<count] }
    let status = pclose(output)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return (status >> 8 & 0xFF, String(decoding: bytes, as: UTF8.self))
}

struct ShellError: Error {
    let command: String
}

/// A running `atria serve`, on a port that the system chose.
final class RunningHub {
    /// `http://127.0.0.1:PORT`.
    let url: String
    private let process: pid_t
    private let logPath: String

    /// Starts a hub with `options`, and waits until it listens.
    init(_ options: String) throws {
        let (_, folder) = try shell("mktemp -d /tmp/atria-hub.XXXXXX")
        logPath = "\(folder)/log"
        let command = "exec \(Program.path) serve --listen 127.0.0.1:0 \(options)"
        let (_, number) = try shell("(\(command)) </dev/null >/dev/null 2>\(logPath) & echo $!")
        guard let process = pid_t(number) else { throw ShellError(command: command) }
        self.process = process
        let found = try shell(
            "for i in $(seq 200); do grep -o 'listening address=.*' \(folder)/log && break; sleep 0.05; done")
        guard let address = found.output.split(separator: "=").last else {
            kill(process, SIGKILL)
            throw ShellError(command: "\(command): \(try shell("cat \(logPath)").output)")
        }
        url = "http://\(address)"
    }

    deinit {
        kill(process, SIGKILL)
        _ = try? shell("rm -rf $(dirname \(logPath))")  // The folder may be gone already.
    }

    var log: String {
        get throws { try shell("cat \(logPath)").output }
    }

    /// Waits until `/readyz` answers 200; false: it did not within half a minute.
    func isReady() throws -> Bool {
        try shell(
            "for i in $(seq 300); do curl -fs -o /dev/null \(url)/readyz && exit 0; sleep 0.1; done; exit 1"
        )
        .status == 0
    }

    /// `curl` with these arguments on a path of this hub: the status, then the body.
    func curl(_ path: String, _ arguments: String = "") throws -> (status: Int, body: String) {
        let answer = try shell("curl -sg -w '\\n%{http_code}' \(arguments) '\(url)\(path)'").output
        let end = answer.lastIndex(of: "\n") ?? answer.startIndex
        return (Int(answer[end...].drop { $0 == "\n" }) ?? 0, String(answer[..<end]))
    }

    /// Creates an entity; the answer's status.
    func create(_ id: String) throws -> Int {
        let body = #"{"id": "\#(id)", "type": "Room"}"#
        return try curl(
            "/ngsi-ld/v1/entities", "-H 'Content-Type: application/json' -d '\(body)' -o /dev/null"
        ).status
    }

    func send(_ signal: Int32) {
        kill(process, signal)
    }

    /// Waits for the end of the process; false: it did not end within half a minute.
    func hasEnded() throws -> Bool {
        try shell("for i in $(seq 300); do kill -0 \(process) 2>/dev/null || exit 0; sleep 0.1; done; exit 1")
            .status == 0
    }

    /// The log once it has `text`, or after 20 seconds.
    func waits(forLog text: String) throws -> String {
        try shell(
            "for i in $(seq 200); do grep -q '\(text)' \(logPath) && break; sleep 0.1; done; cat \(logPath)"
        ).output
    }

    /// Whether `status` comes to be `expected` within 20 seconds.
    func becomes(_ expected: Int, _ status: () throws -> Int) throws -> Bool {
        for _ in 0..<200 {
            if try status() == expected { return true }
            usleep(100_000)
        }
        return false
    }
}
