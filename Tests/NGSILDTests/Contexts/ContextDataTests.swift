import Glibc
import JSON
import NGSILD
import Testing

/// Published @contexts, where a folder `shared/data` with them lies beside or above this checkout.
@Suite struct ContextDataTests {
    static let data: String? = {
        var folder = #filePath[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            if access("\(folder)/shared/data", R_OK) == 0 { return "\(folder)/shared/data" }
        }
        return nil
    }()

    /// All files below a folder.
    static func files(below folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [folder] }
        defer { closedir(directory) }
        var files: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { files += Self.files(below: "\(folder)/\(name)") }
        }
        return files.sorted()
    }

    static func bytes(of file: String) -> [UInt8] {
        guard let stream = fopen(file, "r") else { return [] }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, stream), count > 0 { bytes += chunk[..<count] }
        return bytes
    }

    static let contextFiles: [String] = {
        guard let data else { return [] }
        let models = files(below: "\(data)/smart-data-models").filter { $0.hasSuffix("/context.jsonld") }
        return files(below: "\(data)/contexts").filter { $0.hasSuffix(".jsonld") } + models
    }()

    /// Reads a file with all it refers to; what is not among the files counts as empty.
    static func read(_ file: String) throws -> Context {
        let url = "https://data.example/\(file)"
        var documents = [url: try RemoteContext(url: url, document: bytes(of: file))]
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
                let document = try RemoteContext(url: file, document: Self.bytes(of: file))
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

    @Test(.enabled(if: data != nil))
    func `annex B: our core says what the published core says`() throws {
        let file = "\(Self.data ?? "")/contexts/core/ngsi-ld-core-context-v1.9.jsonld"
        #expect(try JSONValue(parsing: Context.coreDocument) == JSONValue(parsing: Self.bytes(of: file)))
    }
}
