extension Entity {
    /// Append Attributes (5.6.3.4); without `overwrite` what is there stays.
    package func appending(
        _ fragment: EntityFragment, overwrite: Bool, at now: Timestamp
    ) -> (entity: Entity, result: UpdateResult) {
        let now = max(now, modifiedAt)
        var entity = self
        var result = UpdateResult()
        var isChanged = entity.unite(types: fragment.types)
        if case .set(let scopes) = fragment.scopes {
            entity.append(scopes: scopes, overwrite: overwrite)
            if entity.scopes != self.scopes { result.updated.append("scope") }
        }
        if let change = fragment.expiresAt, overwrite || expiresAt == nil {
            entity.apply(expiresAt: change)
            isChanged = true
        }
        for attribute in fragment.attributes {
            var isPut = false
            var isLeft = false
            let there = overwrite ? [] : Set(entity.attributes[attribute.name].map(\.datasetId))
            for fragment in attribute.instances {
                guard !there.contains(fragment.instance.datasetId) else {
                    isLeft = true
                    continue
                }
                entity.put(fragment.instance, as: attribute.name, at: now)
                isPut = true
            }
            if isPut { result.updated.append(attribute.name) }
            if isLeft {
                result.notUpdated.append(
                    .init(
                        attribute: attribute.name,
                        reason: "the attribute exists and noOverwrite was asked for"))
            }
        }
        if isChanged || !result.updated.isEmpty { entity.modifiedAt = now }
        return (entity, result)
    }

    private mutating func append(scopes new: [String], overwrite: Bool) {
        scopes = overwrite ? new : scopes + new.filter { !scopes.contains($0) }
    }
}
