/// One log line in the making.
package struct LogLine {
    private let format: LogFormat
    private var bytes: [UInt8] = []

    /// Bytes of one value; a longer one is cut and ends with `…`: a log must not carry a client's document.
    static let valueBytesMax = 2_048

    init(_ format: LogFormat, at time: WallTime, level: LogLevel, event: StaticString) {
        self.format = format
        bytes.reserveCapacity(320)
        if format == .json { bytes.append(UInt8(ascii: "{")) }
        begin("time")
        if format == .json { bytes.append(UInt8(ascii: "\"")) }
        time.write(to: &bytes)
        if format == .json { bytes.append(UInt8(ascii: "\"")) }
        add("level", level.rawValue)
        begin("event")
        if format == .json { bytes.append(UInt8(ascii: "\"")) }
        event.withUTF8Buffer { bytes.append(contentsOf: $0) }
        if format == .json { bytes.append(UInt8(ascii: "\"")) }
    }

    package mutating func add(_ name: StaticString, _ value: String) {
        begin(name)
        let isCut = value.utf8.count > Self.valueBytesMax
        let text = isCut ? String(value.prefix(Self.valueBytesMax / 4)) + "…" : value
        if format == .text, isPlain(text) {
            bytes.append(contentsOf: text.utf8)
        } else {
            quote(text)
        }
    }

    package mutating func add(_ name: StaticString, _ value: Int) {
        begin(name)
        bytes += String(value).utf8
    }

    /// Milliseconds with three decimals, as `name` says (`…_ms`).
    package mutating func add(_ name: StaticString, _ value: Duration) {
        let (seconds, attoseconds) = value.components
        let microseconds = Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
        begin(name)
        bytes += String(microseconds / 1_000).utf8
        bytes.append(UInt8(ascii: "."))
        appendDecimals(microseconds % 1_000, digits: 3, to: &bytes)
    }

    package mutating func add(_ name: StaticString, _ error: any Error) {
        add(name, String(describing: error))
    }

    consuming func finished() -> [UInt8] {
        if format == .json { bytes.append(UInt8(ascii: "}")) }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private mutating func begin(_ name: StaticString) {
        switch format {
        case .text:
            if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
            name.withUTF8Buffer { bytes += $0 }
            bytes.append(UInt8(ascii: "="))
        case .json:
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "\""))
            name.withUTF8Buffer { bytes += $0 }
            bytes += [UInt8(ascii: "\""), UInt8(ascii: ":")]
        }
    }

    // A JSON string. Escaped control characters also keep a client from writing lines of its own.
    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case 0..<0x20, 0x7F: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8Span.span
        for index in bytes.indices {
            switch bytes[index] {
            case ...0x20, 0x7F..., UInt8(ascii: "\""), UInt8(ascii: "="), UInt8(ascii: "\\"): return false
            default: continue
            }
        }
        return !bytes.isEmpty
    }
}

/// Appends `value` with leading zeros.
func appendDecimals(_ value: Int, digits: Int, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: digits) { text in
        write(value, to: text, at: 0, digits: digits)
        bytes.append(contentsOf: text)
    }
}

/// Writes `value` with leading zeros into `text`.
func write(_ value: Int, to text: UnsafeMutableBufferPointer<UInt8>, at start: Int, digits: Int) {
    var value = value
    for index in (start..<start + digits).reversed() {
        text[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)
        value /= 10
    }
}
