import JSON

/// When an instance was made and changed (4.8).
///
/// Only what differs from the usual is stored. Of an attribute: `createdAt` where it is not the entity's,
/// `modifiedAt` where it is not its own `createdAt`. Of a sub-attribute: either where it is not that of the
/// instance around it.
struct AttributeTimes: Equatable {
    var createdAt: Timestamp
    var modifiedAt: Timestamp
}

extension AttributeInstance {
    /// The times of an attribute of an entity that was made at `entityCreatedAt`.
    func times(entityCreatedAt: Timestamp) -> AttributeTimes {
        let createdAt = timestamp("createdAt") ?? entityCreatedAt
        return AttributeTimes(createdAt: createdAt, modifiedAt: timestamp("modifiedAt") ?? createdAt)
    }

    /// The times of a sub-attribute of an instance that has `outer`.
    func times(inside outer: AttributeTimes) -> AttributeTimes {
        AttributeTimes(
            createdAt: timestamp("createdAt") ?? outer.createdAt,
            modifiedAt: timestamp("modifiedAt") ?? outer.modifiedAt)
    }

    mutating func stamp(_ times: AttributeTimes, entityCreatedAt: Timestamp) {
        stamp(times, usual: AttributeTimes(createdAt: entityCreatedAt, modifiedAt: times.createdAt))
    }

    /// Stores what of `times` is not usual.
    mutating func stamp(_ times: AttributeTimes, usual: AttributeTimes) {
        setTime("createdAt", times.createdAt == usual.createdAt ? nil : times.createdAt)
        setTime("modifiedAt", times.modifiedAt == usual.modifiedAt ? nil : times.modifiedAt)
    }

    private mutating func setTime(_ name: String, _ moment: Timestamp?) {
        self[name] = moment.map { .json(.string($0.description)) }
    }

    /// Stamps the sub-attributes of an instance that replaces `old` at `now`: those that were there keep the
    /// moment at which they were made.
    mutating func stampSubattributes(
        _ times: AttributeTimes, replacing old: AttributeInstance?, with oldTimes: AttributeTimes?,
        at now: Timestamp
    ) {
        for member in members where AttributeMember(member.name) == nil {
            let (name, instances) = (member.name, member.value.instances)
            let before = old?[name]?.instances ?? []
            let stamped = instances.map { new in
                var new = new
                let match = before.first { $0.datasetId == new.datasetId }
                let matchTimes = oldTimes.flatMap { match?.times(inside: $0) }
                let own = AttributeTimes(createdAt: matchTimes?.createdAt ?? now, modifiedAt: now)
                new.stamp(own, usual: times)
                new.stampSubattributes(own, replacing: match, with: matchTimes, at: now)
                return new
            }
            self[name] = .instances(stamped)
        }
    }

    /// Writes the times of the sub-attributes that `update` does not have out, where those of this instance move
    /// from `before` to `after`.
    mutating func keepTimes(
        ofSubattributesExcept update: AttributeInstance, from before: AttributeTimes, to after: AttributeTimes
    ) {
        for member in members where AttributeMember(member.name) == nil && update[member.name] == nil {
            self[member.name] = .instances(subattribute(member.name, from: before, to: after))
        }
    }

    /// The instances of a sub-attribute with their times written out, where those of this instance move from `before`
    /// to `after`.
    func subattribute(
        _ name: String, from before: AttributeTimes, to after: AttributeTimes
    ) -> [AttributeInstance] {
        (self[name]?.instances ?? []).map { instance in
            var instance = instance
            instance.stamp(instance.times(inside: before), usual: after)
            return instance
        }
    }
}
