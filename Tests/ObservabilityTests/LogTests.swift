import Glibc
import Observability
import Testing

/// A log into a pipe, and what came out of it.
private struct Captured {
    private let reading: Int32
    private let writing: Int32
    let sink: LogSink

    init(_ format: LogFormat = .text, bytesMax: Int = 1 << 16) {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        (reading, writing) = (ends[0], ends[1])
        sink = LogSink(format, descriptor: writing, bytesMax: bytesMax)
    }

    func log(_ level: LogLevel = .info) -> Log {
        Log(level: level, to: sink) { WallTime(seconds: 1_795_273_445, microseconds: 42) }
    }

    /// What was written; the pipe is closed then.
    func text() -> String {
        sink.flush()
        close(writing)
        defer { close(reading) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let count = read(reading, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

@Suite struct `Log lines` {
    @Test func `a line names its time, its level, its event, and its fields in their order`() {
        let captured = Captured()

        captured.log().info("request") {
            $0.add("method", "GET")
            $0.add("status", 200)
            $0.add("took_ms", Duration.microseconds(12_045))
        }

        #expect(
            captured.text() == """
                time=2026-11-21T15:04:05.000042Z level=info event=request method=GET status=200 took_ms=12.045

                """)
    }

    @Test func `in JSON a line is one object`() {
        let captured = Captured(.json)

        captured.log().error("database-lost") { $0.add("reason", "gone\n\"away\"") }

        #expect(
            captured.text() == #"""
                {"time":"2026-11-21T15:04:05.000042Z","level":"error","event":"database-lost","reason":"gone\n\"away\""}

                """#)
    }

    @Test func `a value from a client cannot write a line or a field of its own`() {
        let captured = Captured()

        captured.log().info("request") { $0.add("path", "/a\nlevel=error x=\"\u{1}\\") }

        let text = captured.text()
        #expect(text.hasSuffix(#"path="/a\nlevel=error x=\"\u0001\\""# + "\n"))
        #expect(text.filter { $0 == "\n" }.count == 1)
    }

    @Test func `below its level nothing is computed`() {
        let captured = Captured()
        var computed = 0

        captured.log(.warning).info("request") { _ in computed += 1 }
        captured.log(.warning).warning("slow") { _ in computed += 1 }

        #expect(computed == 1)
        #expect(!captured.text().contains("request"))
    }

    @Test func `what exceeds the buffer is dropped and counted`() {
        let captured = Captured(bytesMax: 200)
        let log = captured.log()

        for number in 0..<10 { log.info("tick") { $0.add("number", number) } }

        let text = captured.text()
        #expect(text.contains("number=0") && !text.contains("number=9"))
        #expect(text.hasSuffix("event=log-lines-dropped count=7\n"))
    }

    @Test func `a long value is cut`() {
        let captured = Captured()

        captured.log().info("request") { $0.add("path", String(repeating: "ä", count: 100_000)) }

        let text = captured.text()
        #expect(text.utf8.count < 4_096)
        #expect(text.hasSuffix("…\"\n"))
    }
}
