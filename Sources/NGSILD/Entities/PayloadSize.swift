import JSON

// What a write holds in memory while it waits: the text of its payload, about. Counted member by member, since
// the entities of a batch share one text.

extension Entity {
    /// Bytes of the payload that it was made of.
    package var payloadBytes: Int {
        attributes.touched.reduce(0) { bytes, name in
            attributes[name].reduce(bytes + name.utf8.count) { $0 + $1.payloadBytes }
        }
    }
}

extension EntityFragment {
    /// Bytes of the payload that it was made of.
    package var payloadBytes: Int { attributes.reduce(0) { $0 + $1.payloadBytes } }
}

extension AttributeFragment {
    /// Bytes of the payload that it was made of.
    package var payloadBytes: Int {
        instances.reduce(name.utf8.count) {
            $0 + $1.instance.payloadBytes + ($1.bare?.view.rawRange.count ?? 0)
        }
    }
}

extension AttributeInstance {
    fileprivate var payloadBytes: Int {
        members.reduce(0) { $0 + $1.name.utf8.count + $1.value.payloadBytes }
    }
}

extension MemberValue {
    fileprivate var payloadBytes: Int {
        switch self {
        case .verbatim(let view): view.rawRange.count
        // A name or a number that was read out of it.
        case .json(let value): value.string?.utf8.count ?? 8
        case .instances(let instances): instances.reduce(0) { $0 + $1.payloadBytes }
        }
    }
}
