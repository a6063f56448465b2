import JSON
import NGSILD
import TestInput
import Testing

/// Published @contexts, where this machine has them.
@Suite struct ContextDataTests {
    static let contextFiles: [String] = {
        let models = SharedData.files(below: "smart-data-models").filter { $0.hasSuffix("/context.jsonld") }
        return SharedData.files(below: "contexts").filter { $0.hasSuffix(".jsonld") } + models
    }()

    /// Reads a file with all it refers to; what is not among the files counts as empty.
    static func read(_ file: String) throws -> Context {
        let url = "https://data.example/\(file)"
        var documents = [url: try RemoteContext(url: url, document: SharedData.bytes(of: file))]
        while true {
            switch try Context.parse(.url(url), documents: documents) {
            case .complete(let context): return context
            case .needs(let urls):
                for url in urls { documents[url] = RemoteContext(url: url, context: [:]) }
            }
        }
    }

    @Test(.enabled(if: !contextFiles.isEmpty))
    func `published @contexts are read, and serve what they define`() throws {
        var refused: [String] = []
        for file in Self.contextFiles {
            do {
                let context = try Self.read(file)
                let document = try RemoteContext(url: file, document: SharedData.bytes(of: file))
                for term in document.context.object?.map({ $0.name }) ?? [] {
                    guard !term.hasPrefix("@"), term != "id", term != "type" else { continue }
                    let stored = context.storedName(of: term)
                    #expect(
                        context.storedName(of: context.term(ofStored: stored)) == stored, "\(term) in \(file)"
                    )
                }
            } catch {
                refused.append("\(file): \(error)")
            }
        }
        // That one is a negative sample of its publisher's.
        #expect(refused.filter { !$0.contains("contextWithParseError") } == [])
    }

    @Test(.enabled(if: SharedData.folder != nil))
    func `annex B: our core says what the published core says`() throws {
        let file = "\(SharedData.folder ?? "")/contexts/core/ngsi-ld-core-context-v1.9.jsonld"
        #expect(
            try JSONValue(parsing: Context.coreDocument) == JSONValue(parsing: SharedData.bytes(of: file)))
    }
}
