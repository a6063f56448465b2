/// Where a value was said.
enum ConfigurationOrigin: Equatable, Sendable, CustomStringConvertible {
    case file(String, YAMLPlace)
    case variable(String)
    case flag(String)

    var description: String {
        switch self {
        case .file(let path, let place): "\(path):\(place.line):\(place.column)"
        case .variable(let name), .flag(let name): name
        }
    }
}

/// A configuration that cannot be meant: `atria.yaml:3:9: …`, `ATRIA_LISTEN: …`.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// nil: it is about several values together.
    let origin: ConfigurationOrigin?
    let reason: String

    var description: String { (origin.map { "\($0): " } ?? "") + reason }

    static func unknown(key: String, isGroup: Bool = false) -> String {
        if isGroup, Setting.all.contains(where: { $0.key == key }) {
            return "`\(key)` takes a value, not a group of keys"
        }
        let near = Setting.all.map(\.key).min { distance($0, key) < distance($1, key) }
        guard let near, distance(near, key) <= 3 else { return "there is no setting `\(key)`" }
        return "there is no setting `\(key)`; did you mean `\(near)`?"
    }

    /// Letters to insert, delete or replace (Levenshtein).
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let above = row[column + 1]
                let replaced = diagonal + (right[column] == letter ? 0 : 1)
                row[column + 1] = min(above + 1, row[column] + 1, replaced)
                diagonal = above
            }
        }
        return row[right.count]
    }
}

/// The effective configuration, and where each value came from; what is not in `origins` is a default.
struct ResolvedConfiguration: Sendable {
    var configuration = Configuration()
    private var origins: [String: ConfigurationOrigin] = [:]

    /// Sets the setting `key` from text.
    mutating func set(
        _ key: String, to text: String, origin: ConfigurationOrigin
    ) throws(ConfigurationError) {
        guard let setting = Setting.all.first(where: { $0.key == key }) else {
            throw ConfigurationError(origin: origin, reason: ConfigurationError.unknown(key: key))
        }
        guard setting.set(&configuration, text) else {
            let shown = setting.secrecy == .none ? "`\(text)`" : "the value"
            throw ConfigurationError(origin: origin, reason: "\(shown) is not \(setting.form)")
        }
        origins[key] = origin
    }

    /// The configuration as a file that would give it, each value with its origin; secrets are masked.
    var yaml: String {
        var lines: [String] = []
        var group = ""
        for setting in Setting.all {
            let parts = setting.key.split(separator: ".", maxSplits: 1)
            if parts.count == 2, parts[0] != group { lines.append("\(parts[0]):") }
            group = parts.count == 2 ? String(parts[0]) : ""
            let value = quoted(setting.shown(in: configuration))
            let origin = origins[setting.key].map(\.description) ?? "default"
            let indent = parts.count == 2 ? "  " : ""
            lines.append("\(indent)\(parts[parts.count - 1]): \(value)  # \(origin)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // Always quoted but for plain words: `*`, `[::]` and `a: b` mean something else in YAML.
    private func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                    || "./_-".utf8.contains(byte)
            }
        let body = text.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : String($1) }
        return isPlain ? text : "\"\(body)\""
    }
}

extension Configuration {
    /// What no single value can tell.
    func check() throws(ConfigurationError) {
        if (tls.certificate == nil) != (tls.key == nil) {
            throw ConfigurationError(origin: nil, reason: "tls.certificate and tls.key go together")
        }
        if tls.clientCA != nil, tls.certificate == nil {
            throw ConfigurationError(origin: nil, reason: "tls.client-ca needs tls.certificate")
        }
        if let publicURL, !publicURL.hasPrefix("http://"), !publicURL.hasPrefix("https://") {
            throw ConfigurationError(origin: nil, reason: "public-url has to begin with http:// or https://")
        }
        if let metricsListen, metricsListen == listen {
            throw ConfigurationError(origin: nil, reason: "metrics-listen and listen are the same address")
        }
    }
}
