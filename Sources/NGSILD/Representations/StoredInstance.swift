import JSON

/// One instance of an attribute on the tape, looked through once.
struct StoredInstance {
    let view: JSONView
    var type: JSONView?
    var kind = StoredMember.ValueKind.value
    var value: JSONView?
    var datasetId: JSONView?
    var createdAt: JSONView?
    var modifiedAt: JSONView?
    var expiresAt: JSONView?
    /// Whether it is served, in its stored form, as it is: no times, no names to compact, and below alike.
    var isPlain = true
    /// Whether it has members besides type, value, dataset and times.
    var hasMore = false

    init(_ view: JSONView) {
        self.view = view
        for (name, member) in view.members {
            switch StoredMember(name) {
            case .type: type = member
            case .value(let kind):
                self.kind = kind
                value = member
            case .datasetId: datasetId = member
            case .createdAt: createdAt = member
            case .modifiedAt: modifiedAt = member
            case .expiresAt: expiresAt = member
            case .vocabulary, .plain: hasMore = true
            case .subattribute:
                hasMore = true
                isPlain = isPlain && StoredInstance.all(member).allSatisfy(\.isPlain)
            }
        }
        isPlain = isPlain && createdAt == nil && modifiedAt == nil && expiresAt == nil
    }

    /// The instances of a stored attribute.
    static func all(_ attribute: JSONView) -> [StoredInstance] {
        attribute.kind == .array ? attribute.elements.map { StoredInstance($0) } : [StoredInstance(attribute)]
    }

    func isExpired(at now: Timestamp) -> Bool {
        guard let moment = expiresAt?.string.flatMap({ Timestamp($0) }) else { return false }
        return moment <= now
    }
}
