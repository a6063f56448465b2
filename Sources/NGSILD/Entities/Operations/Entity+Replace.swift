extension Entity {
    /// Replace Entity (5.6.18.4): all of it is `new`; what was there by the same name keeps its `createdAt`.
    package func replacing(with new: Entity, at now: Timestamp) -> Entity {
        let now = max(now, modifiedAt)
        var entity = self
        entity.types = new.types
        entity.scopes = new.scopes
        entity.expiresAt = new.expiresAt
        entity.modifiedAt = now
        let names = new.attributes.names
        entity.attributes.reserve(names.count)
        for name in attributes.names where !new.attributes.contains(name) { entity.attributes[name] = [] }
        for name in names {
            let old = attributes[name]
            entity.attributes[name] = new.attributes[name].map { instance in
                stamped(instance, replacing: old.first { $0.datasetId == instance.datasetId }, at: now)
            }
        }
        return entity
    }

    /// Replace Attribute (5.6.19.4): the instance of the fragment's dataset, which has to be there.
    ///
    /// - Throws: `resourceNotFound` where it is not.
    package func replacingAttribute(
        _ fragment: AttributeFragment, at now: Timestamp
    ) throws(NGSILDError) -> (entity: Entity, result: UpdateResult) {
        let now = max(now, modifiedAt)
        var entity = self
        for new in fragment.instances {
            _ = try place(of: new.instance.datasetId, in: attributes[fragment.name], of: fragment.name)
            entity.put(new.instance, as: fragment.name, at: now)
        }
        entity.modifiedAt = now
        return (entity, UpdateResult(updated: [fragment.name]))
    }

    /// Where the instance is that a request is about.
    ///
    /// - Throws: `resourceNotFound` where there is none of the dataset.
    func place(
        of datasetId: String?, in instances: [AttributeInstance], of name: String
    ) throws(NGSILDError) -> Int {
        guard let place = instances.firstIndex(where: { $0.datasetId == datasetId }) else {
            let missing =
                instances.isEmpty
                ? "no attribute \(name)"
                : datasetId.map { "no instance of \(name) with the datasetId \"\($0)\"" }
                    ?? "no default instance of \(name)"
            throw NGSILDError(.resourceNotFound, "the entity \(id) has \(missing)")
        }
        return place
    }
}
