import JSON
import NGSILD
import Testing

/// Merge Entity (5.6.17, 5.5.12).
struct MergeTests {
    /// The document after a merge into a stored entity, without times.
    private func merge(
        _ members: String, with patch: String, isSimplified: Bool = false,
        _ options: MergeOptions = MergeOptions()
    ) throws -> JSONValue {
        let before = stored(try entity(members))
        let merged = try before.merging(
            fragment(patch, for: .merge, isSimplified: isSimplified), options: options, at: created)
        return try document(merged.entity)
    }

    @Test(arguments: [
        // Members that are not mentioned stay
        (
            #"{"value": 25, "unitCode": "CEL"}"#, #"{"value": 100}"#,
            #"{"type": "Property", "value": 100, "unitCode": "CEL"}"#
        ),
        (
            #"{"value": 25}"#, #"{"observedAt": "2026-01-01T00:00:00Z"}"#,
            #"{"type": "Property", "value": 25, "observedAt": "2026-01-01T00:00:00Z"}"#
        ),
        (
            #"{"value": 25, "unitCode": "CEL"}"#, #"{"type": "Property", "unitCode": "urn:ngsi-ld:null"}"#,
            #"{"type": "Property", "value": 25}"#
        ),
        // Values that are objects are merged, others replaced
        (
            #"{"value": {"street": "a", "city": "b", "country": "c"}}"#,
            #"{"type": "Property", "value": {"street": "x", "country": "urn:ngsi-ld:null"}}"#,
            #"{"type": "Property", "value": {"street": "x", "city": "b"}}"#
        ),
        (
            #"{"value": {"a": {"b": 1, "c": 2}}}"#,
            #"{"value": {"a": {"b": "urn:ngsi-ld:null", "d": {"e": "urn:ngsi-ld:null", "f": 1}}}}"#,
            #"{"type": "Property", "value": {"a": {"c": 2, "d": {"f": 1}}}}"#
        ),
        (
            #"{"value": 5}"#, #"{"value": {"a": "urn:ngsi-ld:null", "b": 1}}"#,
            #"{"type": "Property", "value": {"b": 1}}"#
        ),
        (#"{"value": {"a": 1}}"#, #"{"value": [1]}"#, #"{"type": "Property", "value": [1]}"#),
        (#"{"value": {"a": 1}}"#, #"7"#, #"{"type": "Property", "value": 7}"#),
        (
            #"{"json": {"a": 1, "b": 2}}"#, #"{"json": {"a": "urn:ngsi-ld:null", "c": null}}"#,
            #"{"type": "JsonProperty", "json": {"b": 2, "c": null}}"#
        ),
        (
            #"{"languageMap": {"en": "a", "fr": "b"}}"#,
            #"{"languageMap": {"en": "c", "fr": "urn:ngsi-ld:null"}}"#,
            #"{"type": "LanguageProperty", "languageMap": {"en": "c"}}"#
        ),
        (
            #"{"type": "Point", "coordinates": [1, 2]}"#,
            #"{"value": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}"#,
            #"{"type": "GeoProperty", "value": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}"#
        ),
        (#"{"valueList": [1, 2]}"#, #"{"valueList": [3]}"#, #"{"type": "ListProperty", "valueList": [3]}"#),
        // Sub-attributes are merged
        (
            #"{"value": 1, "s": {"value": 2, "unitCode": "CEL", "t": 3}, "u": 4}"#,
            #"{"value": 1, "s": {"value": 5, "t": "urn:ngsi-ld:null", "v": 6}}"#,
            #"{"type": "Property", "value": 1, "s": {"type": "Property", "value": 5, "unitCode": "CEL", "v": {"type": "Property", "value": 6}}, "u": {"type": "Property", "value": 4}}"#
        ),
        (
            #"{"value": 1}"#, #"{"s": {"type": "Property", "value": 2}}"#,
            #"{"type": "Property", "value": 1, "s": {"type": "Property", "value": 2}}"#
        ),
        (
            #"{"value": 1, "s": 2}"#, #"{"value": 1, "s": "urn:ngsi-ld:null"}"#,
            #"{"type": "Property", "value": 1}"#
        ),
        // A type that is given is taken
        (
            #"{"value": 1, "unitCode": "CEL"}"#, #"{"type": "Relationship", "object": "urn:x:1"}"#,
            #"{"type": "Relationship", "object": "urn:x:1"}"#
        ),
        // A bare value is what the stored type makes of it
        (#"{"object": "urn:x:1"}"#, #""urn:x:2""#, #"{"type": "Relationship", "object": "urn:x:2"}"#),
        (
            #"{"vocab": "a"}"#, #""https://uri.etsi.org/ngsi-ld/default-context/b""#,
            #"{"type": "VocabProperty", "vocab": "b"}"#
        ),
        (
            #"{"languageMap": {"en": "a"}}"#, #""b""#,
            #"{"type": "LanguageProperty", "languageMap": {"en": "a", "@none": "b"}}"#
        ),
        (#"{"valueList": [1]}"#, #"[2, 3]"#, #"{"type": "ListProperty", "valueList": [2, 3]}"#),
        (
            #"{"objectList": ["urn:x:1"]}"#, #"["urn:x:2"]"#,
            #"{"type": "ListRelationship", "objectList": [{"object": "urn:x:2"}]}"#
        ),
        (#"{"json": {"a": 1}}"#, #"{"b": 2}"#, #"{"type": "JsonProperty", "json": {"a": 1, "b": 2}}"#),
    ])
    func `5.5.12: members are merged at any depth, and null removes them`(
        before: String, patch: String, after: String
    ) throws {
        #expect(
            try merge(#""x": \#(before), "y": 1"#, with: #"{"x": \#(patch)}"#)
                == json(#"{"x": \#(after), "y": {"type": "Property", "value": 1}}"#))
    }

    @Test func `5.6.17: what is not there is appended without nulls`() throws {
        let after = try merge(
            #""a": 1"#,
            with:
                #"{"b": {"value": {"c": 1, "d": "urn:ngsi-ld:null"}, "unitCode": "urn:ngsi-ld:null"}, "e": "urn:ngsi-ld:null"}"#
        )

        #expect(
            after
                == (try json(
                    #"{"a": {"type": "Property", "value": 1}, "b": {"type": "Property", "value": {"c": 1}}}"#))
        )
    }

    @Test(arguments: [
        #"{"b": {"value": 1, "s": {"type": "Property", "value": {"c": 1, "d": "urn:ngsi-ld:null"}, "t": "urn:ngsi-ld:null"}}}"#,
        #"{"a": {"type": "Property", "s": {"type": "Property", "value": {"c": 1, "d": "urn:ngsi-ld:null"}, "t": "urn:ngsi-ld:null"}}}"#,
    ])
    func `5.6.17: what is not there is appended without nulls at any depth`(patch: String) throws {
        let after = try merge(#""a": 1, "b0": 2"#, with: patch)

        let added = after["b"]?["s"] ?? after["a"]?["s"]
        #expect(added?["value"] == (try json(#"{"c": 1}"#)))
        #expect(added?["t"] == nil)
    }

    @Test(arguments: [
        #"{"c": {"unitCode": "CEL"}}"#, #"{"c": {"value": 1, "s": {"unitCode": "CEL"}}}"#,
        #"{"a": {"type": "Property", "s": {"type": "Property", "unitCode": "CEL"}}}"#,
        #"{"a": {"type": "Relationship", "object": "urn:x:1", "s": {"type": "Property", "unitCode": "CEL"}}}"#,
    ])
    func `5.6.17: an attribute without a value cannot come to be, nor a sub-attribute`(patch: String) throws {
        let before = stored(try entity(#""a": 1"#))

        let error = #expect(throws: NGSILDError.self) {
            try before.merging(fragment(patch, for: .merge), at: later)
        }
        #expect(error?.kind == .badRequestData)
    }

    @Test func `5.6.17: an instance without its value is one beside others, and no element of a value`()
        throws
    {
        let after = try merge(
            #""a": [{"value": 1}, {"value": 2, "datasetId": "urn:d:1"}]"#,
            with: #"{"a": [{"value": 3}, {"unitCode": "CEL", "datasetId": "urn:d:1"}], "b": [{"x": 1}, [2]]}"#
        )

        #expect(
            after
                == (try json(
                    #"""
                    {"a": [{"type": "Property", "value": 3},
                        {"type": "Property", "value": 2, "datasetId": "urn:d:1", "unitCode": "CEL"}],
                     "b": {"type": "Property", "value": [{"x": 1}, [2]]}}
                    """#)))
    }

    @Test func `5.6.17: instances are merged by dataset`() throws {
        let after = try merge(
            #""a": [{"value": 1, "unitCode": "CEL"}, {"value": 2, "unitCode": "CEL", "datasetId": "urn:d:1"}]"#,
            with: #"{"a": [{"value": 3, "datasetId": "urn:d:1"}, {"value": 4, "datasetId": "urn:d:2"}]}"#)

        #expect(
            after["a"]
                == (try json(
                    """
                    [{"type": "Property", "value": 1, "unitCode": "CEL"},
                     {"type": "Property", "value": 3, "unitCode": "CEL", "datasetId": "urn:d:1"},
                     {"type": "Property", "value": 4, "datasetId": "urn:d:2"}]
                    """)))
    }

    @Test func `5.6.17: types are united, scopes and expiry set or removed`() throws {
        let before = stored(try entity(#""scope": "/A", "expiresAt": "2027-01-01T00:00:00Z""#))
        let set = try before.merging(
            fragment(
                #"{"type": "House", "scope": ["/B"], "expiresAt": "2026-01-01T00:01:00Z"}"#, for: .merge),
            at: later)
        let removed = try before.merging(
            fragment(#"{"scope": "urn:ngsi-ld:null", "expiresAt": "urn:ngsi-ld:null"}"#, for: .merge),
            at: later)

        #expect(
            set.entity.types == ["Room", "House"] && set.entity.scopes == ["/B"]
                && set.entity.expiresAt == later)
        #expect(set.result.updated == ["scope"])
        #expect(removed.entity.scopes.isEmpty && removed.entity.expiresAt == nil)
        #expect(removed.entity.types == ["Room"])
    }

    @Test func `6.5.3.4: a common observedAt is for instances that have one and are not given another`()
        throws
    {
        let after = try merge(
            #""a": {"value": 1, "observedAt": "2020-01-01T00:00:00Z"}, "b": {"value": 1, "observedAt": "2020-01-01T00:00:00Z"}, "c": 1"#,
            with: #"{"a": {"value": 2}, "b": {"value": 2, "observedAt": "2021-01-01T00:00:00Z"}, "c": 2}"#,
            MergeOptions(observedAt: "2022-01-01T00:00:00.5Z"))

        #expect(after["a"]?["observedAt"] == "2022-01-01T00:00:00.5Z")
        #expect(after["b"]?["observedAt"] == "2021-01-01T00:00:00Z")
        #expect(after["c"]?["observedAt"] == nil)
    }

    @Test func `6.5.3.4: a common language is where a string goes`() throws {
        let after = try merge(
            #""a": {"languageMap": {"en": "x", "fr": "y"}}, "b": "z""#, with: #"{"a": "bonjour", "b": "q"}"#,
            MergeOptions(lang: "fr"))

        #expect(
            after["a"]
                == (try json(#"{"type": "LanguageProperty", "languageMap": {"en": "x", "fr": "bonjour"}}"#)))
        #expect(after["b"]?["value"] == "q")
    }

    @Test func `6.5.3.4: simplified input keeps the types that are there`() throws {
        let after = try merge(
            #""a": 1, "r": {"object": "urn:x:1"}, "l": {"languageMap": {"en": "x"}}, "d": [{"value": 1}, {"value": 2, "datasetId": "urn:d:1"}], "o": {"value": 1}"#,
            with: """
                {"a": {"type": "Thing", "value": 5}, "r": ["urn:x:2", "urn:x:3"], "l": {"languageMap": {"fr": "y"}},
                 "d": {"dataset": {"@none": 10, "urn:d:1": 20}}, "n": {"vocab": "v"}, "o": "urn:x:9"}
                """, isSimplified: true)

        #expect(after["a"] == (try json(#"{"type": "Property", "value": {"type": "Thing", "value": 5}}"#)))
        #expect(after["r"] == (try json(#"{"type": "Relationship", "object": ["urn:x:2", "urn:x:3"]}"#)))
        #expect(after["l"]?["languageMap"] == ["en": "x", "fr": "y"])
        #expect(after["d"]?[0]?["value"] == 10 && after["d"]?[1]?["value"] == 20)
        #expect(after["n"] == (try json(#"{"type": "VocabProperty", "vocab": "v"}"#)))
        #expect(after["o"]?["type"] == "Property")
    }

    @Test(arguments: [
        (#"{"object": "urn:x:1"}"#, #"5"#), (#"{"type": "Point", "coordinates": [1, 2]}"#, #"5"#),
        (#"{"value": 1}"#, #"{"languageMap": {"en": "x"}}"#), (#"{"vocab": "a"}"#, #"5"#),
    ])
    func `6.5.3.4: simplified input that does not fit the type is refused`(before: String, patch: String)
        throws
    {
        let error = #expect(throws: NGSILDError.self) {
            try merge(#""x": \#(before)"#, with: #"{"x": \#(patch)}"#, isSimplified: true)
        }

        #expect(error?.kind == .badRequestData)
    }

    @Test(arguments: [
        #"{"r": {"unitCode": "CEL"}}"#, #"{"r": {"valueType": "Date"}}"#, #"{"p": {"objectType": "Room"}}"#,
        #"{"l": {"unitCode": "CEL"}}"#, #"{"l": {"valueType": "Date"}}"#,
        #"{"p": {"type": "Property", "s": {"unitCode": "CEL"}}}"#,
    ])
    func `4.5.2, 4.5.3: a member that the type of the attribute there does not have is refused`(
        patch: String
    ) throws {
        let before = stored(
            try entity(
                #""r": {"object": "urn:a:1"}, "p": {"value": 1, "s": {"object": "urn:a:1"}}, "l": {"languageMap": {"en": "x"}}"#
            ))

        let error = #expect(throws: NGSILDError.self) {
            try before.merging(fragment(patch, for: .merge), at: later)
        }
        #expect(error?.kind == .badRequestData)
        #expect(throws: NGSILDError.self) {
            try before.partiallyUpdating(
                attribute(#"{"objectType": "Room"}"#, "l", for: .partialUpdate), at: later)
        }
        let fine = try before.merging(
            fragment(
                #"{"r": {"objectType": "Room"}, "p": {"unitCode": "CEL"}, "l": {"valueType": "langString", "unitCode": "urn:ngsi-ld:null"}}"#,
                for: .merge), at: later)
        #expect(try document(fine.entity)["r"]?["objectType"] == "Room")
        #expect(try document(fine.entity)["l"]?["unitCode"] == nil)
    }

    @Test func `4.8: a merge moves the times of what it touches alone`() throws {
        let before = stored(try entity(#""a": {"value": 1, "s": {"value": 2, "t": 3}, "u": 4}, "b": 5"#))
        let first = try stored(
            before.merging(fragment(#"{"a": {"value": 1, "s": {"value": 3}}}"#, for: .merge), at: later)
                .entity)
        let second = try first.merging(fragment(#"{"a": {"value": 2}}"#, for: .merge), at: latest).entity

        #expect(
            try document(first)
                == json(
                    """
                    {"a": {"type": "Property", "value": 1, "modifiedAt": "\(laterText)",
                      "s": {"type": "Property", "value": 3, "t": {"type": "Property", "value": 3, "modifiedAt": "2026-01-01T00:00:00Z"}},
                      "u": {"type": "Property", "value": 4, "modifiedAt": "2026-01-01T00:00:00Z"}},
                     "b": {"type": "Property", "value": 5}}
                    """))
        #expect(try document(second)["a"]?["modifiedAt"] == "2026-01-01T00:02:00.500Z")
        #expect(try document(second)["a"]?["s"]?["modifiedAt"] == .string(laterText))
        #expect(try document(second)["a"]?["u"]?["modifiedAt"] == "2026-01-01T00:00:00Z")
        #expect(try document(second)["b"]?["modifiedAt"] == nil)
    }
}
