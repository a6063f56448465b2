import HTTP

/// Who may use the resources below `/atria/`: who shows the token or, where none is set, clients on this machine.
package struct AdministratorAccess: Sendable {
    private let token: [UInt8]?

    package init(token: String?) {
        self.token = token.map { Array($0.utf8) }
    }

    /// - Throws: `Refusal.unauthorized`, `Refusal.forbidden`.
    func check(_ head: RequestHead) throws(Refusal) {
        guard let token else {
            guard Self.isFromThisMachine(head) else {
                throw .forbidden(
                    "this resource is for administrators on the hub's own machine: "
                        + "set admin.token (ATRIA_ADMIN_TOKEN) to use it from elsewhere")
            }
            return
        }
        guard let shown = Self.bearer(head.headers["Authorization"]), Self.isSame(shown, token) else {
            throw .unauthorized
        }
    }

    /// What names a client behind the one that is connected: a proxy on this machine, or a page in its browser.
    private static let signsOfOthers = ["Forwarded", "X-Forwarded-For", "Via", "Origin"]

    private static func isFromThisMachine(_ head: RequestHead) -> Bool {
        (head.peer.hasPrefix("127.") || head.peer == "::1")
            && !signsOfOthers.contains(where: head.headers.contains)
    }

    /// What stands behind `Bearer` (RFC 6750).
    private static func bearer(_ header: String?) -> [UInt8]? {
        guard let parts = header?.split(separator: " ", maxSplits: 1), parts.count == 2,
            parts[0].lowercased() == "bearer"
        else { return nil }
        return Array(parts[1].utf8)
    }

    // How long it takes says nothing of the token: each byte that was sent is looked at.
    private static func isSame(_ shown: [UInt8], _ token: [UInt8]) -> Bool {
        var difference = shown.count ^ token.count
        for index in shown.indices { difference |= Int(shown[index] ^ token[index % token.count]) }
        return difference == 0
    }
}
