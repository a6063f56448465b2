import Glibc

/// Real data: a folder `shared/data` beside or above this checkout, where the machine has one.
package enum SharedData {
    package static let folder: String? = {
        var folder = #filePath[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            if access("\(folder)/shared/data", R_OK) == 0 { return "\(folder)/shared/data" }
        }
        return nil
    }()

    /// All files below a folder of the data, in order; none where there is no data.
    package static func files(below path: String) -> [String] {
        folder.map { list("\($0)/\(path)").sorted() } ?? []
    }

    package static func bytes(of file: String) -> [UInt8] {
        guard let stream = fopen(file, "r") else { return [] }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, stream), count > 0 { bytes += chunk[..<count] }
        return bytes
    }

    private static func list(_ folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [folder] }
        defer { closedir(directory) }
        var files: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { files += list("\(folder)/\(name)") }
        }
        return files
    }
}
