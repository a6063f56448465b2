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

    @Test func `every link from a page leads to a file`() {
        let pages =
            SourceTree.paths(in: "docs").filter { $0.hasSuffix(".md") } + ["README.md", "Sources/README.md"]
        let links = pages.flatMap { page in
            SourceTree.text(of: page).matches(of: /\]\(([^)#:]+)[)#]/).map { (page, String($0.1)) }
        }

        #expect(links.count > 5)
        for (page, link) in links {
            let folder = page.lastIndex(of: "/").map { page[...$0] } ?? ""
            #expect(SourceTree.exists("\(folder)\(link)"), "\(page)")
        }
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

    /// Rows of the table of limits in docs/api.md, with the code that they speak of.
    @Test(arguments: [
        ("| a body, unpacked | 16 MiB ", ["bodyBytes = ByteCount.mebibytes(16)"]),
        ("| a URL | 8 KiB:", ["targetBytesMax = 8 * 1024"]),
        (
            "| a head | 32 KiB (`limits.head-bytes`), 100 ",
            ["headBytes = ByteCount.kibibytes(32)", "fieldsMax = 100"]
        ),
        ("| nested arrays and objects of a body | 64 ", ["depthMax = 64"]),
        (
            "| digits of a number; its power of ten | 400; 308 ",
            ["numberDigitsMax = 400", "exponentMax = 308"]
        ),
        ("| a batch | 10 000 entities ", ["entitiesMax = 10_000"]),
        ("| an entity's id, a datasetId | 1 024 bytes ", ["idBytesMax = 1024", "datasetIdBytesMax = 1024"]),
        ("| a name in full, a scope | 512 bytes ", ["nameBytesMax = 512"]),
        (
            "| attributes of a payload; instances of one; types and scopes of an entity | 2 000; 1 000; 100 each ",
            ["attributesMax = 2000", "instancesMax = 1000", "typesMax = 100", "scopesMax = 100"]
        ),
        (
            "| terms of a `q`; values of a list; keys of `orderBy` | 128; 1 000; 8 ",
            ["termsMax = 128", "listMax = 1_000", "orderKeysMax = 8"]
        ),
        ("| a page | 1 000 entities ", ["pageMax = 1_000"]),
        ("| value indexes of a tenant | 32 ", ["countMax = 32"]),
        (
            "| `joinLevel`; linked entities of an answer | 10; 2 000 ",
            ["linksMax = 10", "entitiesMax = 2_000"]
        ),
        ("| the time of a query | 10 s ", ["queryTimeout = Duration.seconds(10)"]),
        (
            "| a fetched @context | 4 MiB (`limits.context-bytes`), 10 s ",
            ["contextBytes = ByteCount.mebibytes(4)", "contextTimeout = Duration.seconds(10)"]
        ),
    ])
    func `docs/api.md has the limits of the code`(row: String, constants: [String]) {
        let page = SourceTree.text(of: "docs/api.md")

        #expect(page.contains("\n\(row)"))
        for constant in constants {
            let found = sources.contains { $0.lines.contains { SourceTree.contains($0, " \(constant)") } }
            #expect(found, "\(constant) is no more: \(row)")
        }
    }
}
