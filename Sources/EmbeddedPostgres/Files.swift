import Glibc

/// The few things that are done with files here.
enum Files {
    /// Content of more bytes is cut: none of the files read here is longer.
    private static let bytesMax = 65_536

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// The names in a directory, sorted; empty where there is none.
    static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The text of a file; nil where it cannot be read.
    static func read(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return String(unsafeUninitializedCapacity: bytesMax) {
            max(0, Glibc.read(file, $0.baseAddress, bytesMax))
        }
    }

    /// Replaces a file that only its owner may read.
    static func write(_ text: String, to path: String, for account: Account) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("write \(path)") }
        defer { close(file) }
        var text = text
        let count = text.withUTF8 { Glibc.write(file, $0.baseAddress, $0.count) }
        guard count == text.utf8.count, fchown(file, account.user, account.group) == 0 else {
            throw failure("write \(path)")
        }
    }

    /// Makes a directory, and those above it that are missing.
    static func makeDirectory(_ path: String) throws {
        let parent = directory(of: path)
        if !exists(parent) { try makeDirectory(parent) }
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure("create \(path)") }
    }

    /// Makes a directory that nobody but `account` may enter, or makes sure that an existing one is so.
    static func makePrivateDirectory(_ path: String, for account: Account) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("create \(path)") }
        // Through a descriptor, and no link: in /tmp anyone may have put something else there.
        let directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard directory >= 0 else { throw failure("open \(path)") }
        defer { close(directory) }
        var status = stat()
        guard fstat(directory, &status) == 0, [account.user, geteuid()].contains(status.st_uid) else {
            throw EmbeddedPostgresError("\(path) belongs to somebody else; remove it")
        }
        guard fchown(directory, account.user, account.group) == 0, fchmod(directory, 0o700) == 0 else {
            throw failure("protect \(path)")
        }
    }

    /// Removes a directory and all in it; nothing where it does not exist.
    static func removeDirectory(_ path: String) {
        for name in names(in: path) {
            let entry = path + "/" + name
            if unlink(entry) != 0 { removeDirectory(entry) }
        }
        rmdir(path)
    }

    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// `path` from the root, without links where it exists.
    static func absolute(_ path: String) -> String {
        if let real = realpath(path, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        guard !path.hasPrefix("/"), let current = getcwd(nil, 0) else { return path }
        defer { free(current) }
        return String(cString: current) + "/" + path
    }

    static func failure(_ deed: String) -> EmbeddedPostgresError {
        EmbeddedPostgresError("cannot \(deed): \(String(cString: strerror(errno)))")
    }
}
