import JSON

/// What a merge request says for all attributes of its fragment (6.5.3.4).
package struct MergeOptions: Sendable {
    /// A DateTime, as the client wrote it, for instances that have an `observedAt`.
    package var observedAt: String?
    /// The language of strings that meet a LanguageProperty.
    package var lang: String?

    package init(observedAt: String? = nil, lang: String? = nil) {
        self.observedAt = observedAt
        self.lang = lang
    }
}

extension Entity {
    /// Merge Entity (5.6.17.4, 5.5.12): members at any depth are set, or removed by the NGSI-LD Null.
    ///
    /// - Throws: `badRequestData` where a bare value does not fit the type of the attribute it meets.
    package func merging(
        _ fragment: EntityFragment, options: MergeOptions = MergeOptions(), at now: Timestamp
    ) throws(NGSILDError) -> (entity: Entity, result: UpdateResult) {
        let now = max(now, modifiedAt)
        var entity = self
        var result = UpdateResult()
        var isChanged = entity.unite(types: fragment.types)
        if let change = fragment.scopes {
            entity.replace(scopes: change)
            result.updated.append("scope")
        }
        if let change = fragment.expiresAt {
            entity.apply(expiresAt: change)
            isChanged = true
        }
        for attribute in fragment.attributes {
            var isTouched = false
            for update in attribute.instances
            where try entity.merge(update, as: attribute.name, options, at: now) {
                isTouched = true
            }
            if isTouched { result.updated.append(attribute.name) }
        }
        if isChanged || !result.updated.isEmpty { entity.modifiedAt = now }
        return (entity, result)
    }

    /// False where there was nothing to do.
    private mutating func merge(
        _ update: InstanceFragment, as name: String, _ options: MergeOptions, at now: Timestamp
    ) throws(NGSILDError) -> Bool {
        let datasetId = update.instance.datasetId
        if update.instance.isNGSILDNull { return removeInstance(of: name, datasetId: datasetId) }
        var instances = attributes[name]
        guard let place = instances.firstIndex(where: { $0.datasetId == datasetId }) else {
            put(try update.instance.added(as: name), as: name, at: now)
            return true
        }
        let old = instances[place]
        var update = update
        try update.assumeType(of: old, named: name, lang: options.lang)
        if let type = update.instance.type, type != old.type {
            put(try update.instance.added(as: name), as: name, at: now)
            return true
        }
        if let observedAt = options.observedAt, old["observedAt"] != nil, update.instance["observedAt"] == nil
        {
            update.instance["observedAt"] = .json(.string(observedAt))
        }
        let before = times(of: old)
        let after = AttributeTimes(createdAt: before.createdAt, modifiedAt: now)
        instances[place] = try old.merging(update.instance, named: name, from: before, to: after)
        instances[place].stamp(after, entityCreatedAt: createdAt)
        attributes[name] = instances
        return true
    }
}

extension AttributeInstance {
    /// With the members of `update` merged in, down into values and sub-attributes (5.5.12).
    fileprivate func merging(
        _ update: AttributeInstance, named name: String, from before: AttributeTimes, to after: AttributeTimes
    ) throws(NGSILDError) -> AttributeInstance {
        try update.checkMembers(fit: type, in: name)
        var new = self
        for member in update.members where member.name != "type" {
            if AttributeMember(member.name) == nil {
                try new.mergeSubattribute(member.name, member.value.instances, from: before, to: after)
            } else if member.value.isNGSILDNull(in: member.name) {
                new[member.name] = nil
            } else {
                new[member.name] = MergePatch.merged(
                    member.value, into: self[member.name], named: member.name, of: type)
            }
        }
        new.keepTimes(ofSubattributesExcept: update, from: before, to: after)
        return new
    }

    private mutating func mergeSubattribute(
        _ name: String, _ updates: [AttributeInstance], from before: AttributeTimes, to after: AttributeTimes
    ) throws(NGSILDError) {
        var instances = subattribute(name, from: before, to: after)
        for update in updates {
            let place = instances.firstIndex { $0.datasetId == update.datasetId }
            if update.isNGSILDNull {
                if let place { instances.remove(at: place) }
            } else if let place, update.type == nil || update.type == instances[place].type {
                let old = instances[place].times(inside: after)
                let own = AttributeTimes(createdAt: old.createdAt, modifiedAt: after.modifiedAt)
                instances[place] = try instances[place].merging(update, named: name, from: old, to: own)
                instances[place].stamp(own, usual: after)
            } else {
                var new = try update.added(as: name)
                let old = place.map { instances[$0].times(inside: after) }
                let own = AttributeTimes(
                    createdAt: old?.createdAt ?? after.modifiedAt, modifiedAt: after.modifiedAt)
                new.stampSubattributes(
                    own, replacing: place.map { instances[$0] }, with: old, at: after.modifiedAt)
                new.stamp(own, usual: after)
                if let place { instances[place] = new } else { instances.append(new) }
            }
        }
        self[name] = instances.isEmpty ? nil : .instances(instances)
    }

    /// What a merge puts where there is nothing to merge it into: without the nulls, at any depth (5.5.12).
    ///
    /// - Throws: `badRequestData` where it, or a sub-attribute of it, has no value.
    fileprivate func added(as name: String) throws(NGSILDError) -> AttributeInstance {
        var new = self
        for member in members {
            if AttributeMember(member.name) == nil {
                var instances: [AttributeInstance] = []
                for instance in member.value.instances where !instance.isNGSILDNull {
                    instances.append(try instance.added(as: member.name))
                }
                new[member.name] = instances.isEmpty ? nil : .instances(instances)
            } else if member.value.isNGSILDNull(in: member.name) {
                new[member.name] = nil
            } else {
                new[member.name] = MergePatch.merged(
                    member.value, into: nil, named: member.name, of: type)
            }
        }
        guard new.value != nil else {
            throw NGSILDError(
                .badRequestData,
                "there is no such instance of \(name) to merge into, and the fragment has no value for a new one"
            )
        }
        return new
    }
}
