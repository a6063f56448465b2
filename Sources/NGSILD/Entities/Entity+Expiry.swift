import JSON

extension Entity {
    /// The earliest moment at which it, or something of it, expires (4.22).
    package var due: Timestamp? {
        let earliest = attributes.flatMap(
            stored: { _, value in Expiry.earliest(in: value).map { [$0] } ?? [] },
            edited: { _, instances in instances.compactMap { Expiry.earliest(in: $0) } }
        ).min()
        guard let expiresAt, let earliest else { return expiresAt ?? earliest }
        return min(expiresAt, earliest)
    }

    /// The same where nothing but the attributes `names` can expire.
    package func due(among names: [String]) -> Timestamp? {
        names.compactMap { name in
            attributes.find(
                name, stored: { Expiry.earliest(in: $0) },
                edited: { $0.compactMap { Expiry.earliest(in: $0) }.min() }) ?? nil
        }.min()
    }

    /// The entity without the attributes and sub-attributes that expired by `now`; nil: it expired itself.
    package func removingExpired(at now: Timestamp) -> Entity? {
        if let expiresAt, expiresAt <= now { return nil }
        guard let due, due <= now else { return self }
        var entity = self
        for name in attributes.names {
            let instances = attributes[name]
            let living = instances.compactMap { Expiry.living($0, at: now) }
            if living != instances { entity.attributes[name] = living }
        }
        return entity
    }
}

/// The expiry of attributes and of sub-attributes at any depth (4.22).
enum Expiry {
    /// In the instances that a member of a stored document holds.
    static func earliest(in stored: JSONView) -> Timestamp? {
        guard stored.withCursor(mentionsExpiry) else { return nil }
        return AttributeInstance.all(stored).compactMap { earliest(in: $0) }.min()
    }

    static func earliest(in instance: AttributeInstance) -> Timestamp? {
        var earliest: Timestamp?
        for member in instance.members {
            let moment: Timestamp? =
                switch AttributeMember(member.name) {
                case .expiresAt: member.value.string.flatMap { Timestamp($0) }
                case nil: self.earliest(in: member.value)
                default: nil
                }
            if let moment { earliest = min(earliest ?? moment, moment) }
        }
        return earliest
    }

    private static func earliest(in subattribute: MemberValue) -> Timestamp? {
        if case .verbatim(let stored) = subattribute { return earliest(in: stored) }
        return subattribute.instances.compactMap { earliest(in: $0) }.min()
    }

    static func living(_ instance: AttributeInstance, at now: Timestamp) -> AttributeInstance? {
        if let expiresAt = instance.timestamp("expiresAt"), expiresAt <= now { return nil }
        var instance = instance
        for (name, instances) in instance.subattributes {
            let living = instances.compactMap { Expiry.living($0, at: now) }
            if living.count != instances.count || living != instances {
                instance[name] = living.isEmpty ? nil : .instances(living)
            }
        }
        return instance
    }

    // Few attributes expire: this walk spares the others the reading. It looks into values too, which does no harm.
    private static func mentionsExpiry(_ stored: JSONCursor) -> Bool {
        switch stored.kind {
        case .object:
            stored.members.contains { AttributeMember(utf8: $0.text) == .expiresAt || mentionsExpiry($1) }
        case .array: stored.elements.contains { mentionsExpiry($0) }
        default: false
        }
    }
}
