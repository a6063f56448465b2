import Testing

/// Rules of the house that are facts, not taste.
@Suite struct `House rules` {
    private let sources = SourceTree.swiftFiles(in: "Sources")

    /// Lines of code that hold `word` and match `pattern`, as `file:line`; comments do not count.
    private func lines(
        with word: String, matching pattern: Regex<Substring> = /.*/, in files: [SourceTree.File]
    ) -> [String] {
        files.flatMap { file in
            file.lines.enumerated().compactMap { number, line in
                guard SourceTree.contains(line, word) else { return nil }
                let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
                return SourceTree.contains(code, word) && code.contains(pattern)
                    ? "\(file):\(number + 1)" : nil
            }
        }
    }

    @Test func `there are sources to look at`() {
        #expect(sources.count > 30)
    }

    @Test func `Foundation is nowhere`() {
        let word = ["import", "Foundation"].joined(separator: " ")

        #expect(lines(with: word, in: sources + SourceTree.swiftFiles(in: "Tests")) == [])
    }

    @Test func `nothing is printed but by the program's own commands`() {
        let found = ["print(", "debugPrint(", "dump("].flatMap {
            lines(with: $0, matching: /\b(?:print|debugPrint|dump)\(/, in: sources)
        }

        #expect(found.filter { !$0.hasPrefix("Sources/ContextBroker/Atria.swift") } == [])
    }

    @Test func `a task starts on a reactor: by worker.spawn, or with its executor preference`() {
        #expect(
            lines(
                with: "Task", matching: /\bTask *(?:\{|\((?!executorPreference:)|\.init|\.detached)/,
                in: sources) == [])
        let immediate = lines(with: "Task.immediate", in: sources)
        #expect(immediate == lines(with: "Task.immediate(executorPreference:", in: sources))
    }

    @Test func `no note about work to do is left`() {
        let files =
            sources + SourceTree.swiftFiles(in: "Tests").filter { !$0.path.hasPrefix("Tests/TidyTests") }
        let words = ["TODO", "FIXME", "HACK"]
        let noted = files.filter { file in
            file.lines.contains { line in words.contains { SourceTree.contains(line, $0) } }
        }

        #expect(noted.map(\.path) == [])
    }

    @Test func `who vouches for a type's sendability says why`() {
        let claims = ["@unchecked Sendable", "nonisolated(unsafe)"].flatMap { lines(with: $0, in: sources) }

        #expect(claims.filter { !isExplained($0) } == [])
    }

    @Test func `every limit says what it is for`() {
        let declaration = /\b(?:let|var) \w+(?:Max|Timeout|Deadline)\b[^=(]*= *[\d.(]/
        let limits = ["Max", "Timeout", "Deadline"].flatMap {
            lines(with: $0, matching: declaration, in: sources)
        }

        #expect(limits.count > 10)
        #expect(limits.filter { !isExplained($0) } == [])
    }

    /// A comment stands on the line, or right above its declaration (attributes and other cases in between count).
    private func isExplained(_ place: String) -> Bool {
        let parts = place.split(separator: ":")
        guard let number = Int(parts[1]), let file = sources.first(where: { $0.path == parts[0] }) else {
            return false
        }
        let above = file.lines[..<(number - 1)].reversed().prefix { !$0.allSatisfy(\.isWhitespace) }
        return file.lines[number - 1].contains("//") || above.contains { $0.contains("//") }
    }
}
