import Glibc
package import NGSILD

/// The number of a tenant in every key of the database (`TenantStore`).
package struct TenantKey: Hashable, Comparable, Sendable {
    package let number: Int32

    /// The default tenant, which the first migration makes.
    package static let `default` = TenantKey(1)

    package init(_ number: Int32) {
        self.number = number
    }

    package static func < (left: TenantKey, right: TenantKey) -> Bool { left.number < right.number }
}

/// What names a row of table `entity`; equal and ordered as in PostgreSQL (`COLLATE "C"`: by bytes).
package struct EntityKey: Hashable, Comparable, Sendable {
    package let tenant: TenantKey
    package let id: EntityID

    package init(tenant: TenantKey, id: EntityID) {
        self.tenant = tenant
        self.id = id
    }

    package static func == (left: EntityKey, right: EntityKey) -> Bool {
        left.tenant == right.tenant && left.name == right.name
    }

    package static func < (left: EntityKey, right: EntityKey) -> Bool {
        left.tenant != right.tenant ? left.tenant < right.tenant : left.name < right.name
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(tenant)
        hasher.combine(name)
    }

    private var name: Verbatim { Verbatim(id.description) }
}

/// A text that is equal to another only where its bytes are, as in PostgreSQL.
///
/// `String` takes `é` and `e` with an accent for equal: two rows would be one key.
struct Verbatim: Hashable, Comparable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: Verbatim, right: Verbatim) -> Bool {
        left.order(before: right) == 0
    }

    static func < (left: Verbatim, right: Verbatim) -> Bool {
        left.order(before: right) < 0
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Below, at or above 0 as these bytes stand before, with or after the other's.
    private func order(before other: Verbatim) -> Int {
        var (left, right) = (text, other.text)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                guard let leftBytes = left.baseAddress, let rightBytes = right.baseAddress else {
                    return left.count - right.count
                }
                let order = memcmp(leftBytes, rightBytes, min(left.count, right.count))
                return order != 0 ? Int(order) : left.count - right.count
            }
        }
    }
}
