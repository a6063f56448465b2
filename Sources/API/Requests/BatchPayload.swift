import JSON
import NGSILD
import Operations

/// The entities of a batch: what could be read of each, and why not of the others (5.6.7–5.6.10, 5.6.20).
struct BatchPayload<Item> {
    private(set) var items: [Item] = []
    private(set) var refused: [BatchResult.Failure] = []

    /// Reads each entity of the body by its own `@context`; one that is refused leaves the others alone.
    ///
    /// - Throws: `badRequestData` where the body is no array, empty, or has something in it that is no object.
    init(_ request: APIRequest, read: (Document) throws -> Item) async throws {
        let payload = try request.payload()
        for element in try payload.root.batchElements(of: .object) {
            do {
                items.append(try read(try await request.document(of: element, in: payload)))
            } catch let error as NGSILDError {
                refused.append(BatchResult.Failure((element["id"] ?? element["@id"])?.string, error))
            }
        }
    }
}

extension BatchPayload<EntityID> {
    /// Reads the ids of a batch deletion (5.6.10).
    ///
    /// - Throws: `badRequestData` where the body is no array, empty, or has something in it that is no string.
    init(ids request: APIRequest) throws {
        for element in try request.payload().root.batchElements(of: .string) {
            let text = element.string ?? ""
            do throws(NGSILDError) {
                items.append(try EntityID(text, at: element.path))
            } catch {
                refused.append(BatchResult.Failure(text, error))
            }
        }
    }
}

extension JSONView {
    /// The elements of a batch, all of one kind.
    fileprivate func batchElements(of kind: JSONKind) throws(NGSILDError) -> JSONElements {
        guard self.kind == .array, count > 0 else {
            throw NGSILDError(.badRequestData, "a batch is a JSON array that is not empty", at: path)
        }
        guard count <= BatchLimits.entitiesMax else {
            throw NGSILDError(
                .badRequestData,
                "the batch has \(count) entities; at most \(BatchLimits.entitiesMax) are taken",
                at: path)
        }
        if let odd = elements.first(where: { $0.kind != kind }) {
            let expected =
                kind == .object ? "an entity, which is a JSON object" : "an entity's id, which is a string"
            throw NGSILDError(.badRequestData, "an element of the batch is not \(expected)", at: odd.path)
        }
        return elements
    }
}

/// What bounds a batch.
enum BatchLimits {
    /// Entities of one batch: what several transactions of the bulk lane store within a client's patience.
    static let entitiesMax = 10_000
}
