// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// A library of the distribution behind one module map (`Sources/README.md` has the reasons).
func library(_ name: String, pkgConfig: String? = nil, debian package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// A target and the targets below it: the list, read downwards, is the architecture.
func module(_ name: String, uses dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(of name: String, uses dependencies: Target.Dependency...) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies, swiftSettings: settings)
}

let package = Package(
    name: "Atria",
    products: [.executable(name: "atria", targets: ["ContextBroker"])],
    targets: [
        library("CLibPQ", pkgConfig: "libpq", debian: "libpq-dev"),
        library("COpenSSL", pkgConfig: "openssl", debian: "libssl-dev"),
        library("CYAML", pkgConfig: "yaml-0.1", debian: "libyaml-dev"),
        library("CGEOS", debian: "libgeos-dev"),
        .target(name: "CLinux"),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        module("JSON"),
        module("Observability"),
        module("NGSILD", uses: "JSON", "CGEOS", "CLinux"),
        module("Networking", uses: "CLinux", "COpenSSL"),
        module("HTTP", uses: "Networking", "CLinux", "CCurl", "CZlib", "COpenSSL"),
        module("Postgres", uses: "Networking", "CLinux", "CLibPQ"),
        module("EmbeddedPostgres", uses: "CLinux"),
        module("Storage", uses: "JSON", "NGSILD", "Networking", "Postgres"),
        module("Operations", uses: "JSON", "NGSILD", "Networking", "Storage", "HTTP"),
        module("API", uses: "JSON", "NGSILD", "Networking", "HTTP", "Operations", "Observability"),
        .executableTarget(
            name: "ContextBroker",
            dependencies: [
                "API", "CLinux", "CYAML", "EmbeddedPostgres", "HTTP", "JSON", "NGSILD", "Networking",
                "Observability", "Operations", "Postgres", "Storage",
            ],
            swiftSettings: settings),
        .target(
            name: "TestSupport",
            dependencies: [
                "API", "HTTP", "JSON", "NGSILD", "Networking", "Operations", "Postgres", "Storage",
            ],
            path: "Tests/TestSupport", swiftSettings: settings),
        .target(name: "TestInput", path: "Tests/TestInput", swiftSettings: settings),
        tests(of: "JSON", uses: "TestInput"),
        tests(of: "Observability"),
        tests(of: "NGSILD", uses: "JSON", "TestInput"),
        tests(of: "Networking", uses: "CLinux"),
        tests(of: "HTTP", uses: "Networking", "CLinux", "TestInput"),
        tests(of: "Postgres", uses: "Networking", "TestSupport"),
        tests(of: "EmbeddedPostgres", uses: "CLinux"),
        tests(of: "Storage", uses: "JSON", "NGSILD", "Networking", "Postgres", "TestInput", "TestSupport"),
        tests(of: "Operations", uses: "JSON", "NGSILD", "Storage", "TestSupport"),
        tests(of: "API", uses: "HTTP", "JSON", "NGSILD", "Operations", "TestInput", "TestSupport"),
        tests(of: "ContextBroker", uses: "HTTP", "JSON", "Networking", "TestInput", "TestSupport"),
        .testTarget(name: "TidyTests", swiftSettings: settings),
    ]
)
