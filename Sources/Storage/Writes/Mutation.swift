package import NGSILD

/// A write to one entity, as a value: it can be handed to another worker, and run again.
package struct Mutation: Sendable {
    package let key: EntityKey

    /// What the mutation holds in memory, about: its payload and itself.
    ///
    /// The queues are bounded by it.
    package let bytes: Int

    /// Of the mutation itself, with its key, its place in the queue and the task that waits for it.
    private static let bytesAlone = 1024

    /// From the entity as it is (nil: there is none) to what it shall be (nil: nothing).
    ///
    /// Pure. It may run more than once: after a lost race or a deadlock the whole batch starts again.
    package let apply: @Sendable (Entity?) throws(NGSILDError) -> Written

    package init(
        of id: EntityID, in tenant: TenantKey, bytes payloadBytes: Int = 0,
        apply: @escaping @Sendable (Entity?) throws(NGSILDError) -> Written
    ) {
        key = EntityKey(tenant: tenant, id: id)
        bytes = Self.bytesAlone + payloadBytes
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
package struct Outcome: Equatable, Sendable {
    /// Whether there was no (living) entity before.
    package var isNew: Bool
    package var result: UpdateResult

    package init(isNew: Bool, result: UpdateResult) {
        self.isNew = isNew
        self.result = result
    }
}
