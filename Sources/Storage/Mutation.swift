package import NGSILD

/// A write to one entity, as a value: it can be handed to another worker, and run again.
package struct Mutation: Sendable {
    package let key: EntityKey

    /// From the entity as it is (nil: there is none) to what it shall be (nil: nothing).
    ///
    /// Pure. It may run more than once: after a lost race or a deadlock the whole batch starts again.
    package let apply: @Sendable (Entity?) throws(NGSILDError) -> Written

    package init(
        of id: EntityID, in tenant: TenantKey,
        apply: @escaping @Sendable (Entity?) throws(NGSILDError) -> Written
    ) {
        key = EntityKey(tenant: tenant, id: id)
        self.apply = apply
    }
}

/// What a mutation leaves behind.
package struct Written: Sendable {
    /// nil: the entity is no more.
    package var entity: Entity?
    /// What of the fragment was taken, and what not (5.2.18); empty for whole entities.
    package var result: UpdateResult

    package init(_ entity: Entity?, result: UpdateResult = UpdateResult()) {
        self.entity = entity
        self.result = result
    }
}

/// A stored mutation, told after its commit.
package struct Outcome: Sendable {
    /// Whether there was no (living) entity before.
    package var isNew: Bool
    package var result: UpdateResult

    package init(isNew: Bool, result: UpdateResult) {
        self.isNew = isNew
        self.result = result
    }
}

/// The number of a tenant in every key of the database (`TenantStore`).
package struct TenantKey: Hashable, Comparable, Sendable {
    package let number: Int32

    package init(_ number: Int32) {
        self.number = number
    }

    package static func < (left: TenantKey, right: TenantKey) -> Bool { left.number < right.number }
}

/// What names a row of table `entity`; ordered as PostgreSQL orders it (`COLLATE "C"`: by bytes).
package struct EntityKey: Hashable, Comparable, Sendable {
    package let tenant: TenantKey
    package let id: EntityID

    package init(tenant: TenantKey, id: EntityID) {
        self.tenant = tenant
        self.id = id
    }

    package static func < (left: EntityKey, right: EntityKey) -> Bool {
        left.tenant != right.tenant
            ? left.tenant < right.tenant
            : left.id.description.utf8.lexicographicallyPrecedes(right.id.description.utf8)
    }
}
