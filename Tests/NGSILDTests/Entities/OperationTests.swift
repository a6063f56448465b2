import JSON
import NGSILD
import Testing

/// What the operations of 5.6 make of a stored entity.
struct OperationTests {
    private let temperature =
        #"{"type": "Property", "value": 25, "unitCode": "CEL", "observedAt": "2022-03-14T01:59:26.535Z"}"#

    private func room(_ members: String) throws -> Entity { stored(try entity(members)) }

    private func expect(_ entity: Entity, is document: String) throws {
        #expect(try NGSILDTests.document(entity) == json(document))
        #expect(try NGSILDTests.document(stored(entity)) == json(document))
    }

    @Test func `4.8: for an entity no time runs backwards, whatever a node's clock says`() throws {
        let (newer, _) = try room(#""a": 1"#).updating(fragment(#"{"b": 1}"#, for: .update), at: latest)

        let updated = newer.updating(try fragment(#"{"b": 2, "c": 3}"#, for: .update), at: later).entity
        let appended = newer.appending(
            try fragment(#"{"c": 3}"#, for: .create), overwrite: true, at: later
        ).entity
        let merged = try newer.merging(fragment(#"{"b": 2}"#, for: .merge), at: later).entity
        let replaced = newer.replacing(with: try entity(#""b": 2"#), at: later)
        let reduced = try newer.deletingAttribute("b", at: later).entity

        for after in [updated, appended, merged, replaced, reduced] { #expect(after.modifiedAt == latest) }
        #expect(
            try document(updated)["b"]
                == json(
                    #"{"type": "Property", "value": 2, "createdAt": "\#(latest)"}"#))
    }

    // MARK: Update Attributes

    @Test func `5.5.8 example 2: an update replaces the whole attribute and leaves the others`() throws {
        let (after, result) = try room(#""temperature": \#(temperature), "a": 1"#).updating(
            fragment(
                #"{"temperature": {"type": "Property", "value": 100, "observedAt": "2022-03-14T13:00:00.000Z"}}"#,
                for: .update), at: later)

        try expect(
            after,
            is: """
                {"temperature": {"type": "Property", "value": 100, "observedAt": "2022-03-14T13:00:00.000Z",
                 "modifiedAt": "\(laterText)"}, "a": {"type": "Property", "value": 1}}
                """)
        #expect(after.createdAt == created && after.modifiedAt == later)
        #expect(result == UpdateResult(updated: ["temperature"]))
    }

    @Test(arguments: [
        #"{"a": "urn:ngsi-ld:null"}"#, #"{"a": {"type": "Property", "value": "urn:ngsi-ld:null"}}"#,
        #"{"a": {"type": "Relationship", "object": "urn:ngsi-ld:null"}}"#,
        #"{"a": {"type": "LanguageProperty", "languageMap": {"@none": "urn:ngsi-ld:null"}}}"#,
        #"{"a": {"languageMap": "urn:ngsi-ld:null"}}"#, #"{"a": {"valueList": ["urn:ngsi-ld:null"]}}"#,
        #"{"a": {"objectList": ["urn:ngsi-ld:null"]}}"#, #"{"a": {"json": "urn:ngsi-ld:null"}}"#,
        #"{"a": {"vocab": "urn:ngsi-ld:null"}}"#,
        #"{"a": {"type": "GeoProperty", "value": "urn:ngsi-ld:null"}}"#,
    ])
    func `5.5.8 example 3: the NGSI-LD Null deletes, in updates and in merges`(text: String) throws {
        let before = try room(#""a": 1, "b": 2"#)
        let updated = before.updating(try fragment(text, for: .update), at: later)
        let merged = try before.merging(fragment(text, for: .merge), at: later)

        for (after, result) in [updated, merged] {
            try expect(after, is: #"{"b": {"type": "Property", "value": 2}}"#)
            #expect(result.updated == ["a"])
        }
    }

    @Test func `5.6.2: instances are replaced, added and deleted by their dataset`() throws {
        let before = try room(
            #""a": [{"value": 0}, {"value": 1, "datasetId": "urn:d:1"}, {"value": 2, "datasetId": "urn:d:2"}]"#
        )
        let (after, result) = before.updating(
            try fragment(
                """
                {"a": [{"value": "urn:ngsi-ld:null"}, {"value": 10, "datasetId": "urn:d:1"},
                       {"value": 30, "datasetId": "urn:d:3"}, {"value": "urn:ngsi-ld:null", "datasetId": "urn:d:9"}]}
                """, for: .update), at: later)

        try expect(
            after,
            is: """
                {"a": [{"type": "Property", "value": 10, "datasetId": "urn:d:1", "modifiedAt": "\(laterText)"},
                       {"type": "Property", "value": 2, "datasetId": "urn:d:2"},
                       {"type": "Property", "value": 30, "datasetId": "urn:d:3", "createdAt": "\(laterText)"}]}
                """)
        #expect(result.updated == ["a"])
    }

    @Test func `5.6.2: missing attributes are appended, types united, the type of an attribute may change`()
        throws
    {
        let (after, result) = try room(#""a": 1"#).updating(
            fragment(#"{"type": ["House", "Room"], "b": 2, "a": {"object": "urn:x:1"}}"#, for: .update),
            at: later)

        #expect(after.types == ["Room", "House"])
        try expect(
            after,
            is: """
                {"a": {"type": "Relationship", "object": "urn:x:1", "modifiedAt": "\(laterText)"},
                 "b": {"type": "Property", "value": 2, "createdAt": "\(laterText)"}}
                """)
        #expect(result == UpdateResult(updated: ["b", "a"]))
    }

    @Test func `5.6.2: a scope is replaced where there is one, else it is not updated`() throws {
        let update = try fragment(#"{"scope": "/New"}"#, for: .update)
        let scoped = try room(#""scope": ["/Old", "/Older"]"#).updating(update, at: later)
        let bare = try room("").updating(update, at: later)
        let removed = try room(#""scope": "/Old""#).updating(
            fragment(#"{"scope": "urn:ngsi-ld:null"}"#, for: .update), at: later)

        #expect(scoped.entity.scopes == ["/New"] && scoped.result.notUpdated.isEmpty)
        #expect(bare.entity.scopes.isEmpty && bare.entity.modifiedAt == created)
        #expect(bare.result.notUpdated.map(\.attribute) == ["scope"])
        #expect(removed.entity.scopes.isEmpty)
    }

    @Test func `5.5.8: members that are null are dropped from a replaced attribute`() throws {
        let update = try fragment(
            #"{"a": {"value": 2, "unitCode": "urn:ngsi-ld:null", "s": "urn:ngsi-ld:null", "t": 1}}"#,
            for: .update)
        let (after, _) = try room(#""a": {"value": 1, "unitCode": "CEL"}"#).updating(update, at: later)

        let a = try document(after)["a"]
        #expect(a?["unitCode"] == nil && a?["s"] == nil)
        #expect(a?["t"]?["value"] == 1)
    }

    @Test func `5.5.4: null inside a value is refused in updates`() throws {
        for purpose in [ExpansionPurpose.update, .partialUpdate, .create] {
            #expect(throws: NGSILDError.self) {
                try attribute(
                    #"{"languageMap": {"en": "urn:ngsi-ld:null", "fr": "x"}}"#, "address", for: purpose)
            }
            #expect(throws: NGSILDError.self) {
                try attribute(#"{"value": {"country": "urn:ngsi-ld:null"}}"#, "address", for: purpose)
            }
        }
    }

    // MARK: Append Attributes

    @Test func `5.6.3: what exists is overwritten, or left and reported`() throws {
        let before = try room(#""a": 1, "scope": "/A""#)
        let append = try fragment(#"{"a": 2, "b": 3, "scope": "/B", "type": "House"}"#, for: .create)
        let overwritten = before.appending(append, overwrite: true, at: later)
        let kept = before.appending(append, overwrite: false, at: later)

        #expect(try document(overwritten.entity)["a"]?["value"] == 2)
        #expect(overwritten.entity.scopes == ["/B"] && overwritten.entity.types == ["Room", "House"])
        #expect(overwritten.result == UpdateResult(updated: ["scope", "a", "b"]))
        try expect(
            kept.entity,
            is:
                #"{"a": {"type": "Property", "value": 1}, "b": {"type": "Property", "value": 3, "createdAt": "\#(laterText)"}}"#
        )
        #expect(kept.entity.scopes == ["/A", "/B"])
        #expect(kept.result.updated == ["scope", "b"])
        #expect(kept.result.notUpdated.map(\.attribute) == ["a"])
    }

    @Test func `5.6.3: without overwrite new datasets are added, and nothing is reported`() throws {
        let (after, result) = try room(#""a": 1"#).appending(
            fragment(#"{"a": {"value": 2, "datasetId": "urn:d:1"}}"#, for: .create), overwrite: false,
            at: later)

        #expect(try document(after)["a"]?[0]?["value"] == 1)
        #expect(try document(after)["a"]?[1]?["datasetId"] == "urn:d:1")
        #expect(result.notUpdated.isEmpty)
    }

    @Test func `5.6.3: where nothing is appended the entity is not modified`() throws {
        let (after, result) = try room(#""a": 1"#).appending(
            fragment(#"{"a": 2, "type": "Room"}"#, for: .create), overwrite: false, at: later)

        #expect(after.modifiedAt == created)
        #expect(result.updated.isEmpty)
    }

    // MARK: Partial Attribute Update

    @Test func `5.5.8 example 1: a partial update keeps the members it does not mention`() throws {
        let (after, result) = try room(#""temperature": \#(temperature), "a": 1"#).partiallyUpdating(
            attribute(
                #"{"type": "Property", "value": 100, "observedAt": "2022-03-14T13:00:00.000Z"}"#,
                "temperature",
                for: .partialUpdate), at: later)

        try expect(
            after,
            is: """
                {"temperature": {"type": "Property", "value": 100, "unitCode": "CEL",
                 "observedAt": "2022-03-14T13:00:00.000Z", "modifiedAt": "\(laterText)"},
                 "a": {"type": "Property", "value": 1}}
                """)
        #expect(result.updated == ["temperature"])
    }

    @Test func `5.6.4: sub-attributes are replaced one by one, and null removes members`() throws {
        let before = try room(
            #""a": {"value": {"x": 1, "y": 2}, "unitCode": "CEL", "s": {"value": 1, "unitCode": "MTR"}, "t": 2, "u": 3}"#
        )
        let (after, _) = try before.partiallyUpdating(
            attribute(
                #"{"value": {"z": 3}, "unitCode": "urn:ngsi-ld:null", "s": {"value": 5}, "t": "urn:ngsi-ld:null"}"#,
                "a",
                for: .partialUpdate), at: later)

        try expect(
            after,
            is: """
                {"a": {"type": "Property", "value": {"z": 3}, "s": {"type": "Property", "value": 5},
                 "u": {"type": "Property", "value": 3, "modifiedAt": "2026-01-01T00:00:00Z"},
                 "modifiedAt": "\(laterText)"}}
                """)
    }

    @Test(arguments: [
        (
            #"{"s": {"value": 9, "datasetId": "urn:d:1"}}"#,
            #"[{"type": "Property", "value": 1, "modifiedAt": "2026-01-01T00:00:00Z"}, {"type": "Property", "value": 9, "datasetId": "urn:d:1"}]"#
        ),
        (
            #"{"s": 9}"#,
            #"[{"type": "Property", "value": 9}, {"type": "Property", "value": 2, "datasetId": "urn:d:1", "modifiedAt": "2026-01-01T00:00:00Z"}]"#
        ),
        (
            #"{"s": {"value": 9, "datasetId": "urn:d:2"}}"#,
            #"[{"type": "Property", "value": 1, "modifiedAt": "2026-01-01T00:00:00Z"}, {"type": "Property", "value": 2, "datasetId": "urn:d:1", "modifiedAt": "2026-01-01T00:00:00Z"}, {"type": "Property", "value": 9, "datasetId": "urn:d:2", "createdAt": "2026-01-01T00:01:00Z"}]"#
        ),
        (
            #"{"s": {"value": "urn:ngsi-ld:null", "datasetId": "urn:d:1"}}"#,
            #"{"type": "Property", "value": 1, "modifiedAt": "2026-01-01T00:00:00Z"}"#
        ),
        (
            #"{"s": "urn:ngsi-ld:null"}"#,
            #"{"type": "Property", "value": 2, "datasetId": "urn:d:1", "modifiedAt": "2026-01-01T00:00:00Z"}"#
        ),
    ])
    func `5.5.8, 4.5.5.1: a partial update touches the one instance of a sub-attribute that it names`(
        update: String, subattribute: String
    ) throws {
        let before = try room(
            #""a": {"value": 0, "s": [{"value": 1}, {"value": 2, "datasetId": "urn:d:1"}]}"#)
        let (after, _) = try before.partiallyUpdating(
            attribute(update, "a", for: .partialUpdate), at: later)

        #expect(try document(after)["a"]?["s"] == json(subattribute))
        #expect(try document(after)["a"]?["value"] == 0)
    }

    @Test func `5.6.4: the instance of the dataset is meant, and has to be there with that type`() throws {
        let before = try room(
            #""a": {"value": 1, "datasetId": "urn:d:1"}, "p": {"type": "Point", "coordinates": [1, 2]}"#)
        func kind(_ text: String, _ name: String) -> NGSILDError.Kind? {
            do {
                _ = try before.partiallyUpdating(attribute(text, name, for: .partialUpdate), at: later)
                return nil
            } catch {
                return (error as? NGSILDError)?.kind
            }
        }

        #expect(kind(#"{"value": 2, "datasetId": "urn:d:1"}"#, "a") == nil)
        #expect(kind(#"{"observedAt": "2026-01-01T00:00:00Z", "datasetId": "urn:d:1"}"#, "a") == nil)
        #expect(kind(#"{"value": 2}"#, "a") == .resourceNotFound)
        #expect(kind(#"{"value": 2, "datasetId": "urn:d:2"}"#, "a") == .resourceNotFound)
        #expect(kind(#"{"value": 2}"#, "b") == .resourceNotFound)
        #expect(
            kind(#"{"type": "Relationship", "object": "urn:x:1", "datasetId": "urn:d:1"}"#, "a")
                == .badRequestData)
        #expect(kind(#"{"object": "urn:x:1", "datasetId": "urn:d:1"}"#, "a") == .badRequestData)
        #expect(kind(#"{"value": {"type": "Point", "coordinates": [3, 4]}}"#, "p") == nil)
        #expect(kind(#"{"value": 5}"#, "p") == .badRequestData)
        #expect(kind(#"{}"#, "a") == .badRequestData)
        #expect(kind(#"{"@context": "https://example.org/c"}"#, "a") == .badRequestData)
        #expect(kind(#"{"datasetId": "urn:ngsi-ld:null"}"#, "a") == .badRequestData)
        #expect(kind(#"5"#, "a") == .badRequestData)
    }

    @Test func `5.6.4: the null as the value deletes the instance, here too`() throws {
        let (after, _) = try room(#""a": [{"value": 1}, {"value": 2, "datasetId": "urn:d:1"}]"#)
            .partiallyUpdating(
                attribute(#"{"type": "Property", "value": "urn:ngsi-ld:null"}"#, "a", for: .partialUpdate),
                at: later)

        try expect(after, is: #"{"a": [{"type": "Property", "value": 2, "datasetId": "urn:d:1"}]}"#)
    }

    // MARK: Replace

    @Test func `5.6.19: an attribute is replaced whole and keeps its creation`() throws {
        let before = try room("").appending(
            fragment(#"{"a": {"value": 1, "s": 1}}"#, for: .create), overwrite: true, at: later
        )
        .entity
        let (after, result) = try stored(before).replacingAttribute(
            attribute(#"{"object": "urn:x:1", "s": 2, "t": 3}"#, "a", for: .create), at: latest)

        try expect(
            after,
            is: """
                {"a": {"type": "Relationship", "object": "urn:x:1", "s": {"type": "Property", "value": 2},
                 "t": {"type": "Property", "value": 3, "createdAt": "2026-01-01T00:02:00.500Z"},
                 "createdAt": "\(laterText)", "modifiedAt": "2026-01-01T00:02:00.500Z"}}
                """)
        #expect(result.updated == ["a"])
        #expect(throws: NGSILDError.self) {
            try after.replacingAttribute(attribute(#"{"value": 1}"#, "b", for: .create), at: latest)
        }
    }

    @Test func `5.6.19, 4.5.5: of several instances each replaces its own, and all have to be there`() throws
    {
        let before = try room(
            #""a": [{"value": 1}, {"value": 2, "datasetId": "urn:d:1"}, {"value": 3, "datasetId": "urn:d:2"}]"#
        )
        func replaced(_ text: String) throws -> Entity {
            try before.replacingAttribute(attribute(text, "a", for: .create), at: later).entity
        }

        let after = try replaced(#"[{"value": 5}, {"object": "urn:x:1", "datasetId": "urn:d:2"}]"#)
        #expect(after.attributes["a"].map(\.datasetId) == [nil, "urn:d:1", "urn:d:2"])
        #expect(try document(after)["a"]?[0]?["value"] == 5)
        #expect(try document(after)["a"]?[1]?["value"] == 2)
        #expect(try document(after)["a"]?[2]?["object"] == "urn:x:1")
        #expect(throws: NGSILDError.self) {
            try replaced(#"[{"value": 5}, {"value": 6, "datasetId": "urn:d:3"}]"#)
        }
        #expect(throws: NGSILDError.self) { try replaced(#"[{"value": 5}, {"value": 6}]"#) }
        #expect(throws: NGSILDError.self) { try replaced(#"[{"value": 5, "@context": {}}]"#) }
    }

    @Test(arguments: [
        (
            #"{"type": "Point", "coordinates": [1, 2], "@context": {}}"#,
            #"{"type": "Point", "coordinates": [1, 2]}"#
        ),
        (#"{"x": 1.50, "@context": "https://example.org/c"}"#, #"{"x": 1.50}"#),
        (#"{"value": {"x": 1}, "@context": {}}"#, #"{"x": 1}"#),
    ])
    func `6.3.5: the @context of a payload is no part of the value that it brings`(
        payload: String, value: String
    ) throws {
        let (after, _) = try room(#""a": 1"#).replacingAttribute(
            attribute(payload, "a", for: .create), at: later)

        #expect(try document(after)["a"]?["value"] == json(value))
    }

    @Test func `5.6.18: an entity is replaced whole and keeps its creation`() throws {
        let before = try room(#""a": 1, "b": 2, "scope": "/A", "expiresAt": "2027-01-01T00:00:00Z""#)
        let new = try Entity(
            expanding: view(#"{"id": "urn:ngsi-ld:Room:1", "type": "House", "b": 3, "c": 4}"#),
            context: .core, at: later)
        let after = before.replacing(with: new, at: later)

        try expect(
            after,
            is: """
                {"b": {"type": "Property", "value": 3, "modifiedAt": "\(laterText)"},
                 "c": {"type": "Property", "value": 4, "createdAt": "\(laterText)"}}
                """)
        #expect(after.types == ["House"] && after.scopes.isEmpty && after.expiresAt == nil)
        #expect(after.createdAt == created && after.modifiedAt == later)
    }

    // MARK: Delete

    @Test func `5.6.5: the default instance, one of a dataset, or all are deleted`() throws {
        let before = try room(
            #""a": [{"value": 1}, {"value": 2, "datasetId": "urn:d:1"}], "b": 1, "scope": "/A""#)

        #expect(try document(before.deletingAttribute("a", at: later).entity)["a"]?[0]?["value"] == 2)
        let rest = try before.deletingAttribute("a", datasetId: "urn:d:1", at: later).entity
        #expect(try document(rest)["a"] == json(#"{"type": "Property", "value": 1}"#))
        #expect(
            try before.deletingAttribute("a", deleteAll: true, at: later).entity.attributes.names == ["b"])
        #expect(try before.deletingAttribute("scope", at: later).entity.scopes == [])
        for (name, datasetId, deleteAll) in [("c", nil, false), ("c", nil, true), ("b", "urn:d:1", false)] {
            let error = #expect(throws: NGSILDError.self) {
                try before.deletingAttribute(name, datasetId: datasetId, deleteAll: deleteAll, at: later)
            }
            #expect(error?.kind == .resourceNotFound)
        }
    }

    @Test func `5.6.21: a purge drops the attributes that it names`() throws {
        let before = try room(#""a": 1, "b": 2, "scope": "/A""#)
        let (after, result) = before.purging(at: later) { $0 == "a" }
        let untouched = before.purging(at: later) { $0 == "z" }

        #expect(after.attributes.names == ["b"] && after.scopes == ["/A"] && after.modifiedAt == later)
        #expect(result.updated == ["a"])
        #expect(untouched.entity == before && untouched.result == UpdateResult())
    }
}
