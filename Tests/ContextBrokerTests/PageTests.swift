import Glibc
import JSON
import TestSupport
import Testing

@testable import ContextBroker

/// The pages that show calls of the API.
@Suite struct `The pages for developers` {
    /// Each page has a hub with an empty database.
    ///
    /// With `ATRIA_TEST_WRITE=1` in the environment the answers on the pages are made true instead of checked.
    @Test(arguments: ["README.md", "docs/api.md"])
    func `each call of curl gives the answer below it`(name: String) async throws {
        let path = Repository.path(of: name)
        var page = Page(try readText(path))
        #expect(page.calls.count > 3)
        try await TestDatabase.with(hasSchema: true) { database in
            let hub = try RunningHub(
                "--database-url '\(database.connectionString)' --public-url \(Page.address)")
            try #require(try hub.isReady())
            for number in page.calls.indices {
                let call = page.calls[number]
                let answer = try page.answer(to: call, from: hub)
                if getenv("ATRIA_TEST_WRITE") != nil {
                    page.write(answer, below: call)
                } else {
                    #expect(page.answer(below: call) == answer, "\(name): \(page.command(of: call))")
                }
            }
        }
        guard getenv("ATRIA_TEST_WRITE") != nil else { return }
        let file = try #require(fopen(path, "w"))
        fputs(page.text, file)
        fclose(file)
    }
}

/// A Markdown page with shell blocks that call curl, each followed by a block with the answer.
private struct Page {
    /// The hub's address on the page.
    static let address = "http://127.0.0.1:9090"

    /// A fenced block, or what stands between two of them.
    private struct Block {
        /// What follows the opening fence; nil: it is no fenced block.
        let language: Substring?
        var lines: [Substring]
    }

    private var blocks: [Block] = []
    /// Ids that a hub has made at random, as the page has them, by those of this run.
    private var ids: [String: String] = [:]

    init(_ text: String) {
        var block = Block(language: nil, lines: [])
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isFence = line.hasPrefix("```")
            guard isFence else {
                block.lines.append(line)
                continue
            }
            blocks.append(block)
            block = Block(language: block.language == nil ? line.dropFirst(3) : nil, lines: [])
        }
        blocks.append(block)
    }

    var text: String {
        blocks.map { block in
            let lines = block.language.map { ["```\($0)"] + block.lines + ["```"] } ?? block.lines
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// The places of the blocks that call curl.
    var calls: [Int] {
        blocks.indices.filter { blocks[$0].language == "sh" && command(of: $0).contains("curl ") }
    }

    func command(of call: Int) -> String {
        blocks[call].lines.joined(separator: "\n")
    }

    // MARK: Answers

    /// The block behind `call`, with nothing but blank lines between.
    private func answerBlock(below call: Int) -> Int? {
        let place = call + 2
        guard place < blocks.count, blocks[place].language != "sh",
            blocks[call + 1].lines.allSatisfy(\.isEmpty)
        else { return nil }
        return place
    }

    func answer(below call: Int) -> String? {
        answerBlock(below: call).map { blocks[$0].lines.joined(separator: "\n") }
    }

    mutating func write(_ answer: String, below call: Int) {
        let lines = answer.split(separator: "\n", omittingEmptySubsequences: false)
        if let place = answerBlock(below: call) {
            blocks[place].lines = lines
        } else {
            let isJSON = answer.hasPrefix("{") || answer.hasPrefix("[")
            let language = answer.hasPrefix("HTTP/") ? "http" : isJSON ? "json" : "text"
            // Nothing but the two fences stands between them.
            blocks.insert(
                contentsOf: [
                    Block(language: nil, lines: []), Block(language: Substring(language), lines: lines),
                ], at: call + 1)
        }
    }

    /// What `call` gives at `hub`, in the form of the page.
    mutating func answer(to call: Int, from hub: RunningHub) throws -> String {
        var command = command(of: call).replacing(Self.address, with: hub.url)
        for (real, shown) in ids { command = command.replacing(shown, with: real) }
        let output = try shell("curl() { command curl -sS \"$@\"; }\n\(command)").output
        // The last line's end may be half gone.
        let lines = output.replacing("\r\n", with: "\n").replacing("\r", with: "")
        return form(lines.replacing(hub.url, with: Self.address))
    }

    private mutating func form(_ output: String) -> String {
        var parts = naming(output).split(separator: "\n\n", maxSplits: 1).map(String.init)
        if output.hasPrefix("HTTP/") { parts[0] = Self.head(parts[0]) }
        if let last = parts.last, let value = try? JSONValue(parsing: Array(last.utf8)) {
            parts[parts.count - 1] = value.laidOut()
        }
        return parts.joined(separator: "\n\n")
    }

    /// Without the fields that say nothing of the call.
    private static func head(_ text: String) -> String {
        let passedOver = ["Date:", "Content-Length:", "X-Request-Id:", "Vary:"]
        let lines = text.split(separator: "\n").filter { line in !passedOver.contains { line.hasPrefix($0) } }
        return lines.joined(separator: "\n")
    }

    /// With `…` for what differs from call to call, and the page's own ids for those that the hub has made.
    private mutating func naming(_ text: String) -> String {
        var text = text.replacing(/"(createdAt|modifiedAt|lastUsage|contextSourceTimeAt|readyAt)": ?"[^"]*"/)
        {
            match in
            "\"\(match.1)\":\"…\""
        }
        text.replace(/urn:request:\w+/, with: "urn:request:…")
        text.replace(/"milliseconds": ?[0-9.]+/, with: "\"milliseconds\":1.5")
        text.replace(/PT\d+S/, with: "PT…S")
        text.replace(/W\/"\w+"/, with: "W/\"…\"")
        for match in text.matches(of: /\b[0-9a-f]{32}\b/) where ids[String(match.0)] == nil {
            ids[String(match.0)] = String(repeating: "0", count: 31) + String(ids.count + 1)
        }
        for (real, shown) in ids { text.replace(real, with: shown) }
        return text
    }
}
