import Glibc
import Testing

/// The image names files and packages that exist; no Docker engine is needed to know.
@Suite struct `The image` {
    private let dockerfile = SourceTree.text(of: "docker/Dockerfile")
    private let compose = SourceTree.text(of: "docker/compose.yaml")

    /// The Dockerfile's instructions, with continued lines joined.
    private var instructions: [Substring] {
        dockerfile.replacing("\\\n", with: " ").split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    private var packages: [String] {
        instructions.flatMap { $0.matches(of: /apt-get install -y --no-install-recommends ([^&]*)/) }
            .flatMap { $0.1.split(separator: " ").map(String.init) }
    }

    @Test func `every file that is copied into it is in the repository`() {
        let copied = instructions.filter { $0.hasPrefix("COPY ") && !$0.contains("--from") }
            .flatMap { $0.split(separator: " ").dropFirst().dropLast() }

        #expect(copied.count >= 4)
        #expect(copied.filter { !SourceTree.exists(String($0)) } == [])
        #expect(SourceTree.exists("docker/Dockerfile") && compose.contains("dockerfile: docker/Dockerfile"))
    }

    @Test func `it has the libraries that the targets link`() {
        for library in ["libcurl4", "libgeos-c1v5", "libpq5", "libssl3", "libyaml-0-2", "zlib1g"] {
            #expect(packages.contains(library), "\(library)")
        }
    }

    @Test func `it runs as a user of its own, and says when it is well`() {
        #expect(instructions.contains("USER atria"))
        #expect(dockerfile.contains("HEALTHCHECK") && dockerfile.contains("/healthz"))
        #expect(!dockerfile.contains("USER root"))
    }

    @Test(.enabled(if: isRelease("bookworm"), "the image is made from another release than this machine"))
    func `every package that is installed into it exists`() throws {
        let known = try knownPackages()

        #expect(packages.count > 10)
        // Without its package lists a machine knows only what it has installed.
        guard known.count > 10_000 else { return }
        #expect(packages.filter { !known.contains($0) } == [])
    }

    /// What apt knows; all at once, since it builds its cache anew for each call.
    private func knownPackages() throws -> Set<String> {
        let output = try #require(popen("apt-cache pkgnames", "r"))
        defer { pclose(output) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, output), count > 0 {
            bytes += buffer[..<count]
        }
        return Set(bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) })
    }
}

private func isRelease(_ name: String) -> Bool {
    system("grep -q VERSION_CODENAME=\(name) /etc/os-release") == 0
}
