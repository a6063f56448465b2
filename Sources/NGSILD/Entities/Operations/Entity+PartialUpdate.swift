extension Entity {
    /// Partial Attribute Update (5.6.4.4): changes members of an instance.
    ///
    /// Those of the fragment replace the instance's, the null removes them, others stay. The null as the value
    /// deletes the instance.
    ///
    /// - Throws: `resourceNotFound` where there is no such instance; `badRequestData` where its type is another.
    package func partiallyUpdating(
        _ fragment: AttributeFragment, at now: Timestamp
    ) throws(NGSILDError) -> (entity: Entity, result: UpdateResult) {
        var entity = self
        for update in fragment.instances {
            let datasetId = update.instance.datasetId
            let old = try instance(of: fragment.name, datasetId: datasetId)
            if update.instance.isNGSILDNull {
                _ = entity.removeInstance(of: fragment.name, datasetId: datasetId)
                continue
            }
            try update.checkType(fits: old, in: fragment.name)
            let oldTimes = times(of: old)
            let newTimes = AttributeTimes(createdAt: oldTimes.createdAt, modifiedAt: now)
            let new = old.replacingMembers(by: update.instance, from: oldTimes, to: newTimes)
            entity.replace(new, as: fragment.name, newTimes)
        }
        entity.modifiedAt = now
        return (entity, UpdateResult(updated: [fragment.name]))
    }

    /// Stores an instance whose sub-attributes have their times already.
    mutating func replace(_ instance: AttributeInstance, as name: String, _ times: AttributeTimes) {
        var instance = instance
        instance.stamp(times, entityCreatedAt: createdAt)
        attributes[name] = attributes[name].map { $0.datasetId == instance.datasetId ? instance : $0 }
    }
}

extension InstanceFragment {
    /// Whether the fragment is of the type that is stored: one may be concluded, when its value has the same name.
    func checkType(fits old: AttributeInstance, in name: String) throws(NGSILDError) {
        guard let type = instance.type, let oldType = old.type, type != oldType else { return }
        let isGeometry = instance.value.flatMap(\.view).map(GeoJSON.isGeometry) ?? false
        let fits =
            !isTypeGiven && type.valueName == oldType.valueName && (oldType != .geoProperty || isGeometry)
        guard fits else {
            throw NGSILDError(
                .badRequestData,
                "the attribute \(name) is a \(oldType.rawValue); the update has a \(type.rawValue)",
                at: isTypeGiven ? "/type" : nil)
        }
    }
}

extension AttributeInstance {
    fileprivate func replacingMembers(
        by update: AttributeInstance, from before: AttributeTimes, to after: AttributeTimes
    ) -> AttributeInstance {
        var stamped = update
        stamped.stampSubattributes(after, replacing: self, with: before, at: after.modifiedAt)
        var new = self
        for member in stamped.members where member.name != "type" {
            guard AttributeMember(member.name) == nil else {
                new[member.name] = member.value.isNGSILDNull(in: member.name) ? nil : member.value
                continue
            }
            let instances = member.value.instances.filter { !$0.isNGSILDNull }.map { $0.withoutNulls() }
            new[member.name] = instances.isEmpty ? nil : .instances(instances)
        }
        let changed = Set(update.subattributes.map(\.name))
        new.keepTimes(ofSubattributesExcept: changed, from: before, to: after)
        return new
    }
}
