import NGSILD

/// The keys of a batch: each once, in the order of their rows' locks, and which of them a mutation names.
struct BatchKeys {
    let sorted: [EntityKey]
    /// Index in `sorted`, one per mutation.
    let ofMutation: [Int]

    init(_ mutations: [Mutation]) {
        var first: [EntityKey: Int] = [:]
        first.reserveCapacity(mutations.count)
        var distinct: [EntityKey] = []
        let numbers = mutations.map { mutation in
            if let number = first[mutation.key] { return number }
            first[mutation.key] = distinct.count
            distinct.append(mutation.key)
            return distinct.count - 1
        }
        let order = distinct.indices.sorted { distinct[$0] < distinct[$1] }
        var places = order
        for (place, number) in order.enumerated() { places[number] = place }
        sorted = order.map { distinct[$0] }
        ofMutation = numbers.map { places[$0] }
    }
}

/// A row of table `entity` that this transaction has locked, as the database has it: expired or not.
struct LockedRow {
    let entity: Entity
    /// When something of it expires, or has expired.
    let due: Timestamp?

    /// What of it has not expired (4.22).
    func living(at now: Timestamp) -> Entity? {
        guard let due, due <= now else { return entity }
        return entity.removingExpired(at: now)
    }
}

/// The mutations of one transaction, between its two round trips: pure, so that a test is a list.
///
/// Mutations apply in the order in which they came, several on one entity one after another. One that is
/// refused leaves the others alone. What has expired is absent, though its row is still there (4.22).
struct WriteBatch {
    /// One per mutation, in their order.
    ///
    /// They go out after the commit, refusals too: a refusal may rest on a mutation of this batch that is
    /// not stored yet.
    private(set) var outcomes: [Result<Outcome, NGSILDError>] = []
    private(set) var changes = WriteSet()

    /// An entity on its way through the batch.
    private struct Course {
        let row: LockedRow?
        var current: Entity?
        var isWritten = false

        init(_ row: LockedRow?, at now: Timestamp) {
            self.row = row
            current = row?.living(at: now)
        }
    }

    /// Applies `mutations` to the locked `rows`, one for each key, nil where there is none.
    ///
    /// Mutations of the tenants in `deleted`, which are no more, are refused.
    init(
        _ mutations: [Mutation], keys: BatchKeys, rows: [LockedRow?], at now: Timestamp,
        deleted: Set<TenantKey> = []
    ) {
        var courses = rows.map { Course($0, at: now) }
        outcomes.reserveCapacity(mutations.count)
        for (mutation, key) in zip(mutations, keys.ofMutation) {
            outcomes.append(Self.apply(mutation, to: &courses[key], at: now, deleted: deleted))
        }
        for (key, course) in zip(keys.sorted, courses) where course.isWritten {
            changes.add(key, from: course.row, to: course.current)
        }
    }

    private static func apply(
        _ mutation: Mutation, to course: inout Course, at now: Timestamp, deleted: Set<TenantKey>
    ) -> Result<Outcome, NGSILDError> {
        guard !deleted.contains(mutation.key.tenant) else {
            return .failure(NGSILDError(.nonexistentTenant, "the tenant has been deleted"))
        }
        do throws(NGSILDError) {
            // An entity may be stored that has expired already: it is there for nobody, and will be swept.
            let current = course.current.flatMap { $0.expiresAt.map { $0 <= now } == true ? nil : $0 }
            let written = try mutation.apply(current)
            let isNew = current == nil
            course.current = written.entity
            course.isWritten = true
            return .success(Outcome(isNew: isNew, result: written.result))
        } catch {
            return .failure(error)
        }
    }
}
