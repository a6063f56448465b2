package import NGSILD
import Storage

/// What a value index is on: the values at a path of the entities of a type.
package struct IndexSubject: Sendable {
    /// Stored name.
    package let type: String
    package let path: AttributePath
}

/// A declared value index.
package struct IndexSummary: Sendable {
    package let key: Int32
    package let subject: IndexSubject
    /// Entities that were there before it and have been taken into it; of a ready one all of them.
    package let filledEntities: Int64
    /// Entities of its type, now.
    package let entities: Int64
    package let created: Timestamp
    /// Since when queries use it; nil: it is being filled.
    package let ready: Timestamp?
}

// Value indexes, for administrators: an extension of ours.
extension Broker {
    /// The value indexes of `tenant`, by type and path.
    package func indexes(tenant: Tenant) async throws -> [IndexSummary] {
        try await indexes.all(of: try await key(of: tenant)).map { IndexSummary($0) }
    }

    /// - Throws: `resourceNotFound` where `tenant` has no index of this key.
    package func index(_ key: Int32, tenant: Tenant) async throws -> IndexSummary {
        guard let index = try await indexes.index(key, of: try await self.key(of: tenant)) else {
            throw Self.unknownIndex(key)
        }
        return IndexSummary(index)
    }

    /// Declares an index, which is filled in the background.
    ///
    /// - Throws: `badRequestData`, `alreadyExists`, `conflict`.
    package func declareIndex(on type: String, _ path: AttributePath, tenant: Tenant) async throws -> Int32 {
        try await indexes.declare(type: type, path: path, tenant: try await keyCreating(tenant))
    }

    /// - Throws: `resourceNotFound` where `tenant` has no index of this key.
    package func dropIndex(_ key: Int32, tenant: Tenant) async throws {
        guard try await indexes.drop(key, of: try await self.key(of: tenant)) else {
            throw Self.unknownIndex(key)
        }
    }

    private static func unknownIndex(_ key: Int32) -> NGSILDError {
        NGSILDError(.resourceNotFound, "there is no value index \(key)")
    }
}

extension IndexSummary {
    fileprivate init(_ declared: DeclaredIndex) {
        key = declared.key
        subject = IndexSubject(type: declared.index.type, path: declared.index.path)
        filledEntities = declared.filledEntities
        entities = declared.entities
        created = declared.created
        ready = declared.ready
    }
}
