package import NGSILD
package import Storage

// Value indexes, for administrators: an extension of ours.
extension Broker {
    /// The value indexes of `tenant`, by type and path.
    package func indexes(tenant: Tenant) async throws -> [DeclaredIndex] {
        try await indexes.all(of: try await key(of: tenant))
    }

    /// - Throws: `resourceNotFound` where `tenant` has no index of this key.
    package func index(_ key: Int32, tenant: Tenant) async throws -> DeclaredIndex {
        guard let index = try await indexes.index(key, of: try await self.key(of: tenant)) else {
            throw Self.unknownIndex(key)
        }
        return index
    }

    /// Declares an index on the values at `path` of the entities of `type` (a stored name), which is filled in the
    /// background.
    ///
    /// - Throws: `badRequestData`, `alreadyExists`, `conflict`.
    package func declareIndex(type: String, path: AttributePath, tenant: Tenant) async throws -> Int32 {
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
