import JSON

/// One instance of an attribute on the tape, looked through once.
struct StoredInstance {
    private(set) var view: JSONCursor
    var type: JSONCursor?
    var kind = ValueMember.value
    var value: JSONCursor?
    var datasetId: JSONCursor?
    var createdAt: JSONCursor?
    var modifiedAt: JSONCursor?
    var expiresAt: JSONCursor?
    /// Whether a client of the core @context gets it as it is stored, apart from its own times: no IRIs to compact,
    /// and below not even times.
    var isPlain = true
    /// Whether it has times of its own.
    var hasTimes: Bool { createdAt != nil || modifiedAt != nil || expiresAt != nil }
    /// Whether it has members besides type, value, dataset and times.
    var hasMore = false

    init(_ view: JSONCursor) {
        self.view = view
        var members = view.members
        read(&members)
    }

    /// The instance behind the name that `members` gave last; nil: it is no object, as several instances are not.
    init?(in members: inout JSONCursor.Members, named name: JSONCursor) {
        view = name
        guard let whole = members.object({ read(&$0) }) else { return nil }
        view = whole
    }

    private mutating func read(_ members: inout JSONCursor.Members) {
        while let (name, member) = members.next() {
            switch AttributeMember(utf8: name.text) {
            case .type: type = member
            case .value(let kind):
                self.kind = kind
                value = member
                if kind == .vocab { isPlain = isPlain && !member.rawText.contains(UInt8(ascii: ":")) }
            case .datasetId: datasetId = member
            case .createdAt: createdAt = member
            case .modifiedAt: modifiedAt = member
            case .expiresAt: expiresAt = member
            case .valueType, .objectType, .entityTypeSealed:
                hasMore = true
                isPlain = isPlain && !member.rawText.contains(UInt8(ascii: ":"))
            case nil:
                hasMore = true
                isPlain = isPlain && !name.text.contains(UInt8(ascii: ":")) && StoredInstance.arePlain(member)
            default: hasMore = true
            }
        }
    }

    private static func arePlain(_ attribute: JSONCursor) -> Bool {
        guard attribute.kind == .array else { return isWhollyPlain(attribute) }
        return attribute.elements.allSatisfy { isWhollyPlain($0) }
    }

    private static func isWhollyPlain(_ attribute: JSONCursor) -> Bool {
        let instance = StoredInstance(attribute)
        return instance.isPlain && !instance.hasTimes
    }

    /// The instances of a stored attribute.
    static func all(_ attribute: JSONCursor) -> [StoredInstance] {
        attribute.kind == .array ? attribute.elements.map { StoredInstance($0) } : [StoredInstance(attribute)]
    }

    func isExpired(at now: Timestamp) -> Bool {
        guard let moment = expiresAt?.string.flatMap({ Timestamp($0) }) else { return false }
        return moment <= now
    }
}
