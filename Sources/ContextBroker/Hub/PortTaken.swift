import Glibc
import Networking

/// An address that somebody else listens on, and who that is as far as the kernel tells.
struct PortTaken: Error, CustomStringConvertible {
    let description: String

    init(_ error: SystemError, addresses: [ListenAddress]) {
        let owner = addresses.lazy.compactMap { Self.owner(ofPort: Int($0.port)) }.first
        description = "\(error)" + (owner.map { "; process \($0) has it" } ?? "")
    }

    /// Number and name of the process that listens on `port`: "4711 (atria)".
    private static func owner(ofPort port: Int) -> String? {
        guard let inode = listeningInode(port) else { return nil }
        return entries(of: "/proc").lazy.filter { Int($0) != nil }.first {
            holds("socket:[\(inode)]", process: $0)
        }
        .map { "\($0) (\(commandName($0)))" }
    }

    // A line of /proc/net/tcp: "0: 0100007F:2382 00000000:0000 0A … inode"; 0A is "listening".
    private static func listeningInode(_ port: Int) -> Substring? {
        for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
            guard let text = try? readText(table) else { continue }
            for line in text.split(separator: "\n").dropFirst() {
                let fields = line.split(separator: " ")
                guard fields.count > 9, fields[3] == "0A", let colon = fields[1].lastIndex(of: ":") else {
                    continue
                }
                if Int(fields[1][fields[1].index(after: colon)...], radix: 16) == port { return fields[9] }
            }
        }
        return nil
    }

    private static func holds(_ link: String, process: String) -> Bool {
        entries(of: "/proc/\(process)/fd").contains { descriptor in
            var target = [UInt8](repeating: 0, count: 64)
            let count = target.withUnsafeMutableBytes {
                $0.withMemoryRebound(to: CChar.self) { buffer in
                    buffer.baseAddress.map { readlink("/proc/\(process)/fd/\(descriptor)", $0, buffer.count) }
                        ?? 0
                }
            }
            return count > 0 && target[..<count].elementsEqual(link.utf8)
        }
    }

    private static func commandName(_ process: String) -> String {
        (try? readText("/proc/\(process)/comm"))?.split(separator: "\n").first.map(String.init) ?? "?"
    }

    // What this user may not look into has no entries.
    private static func entries(of folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names
    }
}
