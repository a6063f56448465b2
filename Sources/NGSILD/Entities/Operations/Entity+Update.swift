extension Entity {
    /// Update Attributes (5.6.2.4): each instance is replaced whole, added, or deleted by the NGSI-LD Null.
    package func updating(
        _ fragment: EntityFragment, at now: Timestamp
    ) -> (entity: Entity, result: UpdateResult) {
        let now = max(now, modifiedAt)
        var entity = self
        var result = UpdateResult()
        var isChanged = entity.unite(types: fragment.types)
        if let change = fragment.scopes {
            if scopes.isEmpty {
                result.notUpdated.append(
                    .init(attribute: "scope", reason: "the entity has no scope to update"))
            } else {
                entity.replace(scopes: change)
                result.updated.append("scope")
            }
        }
        if let change = fragment.expiresAt {
            entity.apply(expiresAt: change)
            isChanged = true
        }
        for attribute in fragment.attributes {
            var isTouched = false
            for fragment in attribute.instances {
                let instance = fragment.instance
                if instance.isNGSILDNull {
                    let isRemoved = entity.removeInstance(of: attribute.name, datasetId: instance.datasetId)
                    isTouched = isTouched || isRemoved
                } else {
                    entity.put(instance.withoutNulls(), as: attribute.name, at: now)
                    isTouched = true
                }
            }
            if isTouched { result.updated.append(attribute.name) }
        }
        if isChanged || !result.updated.isEmpty { entity.modifiedAt = now }
        return (entity, result)
    }

    mutating func replace(scopes change: EntityFragment.Change<[String]>) {
        switch change {
        case .set(let new): scopes = new
        case .remove: scopes = []
        }
    }
}
