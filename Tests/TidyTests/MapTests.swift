import Testing

/// The pages that tell of the code tell the truth.
@Suite struct `What is told of the code` {
    private let map = SourceTree.text(of: "Sources/README.md")
    private let operations = SourceTree.text(of: "docs/operations.md")
    private let sources = SourceTree.swiftFiles(in: "Sources")

    @Test func `every file that the map names is where it says`() {
        let names = Set(sources.flatMap { [$0.path, String($0.path.split(separator: "/").last ?? "")] })
        let folders = SourceTree.folders(in: "Sources")
        let words = Set(map.matches(of: /[\w.+\/-]*[\w+\/]/).map { String($0.0) })
        let paths = words.filter { word in
            !word.hasPrefix("/")
                && (word.hasSuffix(".swift") || folders.contains { word.hasPrefix("\($0)/") }
                    || ["Schemas/", "docs/", "scripts/", "docker/", "Tests/"].contains { word.hasPrefix($0) })
        }

        #expect(paths.count > 20)
        let lost = paths.filter {
            !names.contains($0) && !SourceTree.exists("Sources/\($0)") && !SourceTree.exists($0)
        }
        #expect(lost.sorted() == [])
    }

    /// What stands first in the rows of the tables of docs/operations.md.
    private func told(_ name: Regex<(Substring, Substring)>) -> Set<Substring> {
        Set(operations.split(separator: "\n").compactMap { $0.prefixMatch(of: name)?.1 })
    }

    /// What `name` finds in the code.
    private func written(_ name: Regex<(Substring, Substring)>) -> Set<Substring> {
        Set(sources.flatMap { $0.lines.joined(separator: "\n").matches(of: name).map(\.1) })
    }

    @Test func `docs/operations.md has every metric of the code, and no other`() {
        let written = written(/"(atria_[a-z_]+)"/)

        #expect(written.count > 15)
        #expect(told(/[|] `(atria_[a-z_]+)`/).symmetricDifference(written) == [])
    }

    @Test func `docs/operations.md has every event of the log, and no other`() {
        let written = written(/(?:log\.(?:debug|info|warning|error)\(|event: )"([a-z-]+)"/)

        #expect(written.count > 10)
        #expect(told(/[|] `([a-z-]+)` [|] (?:debug|info|warning|error)\b/).symmetricDifference(written) == [])
    }
}
