import Networking
import Observability

/// What a setting can hold: read from one text, or from the items of a list, and written back as YAML.
protocol SettingValue: Sendable, SendableMetatype {
    /// What the value looks like, for messages: "a number", "HOST:PORT".
    static var form: String { get }

    /// nil: the text is not of this form.
    init?(setting text: String)

    /// The text that `init(setting:)` reads as this value.
    var settingText: String { get }
}

extension String: SettingValue {
    static var form: String { "text" }
    init?(setting text: String) { self = text }
    var settingText: String { self }
}

extension Int: SettingValue {
    static var form: String { "a whole number" }
    init?(setting text: String) { self.init(text) }
    var settingText: String { String(self) }
}

extension Bool: SettingValue {
    static var form: String { "true or false" }
    init?(setting text: String) { self.init(text) }
    var settingText: String { String(self) }
}

extension LogLevel: SettingValue {
    static var form: String { allCases.map(\.rawValue).joined(separator: ", ") }
    init?(setting text: String) { self.init(rawValue: text) }
    var settingText: String { rawValue }
}

extension LogFormat: SettingValue {
    static var form: String { allCases.map(\.rawValue).joined(separator: ", ") }
    init?(setting text: String) { self.init(rawValue: text) }
    var settingText: String { rawValue }
}

/// Nothing is the empty text.
extension Optional: SettingValue where Wrapped: SettingValue {
    static var form: String { Wrapped.form }

    init?(setting text: String) {
        guard !text.isEmpty else {
            self = .none
            return
        }
        guard let value = Wrapped(setting: text) else { return nil }
        self = value
    }

    var settingText: String { self?.settingText ?? "" }
}

/// What stands behind `Bearer` (RFC 6750), long enough that nobody guesses it.
struct BearerToken: SettingValue, Equatable {
    let settingText: String

    static var form: String { "16 to 256 letters, digits or any of -._~+/=" }

    init?(setting text: String) {
        let isToken = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                || "-._~+/=".utf8.contains(byte)
        }
        guard isToken, (16...256).contains(text.utf8.count) else { return nil }
        settingText = text
    }
}

/// Items, in YAML a sequence, in a variable or a flag separated by commas.
extension [String]: SettingValue {
    static var form: String { "a list" }

    init?(setting text: String) {
        self = text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }

    var settingText: String { joined(separator: ",") }
}

/// Seconds with a unit: `500ms`, `30s`, `5m`.
extension Duration: SettingValue {
    static var form: String { "a duration such as 500ms, 30s or 5m" }

    init?(setting text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number <= 1_000_000_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": self = .milliseconds(number)
        case "s": self = .seconds(number)
        case "m": self = .seconds(number * 60)
        default: return nil
        }
    }

    var settingText: String {
        let (seconds, attoseconds) = components
        guard attoseconds == 0 else {
            return "\(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)ms"
        }
        return seconds > 0 && seconds.isMultiple(of: 60) ? "\(seconds / 60)m" : "\(seconds)s"
    }
}

/// A number of bytes with or without a unit: `4096`, `64KiB`, `16MiB`, `2GiB`.
struct ByteCount: SettingValue, Equatable, Comparable, Sendable {
    let bytes: Int

    static var form: String { "a number of bytes such as 4096, 64KiB, 16MiB or 2GiB" }

    private static let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("", 1)]

    static func mebibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 20) }
    static func kibibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 10) }

    init(bytes: Int) {
        self.bytes = bytes
    }

    init?(setting text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = Self.units.first { $0.0 == text.dropFirst(digits.count) }
        guard let number = Int(digits), number <= 1 << 32, let unit else { return nil }
        bytes = number * unit.1
    }

    var settingText: String {
        for (name, size) in Self.units where bytes >= size && bytes.isMultiple(of: size) {
            return "\(bytes / size)\(name)"
        }
        return "0"
    }

    static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}

extension ListenAddress: SettingValue {
    static var form: String { "HOST:PORT, such as 127.0.0.1:9090, [::1]:9090 or :9090 for all addresses" }

    init?(setting text: String) {
        guard let address = try? ListenAddress(parsing: text) else { return nil }
        self = address
    }

    var settingText: String { description }
}
