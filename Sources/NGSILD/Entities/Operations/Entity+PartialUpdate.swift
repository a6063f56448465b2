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
        let now = max(now, modifiedAt)
        var entity = self
        var instances = attributes[fragment.name]
        for update in fragment.instances {
            let place = try place(of: update.instance.datasetId, in: instances, of: fragment.name)
            if update.instance.isNGSILDNull {
                instances.remove(at: place)
                continue
            }
            try update.checkType(fits: instances[place], in: fragment.name)
            try update.instance.checkMembers(fit: instances[place].type, in: fragment.name)
            let before = times(of: instances[place])
            let after = AttributeTimes(createdAt: before.createdAt, modifiedAt: now)
            instances[place] = instances[place].replacingMembers(by: update.instance, from: before, to: after)
            instances[place].stamp(after, entityCreatedAt: createdAt)
        }
        entity.attributes[fragment.name] = instances
        entity.modifiedAt = now
        return (entity, UpdateResult(updated: [fragment.name]))
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
            // By dataset, as attributes are (5.5.8): the other instances of a sub-attribute stay.
            var instances = subattribute(member.name, from: before, to: after)
            for update in member.value.instances {
                let place = instances.firstIndex { $0.datasetId == update.datasetId }
                if update.isNGSILDNull {
                    if let place { instances.remove(at: place) }
                } else if let place {
                    instances[place] = update.withoutNulls()
                } else {
                    instances.append(update.withoutNulls())
                }
            }
            new[member.name] = instances.isEmpty ? nil : .instances(instances)
        }
        new.keepTimes(ofSubattributesExcept: update, from: before, to: after)
        return new
    }
}
