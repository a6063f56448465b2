import JSON
import NGSILD
import Testing

/// Reads an `@context` value, with the documents at hand by URL.
func context(_ text: String, documents: [String: String] = [:]) throws -> Context {
    let source = try ContextSource(JSONDocument(parsing: Array(text.utf8)).root)
    guard case .complete(let context) = try Context.parse(source, documents: remote(documents)) else {
        throw MissingDocuments()
    }
    return context
}

/// What reading an `@context` fails with.
func contextError(_ text: String, documents: [String: String] = [:]) -> NGSILDError? {
    do {
        _ = try context(text, documents: documents)
        return nil
    } catch {
        return error as? NGSILDError
    }
}

func remote(_ documents: [String: String]) throws -> [String: RemoteContext] {
    var remote: [String: RemoteContext] = [:]
    for (url, text) in documents { remote[url] = try RemoteContext(url: url, document: Array(text.utf8)) }
    return remote
}

struct MissingDocuments: Error {}
