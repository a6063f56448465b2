/// One key of the configuration: where it is kept, what may be in it, and what it does.
struct Setting: Sendable {
    /// As in the file, with a dot for each level: `tls.certificate`.
    let key: String
    /// What it does, in a sentence or two, for `docs/configuration.md` and `--help`.
    let summary: String
    /// How much of its value is masked wherever it is shown.
    let secrecy: Secrecy
    /// What a value looks like.
    let form: String
    /// Sets the value; false: the text is not of the form, or out of its range.
    let set: @Sendable (inout Configuration, String) -> Bool
    /// The value, as `set` reads it.
    let text: @Sendable (Configuration) -> String

    enum Secrecy: Sendable {
        case none
        /// A connection string or URL, which may have a password in it.
        case password
        case all
    }

    /// `ATRIA_TLS_CERTIFICATE`.
    var variable: String {
        "ATRIA_" + String(key.uppercased().map { $0 == "." || $0 == "-" ? "_" : $0 })
    }

    /// `--tls-certificate`.
    var flag: String { "--" + String(key.map { $0 == "." ? "-" : $0 }) }

    /// Where a value is kept.
    typealias Field<Value> = any WritableKeyPath<Configuration, Value> & Sendable

    init<Value: SettingValue>(
        _ key: String, _ field: Field<Value>,
        secrecy: Secrecy = .none, _ summary: String
    ) {
        self.init(key, field, form: Value.form, secrecy: secrecy, summary) { _ in true }
    }

    /// A setting that takes values within `range` only.
    init<Value: SettingValue & Comparable>(
        _ key: String, _ field: Field<Value>,
        in range: ClosedRange<Value>,
        _ summary: String
    ) {
        self.init(key, field, form: Self.form(of: range), secrecy: .none, summary) { range.contains($0) }
    }

    /// A setting that may be absent, and takes values within `range` only.
    init<Value: SettingValue & Comparable>(
        _ key: String, _ field: Field<Value?>,
        in range: ClosedRange<Value>,
        _ summary: String
    ) {
        let form = Self.form(of: range)
        self.init(key, field, form: form, secrecy: .none, summary) { $0.map(range.contains) ?? true }
    }

    private static func form<Value: SettingValue>(of range: ClosedRange<Value>) -> String {
        "\(Value.form), from \(range.lowerBound.settingText) to \(range.upperBound.settingText)"
    }

    private init<Value: SettingValue>(
        _ key: String, _ field: Field<Value>, form: String,
        secrecy: Secrecy,
        _ summary: String, accepts: @escaping @Sendable (Value) -> Bool
    ) {
        self.key = key
        self.summary = summary
        self.secrecy = secrecy
        self.form = form
        set = { configuration, text in
            guard let value = Value(setting: text), accepts(value) else { return false }
            configuration[keyPath: field] = value
            return true
        }
        text = { $0[keyPath: field].settingText }
    }

    /// The value as it may be shown: passwords and keys are not.
    func shown(in configuration: Configuration) -> String {
        let text = text(configuration)
        return switch secrecy {
        case .none: text
        case .password: masked(text)
        case .all: text.isEmpty ? "" : "***"
        }
    }
}

/// A connection string without its password: `postgresql://atria:***@db/city`.
///
/// Where a password may hide in quotes or parameters, nothing of that part is shown.
func masked(_ connection: String) -> String {
    guard let scheme = connection.firstRange(of: "://") else {
        return connection.contains("password") ? "***" : connection
    }
    let rest = connection[scheme.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let path = rest[authority.endIndex...].prefix { $0 != "?" }
    let parameters = rest[path.endIndex...]
    var shown = String(connection[..<scheme.upperBound])
    if let at = authority.lastIndex(of: "@") {
        let user = authority[..<at].prefix { $0 != ":" }
        shown += user + (user.endIndex == at ? "" : ":***") + authority[at...]
    } else {
        shown += authority
    }
    return shown + path + (parameters.contains("password") ? "?***" : parameters)
}
