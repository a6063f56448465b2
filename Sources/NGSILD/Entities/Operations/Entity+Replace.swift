extension Entity {
    /// Replace Entity (5.6.18.4): all of it is `new`; what was there by the same name keeps its `createdAt`.
    package func replacing(with new: Entity, at now: Timestamp) -> Entity {
        var entity = self
        entity.types = new.types
        entity.scopes = new.scopes
        entity.expiresAt = new.expiresAt
        entity.modifiedAt = now
        let kept = Set(new.attributes.names)
        for name in attributes.names where !kept.contains(name) { entity.attributes[name] = [] }
        for name in new.attributes.names {
            let instances = new.attributes[name]
            let datasets = Set(instances.map(\.datasetId))
            let old = entity.attributes[name]
            entity.attributes[name] = old.filter { datasets.contains($0.datasetId) }
            for instance in instances { entity.put(instance, as: name, at: now) }
        }
        return entity
    }

    /// Replace Attribute (5.6.19.4): the instance of the fragment's dataset, which has to be there.
    ///
    /// - Throws: `resourceNotFound` where it is not.
    package func replacingAttribute(
        _ fragment: AttributeFragment, at now: Timestamp
    ) throws(NGSILDError) -> (entity: Entity, result: UpdateResult) {
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
