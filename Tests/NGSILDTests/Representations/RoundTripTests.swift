import JSON
import NGSILD
import TestInput
import Testing

/// Payload, storage form, representation and back.
struct RoundTripTests {
    private func render(_ entity: Entity, as form: Representation.Form) throws -> JSONView {
        var writer = JSONWriter()
        EntityRenderer(Representation(form: form), context: .core, now: created).write(
            entity.stored, into: &writer)
        return try JSONDocument(parsing: writer.bytes).root
    }

    @Test(arguments: 0..<200)
    func `4.5: what is served, normalized or concise, is the entity again`(seed: UInt64) throws {
        var generator = EntityGenerator(seed: seed)
        let entity = try Entity(expanding: view(generator.payload()), context: .core, at: created)

        for form in [Representation.Form.normalized, .concise] {
            let again = try Entity(expanding: render(stored(entity), as: form), context: .core, at: created)
            #expect(again == entity, "\(form), seed \(seed)")
        }
    }

    @Test(arguments: 0..<200)
    func `4.5.1: an attribute that is copied with its line is served as one that is looked at`(seed: UInt64)
        throws
    {
        var generator = EntityGenerator(seed: seed)
        let made = try Entity(expanding: view(generator.payload()), context: .core, at: created)
        let change = try fragment("{\(generator.attributes().dropFirst(2))}", for: .update)
        let entity = made.updating(change, at: later).entity
        var looked = entity.stored
        looked.document = try JSONValue(parsing: looked.document).bytes

        var copies = JSONWriter()
        EntityRenderer(Representation(), context: .core, now: later).write(entity.stored, into: &copies)
        var walks = JSONWriter()
        EntityRenderer(Representation(), context: .core, now: later).write(looked, into: &walks)

        let served = String(decoding: copies.bytes, as: UTF8.self)
        #expect(try json(served) == JSONValue(parsing: walks.bytes), "seed \(seed)")
        #expect(!served.contains("modifiedAt") && !served.contains("\n"))
    }

    /// The examples of Smart Data Models, where this machine has them.
    private static let examples = SharedData.files(below: "smart-data-models")
        .filter { $0.hasSuffix("/example-normalized.jsonld") }

    @Test(arguments: examples)
    func `4.5.1: a published example is stored and served as it was`(path: String) throws {
        let text = SharedData.bytes(of: path)
        // Some are no NGSI-LD entities, and some no JSON.
        guard let payload = try? JSONDocument(parsing: text).root,
            let entity = try? Entity(expanding: payload, context: .core, at: created)
        else { return }

        let served = try Entity(
            expanding: render(stored(entity), as: .normalized), context: .core, at: created)

        #expect(served == entity)
    }
}

/// Makes valid entities in normalized form, the same for the same seed.
private struct EntityGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func payload() -> String {
        let scope = chance(3) ? #", "scope": ["/A/b", "/C"]"# : ""
        let attributes = attributes()
        return
            #"{"id": "urn:ngsi-ld:T:\#(state % 97)", "type": \#(chance(2) ? #""T""# : #"["T", "U"]"#)\#(scope)\#(attributes)}"#
    }

    /// Some, a comma before each.
    mutating func attributes() -> String {
        (0..<below(6)).map { place in #", "a\#(place)": \#(attribute(depth: 0))"# }.joined()
    }

    private mutating func attribute(depth: Int) -> String {
        guard chance(4) else { return instance(depth: depth, dataset: nil) }
        let instances = (0...below(3)).map { place in
            instance(depth: depth, dataset: place == 0 && chance(2) ? nil : "urn:d:\(place)")
        }
        return "[\(instances.joined(separator: ","))]"
    }

    private mutating func instance(depth: Int, dataset: String?) -> String {
        var members = [kind()]
        if let dataset { members.append(#""datasetId": "\#(dataset)""#) }
        if chance(3) { members.append(#""observedAt": "2026-01-01T00:00:0\#(below(10)).\#(1 + below(9))Z""#) }
        if depth < 3 {
            for place in 0..<below(3) where chance(2) {
                members.append(#""s\#(place)": \#(attribute(depth: depth + 1))"#)
            }
        }
        return "{\(members.joined(separator: ", "))}"
    }

    private mutating func kind() -> String {
        switch below(8) {
        case 0: #""type": "Property", "value": \#(value(depth: 0)), "unitCode": "CEL""#
        case 1: #""type": "Relationship", "object": ["urn:x:1", "urn:x:2"], "objectType": "X""#
        case 2:
            #""type": "GeoProperty", "value": {"type": "Point", "coordinates": [\#(below(180)), \#(below(90)).5]}"#
        case 3: #""type": "LanguageProperty", "languageMap": {"en": "a", "fr-CH": ["b", "č"], "@none": ""}"#
        case 4: #""type": "VocabProperty", "vocab": ["Male", "https://example.org/x"]"#
        case 5: #""type": "JsonProperty", "json": {"id": null, "type": \#(value(depth: 0))}"#
        case 6: #""type": "ListProperty", "valueList": [\#(value(depth: 0)), \#(value(depth: 0))]"#
        default: #""type": "ListRelationship", "objectList": [{"object": "urn:x:1"}, {"object": "urn:x:2"}]"#
        }
    }

    private mutating func value(depth: Int) -> String {
        switch below(depth < 3 ? 8 : 5) {
        case 0: "\(below(1000)).\(below(10))0"
        case 1: #""text \u00e9 \" \\ \#(below(100))""#
        case 2: "true"
        case 3: "-\(below(100))e5"
        case 4: #"{"type": "Point", "coordinates": [1, 2]}"#
        case 5: #"{"type": \#(value(depth: depth + 1)), "value": \#(value(depth: depth + 1))}"#
        case 6: #"[\#(value(depth: depth + 1)), {"value": \#(value(depth: depth + 1))}]"#
        default: #"{"street": \#(value(depth: depth + 1)), "object": 5}"#
        }
    }

    private mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(limit))
    }

    private mutating func chance(_ outOf: Int) -> Bool { below(outOf) == 0 }
}
