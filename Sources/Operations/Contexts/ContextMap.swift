import Glibc
import JSON

/// The @contexts that an operator laid beside the hub: their addresses are never fetched.
package struct ContextMap: Sendable {
    private let files: [String: String]

    /// No address is mapped.
    package init() {
        files = [:]
    }

    /// - Parameter path: a JSON object from address to a file, relative to this one.
    /// - Throws: `ContextMapError` where it cannot be read, or is not of this shape.
    package init(file path: String) throws(ContextMapError) {
        guard let bytes = readFile(path) else {
            throw ContextMapError(description: "\(path) cannot be read")
        }
        guard let members = try? JSONValue(parsing: bytes).object else {
            throw ContextMapError(description: "\(path) is no JSON object from URLs to files")
        }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        var files: [String: String] = [:]
        for (url, file) in members {
            guard let file = file.string else {
                throw ContextMapError(description: "\(path): the file of \(url) is no string")
            }
            files[url] = file.hasPrefix("/") ? file : folder + file
        }
        self.files = files
    }

    /// The document that stands for `url`; nil: it is not mapped.
    ///
    /// - Throws: `ContextMapError` where its file cannot be read.
    func document(at url: String) throws(ContextMapError) -> [UInt8]? {
        guard let path = files[url] else { return nil }
        guard let bytes = readFile(path) else {
            throw ContextMapError(description: "the file \(path), mapped for \(url), cannot be read")
        }
        return bytes
    }
}

/// Why the map of local @contexts is of no use: a sentence for the operator.
package struct ContextMapError: Error, CustomStringConvertible {
    package let description: String
}

// Blocks the worker for some tens of microseconds, once per file: the cache keeps what was read.
private func readFile(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
        bytes += chunk[..<count]
    }
    return ferror(file) == 0 ? bytes : nil
}
