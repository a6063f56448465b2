import Glibc
import Testing

@testable import ContextBroker

@Suite struct `Configuration's documentation` {
    private static let path = Repository.path(of: "docs/configuration.md")
    private static let start =
        "<!-- settings: made from Sources/ContextBroker/Configuration by ConfigurationDocumentationTests -->\n"
    private static let end = "<!-- end of settings -->"

    private var table: String {
        let defaults = ContextBroker.Configuration()
        let rows = Setting.all.map { setting in
            let text = setting.key == "data-dir" ? "~/.local/share/atria" : setting.text(defaults)
            let shown = text.isEmpty ? "" : "`\(text)`"
            return "| `\(setting.key)` | \(shown) | \(setting.summary) | \(setting.form) |\n"
        }
        return "| key | default | effect | value |\n|---|---|---|---|\n" + rows.joined()
    }

    /// With `ATRIA_TEST_WRITE=1` in the environment the page is made true instead of checked.
    @Test func `docs/configuration.md has every setting with its default, and no other`() throws {
        let page = try readText(Self.path)
        let start = try #require(page.firstRange(of: Self.start))
        let end = try #require(page.firstRange(of: Self.end))

        if getenv("ATRIA_TEST_WRITE") != nil {
            let file = try #require(fopen(Self.path, "w"))
            fputs(page[..<start.upperBound] + table + page[end.lowerBound...], file)
            fclose(file)
        } else {
            #expect(page[start.upperBound..<end.lowerBound] == table)
        }
    }
}
