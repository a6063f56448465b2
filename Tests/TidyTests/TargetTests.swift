import Testing

/// The targets as `Package.swift`, the map and the files tell of them.
@Suite struct `The targets` {
    private let package = SourceTree.text(of: "Package.swift")
    private let map = SourceTree.text(of: "Sources/README.md")
    private let folders = SourceTree.folders(in: "Sources")

    /// What `Package.swift` lets each Swift target import.
    private var declared: [String: Set<String>] {
        var declared: [String: Set<String>] = [:]
        for match in package.matches(of: /module\("(\w+)"(?:, uses: ([^)]*))?\)/) {
            declared[String(match.1)] = Set(names(in: match.2 ?? ""))
        }
        for match in package.matches(of: /executableTarget\(\s*name: "(\w+)",\s*dependencies: \[([^\]]*)\]/) {
            declared[String(match.1)] = Set(names(in: match.2))
        }
        return declared
    }

    /// What the map's table says, by target.
    private var mapped: [String: Set<String>] {
        var mapped: [String: Set<String>] = [:]
        for line in map.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.drop { $0 == " " } }
            let imports = cells[2].split(separator: ",").map { String($0.filter { $0 != " " }) }
            mapped[String(cells[0].filter { $0 != "`" && $0 != " " })] = Set(imports.filter { $0 != "–" })
        }
        return mapped
    }

    private func names(in list: Substring) -> [String] {
        list.matches(of: /"(\w+)"/).map { String($0.1) }
    }

    @Test func `each folder of Sources is in the map, and the map names no other`() {
        #expect(Set(mapped.keys.filter { $0.first?.isUppercase == true }) == Set(folders))
    }

    @Test func `the map and Package.swift agree on what a target imports`() {
        let declared = declared

        #expect(declared.count > 8)
        for (target, imports) in declared { #expect(mapped[target] == imports, "\(target)") }
    }

    @Test func `a target imports what its line says and nothing else of ours`() {
        let (declared, folders) = (declared, Set(folders))
        for file in SourceTree.swiftFiles(in: "Sources") {
            for line in file.lines {
                let words = line.split(separator: " ")
                guard words.count > 1, words[words.count - 2] == "import" else { continue }
                let imported = String(words[words.count - 1])
                let isAllowed =
                    !folders.contains(imported) || declared[file.target]?.contains(imported) == true
                #expect(isAllowed, "\(file) imports \(imported)")
            }
        }
    }

    @Test func `an import points downwards: Package.swift names a target after what it uses`() {
        var above: Set<String> = []
        for match in package.matches(
            of: /(?:module|library)\("(\w+)"(?:, uses: ([^)]*))?|target\(name: "(\w+)"/)
        {
            let name = String(match.1 ?? match.3 ?? "")
            #expect(Set(names(in: match.2 ?? "")).isSubset(of: above), "\(name)")
            above.insert(name)
        }
    }
}
