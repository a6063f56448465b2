package import NGSILD
import Storage

/// What became of each entity of a batch (5.2.16).
package struct BatchResult: Sendable {
    package struct Failure: Sendable {
        /// nil: the entity has no id that could be read.
        package let entityID: String?
        package let error: any Error

        package init(_ entityID: String?, _ error: any Error) {
            self.entityID = entityID
            self.error = error
        }
    }

    /// Each id once, in the order of the request.
    package private(set) var succeeded = DistinctIDs()
    /// Those of them that were not there before.
    package private(set) var created = DistinctIDs()
    package private(set) var failures: [Failure]

    /// - Parameter refused: the entities that could not be read.
    init(refused: [Failure] = []) {
        failures = refused
    }

    mutating func add(_ id: EntityID, _ outcome: Result<Outcome, any Error>) {
        switch outcome {
        case .success(let outcome):
            if outcome.isNew { created.append(id) }
            if let fault = outcome.result.notUpdated.first {
                failures.append(Failure(id.description, NGSILDError(.badRequestData, fault.reason)))
            } else {
                succeeded.append(id)
            }
        case .failure(let error):
            failures.append(Failure(id.description, error))
        }
    }
}

/// Entity ids in the order of their first arrival.
package struct DistinctIDs: Sendable {
    package private(set) var ids: [EntityID] = []
    private var known: Set<EntityID> = []

    package var isEmpty: Bool { ids.isEmpty }

    mutating func append(_ id: EntityID) {
        if known.insert(id).inserted { ids.append(id) }
    }
}

extension Broker {
    /// Submits `mutations` as one bulk: each is stored or refused alone, in their order (5.5.11).
    ///
    /// - Throws: `Unavailable` where the database took none of them.
    func runBatch(
        _ mutations: [Mutation], refused: [BatchResult.Failure]
    ) async throws -> BatchResult {
        var result = BatchResult(refused: refused)
        let outcomes = await writes.submit(mutations)
        if let away = outcomes.firstError, outcomes.allSatisfy(\.isUnavailable) { throw away }
        for (mutation, outcome) in zip(mutations, outcomes) { result.add(mutation.key.id, outcome) }
        return result
    }
}

extension [Result<Outcome, any Error>] {
    fileprivate var firstError: (any Error)? {
        guard case .failure(let error) = first else { return nil }
        return error
    }
}

extension Result<Outcome, any Error> {
    fileprivate var isUnavailable: Bool {
        guard case .failure(let error) = self else { return false }
        return Unavailable(error) != nil
    }
}
