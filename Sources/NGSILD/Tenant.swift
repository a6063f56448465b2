/// The checked name of a tenant (4.14); the default one has none.
package struct Tenant: Hashable, Sendable {
    /// Empty: the default tenant.
    package let name: String

    package static let `default` = Tenant(unchecked: "")

    package var isDefault: Bool { name.isEmpty }

    /// - Throws: `badRequestData` where `name` is not 1…255 of `A-Za-z0-9_.:~-`.
    package init(_ name: String) throws(NGSILDError) {
        let allowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "_.:~-".utf8.contains(byte)
            }
        }
        guard allowed, (1...255).contains(name.utf8.count) else {
            throw NGSILDError(
                .badRequestData, "the tenant name \"\(name)\" is not 1 to 255 letters, digits, or _ . : ~ -",
                at: "NGSILD-Tenant")
        }
        self.name = name
    }

    private init(unchecked name: String) {
        self.name = name
    }
}
