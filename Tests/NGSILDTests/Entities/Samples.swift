import JSON
import NGSILD

/// 2026-01-01T00:00:00Z, and moments after it.
let created = Timestamp(microseconds: 1_767_225_600_000_000)
let later = Timestamp(microseconds: 1_767_225_660_000_000)
let latest = Timestamp(microseconds: 1_767_225_720_500_000)
let laterText = "2026-01-01T00:01:00Z"

func view(_ text: String) throws -> JSONView {
    try JSONDocument(parsing: Array(text.utf8)).root
}

func json(_ text: String) throws -> JSONValue {
    try JSONValue(parsing: Array(text.utf8))
}

/// An entity of a payload, made at `created`; `members` are those besides id and type.
func entity(_ members: String, context: Context = .core) throws -> Entity {
    try Entity(expanding: view(payload(members)), context: context, at: created)
}

func payload(_ members: String) -> String {
    #"{"id": "urn:ngsi-ld:Room:1", "type": "Room"\#(members.isEmpty ? "" : ", ")\#(members)}"#
}

/// The same after a write and a read of its row.
func stored(_ entity: Entity) -> Entity { Entity(entity.stored) }

/// The storage form of the attributes.
func document(_ entity: Entity) throws -> JSONValue {
    try JSONValue(parsing: entity.document)
}

func fragment(_ text: String, for purpose: ExpansionPurpose, isSimplified: Bool = false) throws
    -> EntityFragment
{
    try EntityFragment(expanding: view(text), context: .core, for: purpose, isSimplified: isSimplified)
}

func attribute(_ text: String, _ name: String, for purpose: ExpansionPurpose) throws -> AttributeFragment {
    try AttributeFragment(expanding: view(text), name: name, context: .core, for: purpose)
}

func userContext(_ text: String) throws -> Context {
    guard case .complete(let context) = try Context.parse(.inline(Array(text.utf8))) else {
        throw NGSILDError(.ldContextNotAvailable, "the @context of a test refers to another")
    }
    return context
}
