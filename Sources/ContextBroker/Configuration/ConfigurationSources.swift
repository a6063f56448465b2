/// Where configuration comes from, in rising precedence: default, file, environment, flags.
struct ConfigurationSources {
    /// The text of the file that `--config` or `ATRIA_CONFIG` names, and its name.
    var file: (path: String, text: String)?
    /// All variables of the process.
    var environment: [String: String] = [:]
    /// Flags as given: `--listen` and its value.
    var flags: [(name: String, value: String)] = []

    /// The effective configuration.
    func resolve() throws(ConfigurationError) -> ResolvedConfiguration {
        var resolved = ResolvedConfiguration()
        if let file { try apply(file: file.text, path: file.path, to: &resolved) }
        try applyEnvironment(to: &resolved)
        try applyFlags(to: &resolved)
        try resolved.configuration.check()
        return resolved
    }

    private func apply(
        file text: String, path: String, to resolved: inout ResolvedConfiguration
    ) throws(ConfigurationError) {
        let tree: YAMLNode?
        do {
            tree = try YAMLParser.parse(text)
        } catch {
            throw ConfigurationError(origin: .file(path, error.place), reason: error.reason)
        }
        guard let tree else { return }
        guard case .mapping(let entries) = tree.content else {
            throw ConfigurationError(
                origin: .file(path, tree.place), reason: "the file has to hold keys and values")
        }
        for entry in entries { try apply(entry, under: "", path: path, to: &resolved) }
    }

    private func apply(
        _ entry: YAMLEntry, under prefix: String, path: String, to resolved: inout ResolvedConfiguration
    ) throws(ConfigurationError) {
        let key = prefix + entry.key
        let isGroup = Setting.all.contains { $0.key.hasPrefix(key + ".") }
        switch entry.value.content {
        case .mapping(let entries) where isGroup:
            for inner in entries { try apply(inner, under: key + ".", path: path, to: &resolved) }
        case .scalar("") where isGroup:
            break
        case .scalar(let text):
            let origin = ConfigurationOrigin.file(path, isKnown(key) ? entry.value.place : entry.place)
            try resolved.set(key, to: text, origin: origin)
        case .sequence(let items):
            try resolved.set(key, to: try joined(items, path: path), origin: .file(path, entry.value.place))
        case .mapping:
            throw ConfigurationError(
                origin: .file(path, entry.place), reason: ConfigurationError.unknown(key: key, isGroup: true))
        }
    }

    private func isKnown(_ key: String) -> Bool { Setting.all.contains { $0.key == key } }

    private func joined(_ items: [YAMLNode], path: String) throws(ConfigurationError) -> String {
        var texts: [String] = []
        for item in items {
            guard case .scalar(let text) = item.content, !text.contains(",") else {
                throw ConfigurationError(
                    origin: .file(path, item.place), reason: "an item has to be one plain value")
            }
            texts.append(text)
        }
        return texts.joined(separator: ",")
    }

    // An empty variable counts as not set: compose files pass on what nobody gave.
    private func applyEnvironment(to resolved: inout ResolvedConfiguration) throws(ConfigurationError) {
        for (name, value) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix("ATRIA_") && !value.isEmpty {
            if let setting = Setting.all.first(where: { $0.variable == name }) {
                try resolved.set(setting.key, to: value, origin: .variable(name))
            } else if !isOther(name) {
                throw ConfigurationError(origin: .variable(name), reason: "there is no such setting")
            }
        }
    }

    // Where the file is, what the tests tell each other, and what a Kubernetes service called "atria" puts
    // into every container of its namespace.
    private func isOther(_ name: String) -> Bool {
        let others = ["ATRIA_TEST_", "ATRIA_FUZZ_", "ATRIA_PORT_", "ATRIA_SERVICE_"]
        let names = ["ATRIA_CONFIG", "ATRIA_PORT", "ATRIA_SEED"]
        return names.contains(name) || others.contains { name.hasPrefix($0) }
    }

    private func applyFlags(to resolved: inout ResolvedConfiguration) throws(ConfigurationError) {
        for (name, value) in flags {
            guard let setting = Setting.all.first(where: { $0.flag == name }) else {
                throw ConfigurationError(origin: .flag(name), reason: "there is no such flag")
            }
            try resolved.set(setting.key, to: value, origin: .flag(name))
        }
    }
}
