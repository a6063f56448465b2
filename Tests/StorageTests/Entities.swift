import JSON
import NGSILD

@testable import Storage

/// `urn:ngsi-ld:Room:1` with one Property, `count`.
let room = makeRoom("urn:ngsi-ld:Room:1")

func makeRoom(_ id: String, count: Int = 0) -> Entity {
    Entity(
        StoredEntity(
            id: id, types: ["Room"], scopes: [], createdAt: Timestamp(microseconds: 1),
            modifiedAt: Timestamp(microseconds: 1), expiresAt: nil, document: counting(count)))
}

/// The room with the attributes of `document`, in storage form.
func entity(_ document: String, at moment: Int64 = 1) throws -> Entity {
    var row = room.stored
    row.document = Array(document.utf8)
    row.modifiedAt = Timestamp(microseconds: moment)
    return Entity(row)
}

func key(_ entity: Entity) -> EntityKey { EntityKey(tenant: .default, id: entity.id) }

func locked(_ entity: Entity) -> LockedRow { LockedRow(entity: entity, due: entity.due) }

extension Entity {
    /// Of the Property `count`.
    var count: Int? { stored.root["count"]?["value"]?.number?.integer }

    func with(count: Int, at now: Timestamp) -> Entity {
        var row = stored
        row.document = counting(count)
        row.modifiedAt = now
        return Entity(row)
    }
}

private func counting(_ count: Int) -> [UInt8] {
    Array(#"{"count":{"type":"Property","value":\#(count)}}"#.utf8)
}

extension Mutation {
    static func create(_ entity: Entity, in tenant: TenantKey = .default) -> Mutation {
        Mutation(of: entity.id, in: tenant) { current throws(NGSILDError) in
            guard current == nil else { throw NGSILDError(.alreadyExists, "it is there") }
            return Written(entity)
        }
    }

    /// Stores `entity` whatever was there.
    static func put(_ entity: Entity) -> Mutation {
        Mutation(of: entity.id, in: .default) { _ in Written(entity) }
    }

    static func delete(_ id: EntityID) -> Mutation {
        Mutation(of: id, in: .default) { current throws(NGSILDError) in
            guard current != nil else { throw NGSILDError(.resourceNotFound, "it is not there") }
            return Written(nil)
        }
    }

    static func set(_ id: EntityID, to count: Int, at now: Timestamp) -> Mutation {
        Mutation(of: id, in: .default) { current throws(NGSILDError) in
            guard let current else { throw NGSILDError(.resourceNotFound, "it is not there") }
            return Written(current.with(count: count, at: now))
        }
    }

    /// Adds one to `count`; makes the entity where it is not there.
    static func increment(_ id: EntityID) -> Mutation {
        Mutation(of: id, in: .default) { current in
            guard let current else { return Written(makeRoom(id.description, count: 1)) }
            return Written(
                current.with(
                    count: (current.count ?? 0) + 1,
                    at: Timestamp(microseconds: current.modifiedAt.microseconds + 1)))
        }
    }

    /// Leaves the entity as it is.
    static func touch(_ id: EntityID, in tenant: TenantKey = .default) -> Mutation {
        Mutation(of: id, in: tenant) { Written($0) }
    }
}
