import Glibc

/// The repository as data.
enum SourceTree {
    /// A file of the repository.
    struct File: Sendable, CustomStringConvertible {
        /// From the top: `Sources/JSON/JSONValue.swift`.
        let path: String
        let lines: [Substring]

        var description: String { path }

        /// The target's folder: `JSON`.
        var target: String { String(path.split(separator: "/")[1]) }
    }

    static let top = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

    /// All Swift files below `folder`, by path.
    static func swiftFiles(in folder: String) -> [File] {
        paths(in: folder).filter { $0.hasSuffix(".swift") }.map { path in
            File(path: path, lines: text(of: path).split(separator: "\n", omittingEmptySubsequences: false))
        }
    }

    /// The folders right below `folder`.
    static func folders(in folder: String) -> [String] {
        entries(of: folder).filter { isFolder("\(folder)/\($0)") }
    }

    /// The text of a file; empty where there is none.
    static func text(of path: String) -> String {
        guard let file = fopen("\(top)/\(path)", "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether `text` holds `word`; the standard library takes seconds for the whole tree.
    static func contains(_ text: Substring, _ word: String) -> Bool {
        strstr(String(text), word) != nil
    }

    static func exists(_ path: String) -> Bool {
        access("\(top)/\(path)", F_OK) == 0
    }

    /// All files below `folder`.
    static func paths(in folder: String) -> [String] {
        entries(of: folder).flatMap { entry in
            let path = "\(folder)/\(entry)"
            return isFolder(path) ? paths(in: path) : [path]
        }
    }

    private static func entries(of folder: String) -> [String] {
        guard let directory = opendir("\(top)/\(folder)") else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat("\(top)/\(path)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
