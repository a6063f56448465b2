import NGSILD
import Testing

@Suite struct AttributeQueryTests {
    static let car = #"""
        {"speed": {"type": "Property", "value": 55.0, "observedAt": "2024-05-01T10:00:00.5Z", "unitCode": "KMH",
            "accuracy": {"type": "Property", "value": 0.5}},
        "brand": {"type": "Property", "value": "Mercedes"},
        "tags": {"type": "Property", "value": ["blue", "red"]},
        "isParked": {"type": "Property", "value": true},
        "big": {"type": "Property", "value": 9007199254740993},
        "built": {"type": "Property", "value": "2020-06-01"},
        "opens": {"type": "Property", "value": "08:00:00Z"},
        "seen": {"type": "Property", "value": "2020-01-01T00:00:00Z"},
        "address": {"type": "Property", "value": {"city": "Berlin", "geo": {"zip": 10115}, "lines": [{"no": 1}]}},
        "color": {"type": "LanguageProperty", "languageMap": {"en": "red", "fr": ["rouge", "chat"]}},
        "category": {"type": "VocabProperty", "vocab": ["commercial", "https://example.org/Big"]},
        "owner": {"type": "Relationship", "object": ["urn:p:1", "urn:p:2"]},
        "list": {"type": "ListProperty", "valueList": [1, 2]},
        "parts": {"type": "ListRelationship", "objectList": [{"object": "urn:x:1"}]},
        "ticket": {"type": "JsonProperty", "json": {"value": "late", "none": null}},
        "level": [{"type": "Property", "value": 1}, {"type": "Property", "value": 7, "datasetId": "urn:d:1"}],
        "late": {"type": "Property", "value": 1, "createdAt": "2022-01-01T00:00:00Z",
            "modifiedAt": "2022-06-01T00:00:00Z", "sub": {"type": "Property", "value": 1}},
        "gone": {"type": "Property", "value": 1, "expiresAt": "2020-01-01T00:00:00Z"}}
        """#

    @Test(arguments: [
        // Existence
        "speed", "speed.accuracy", "speed.observedAt", "address[city]", "address[geo.zip]", "color[en]",
        "color[*]",
        "createdAt", "ticket[none]", "!missing", "!gone", "owner", "parts",
        // Equality: identical or equivalent, or one of an array's
        "speed==55", "speed==5.5e1", #"brand=="Mercedes""#, #"brand=="Kia","Mercedes""#, #"tags=="red""#,
        "isParked==true",
        "big==9007199254740993", "speed==50..60", #"brand=="A".."N""#, "level==7", "list==2",
        "address[geo.zip]==10115",
        #"ticket[value]=="late""#, "speed.accuracy==0.5", #"speed.unitCode=="KMH""#, "tags==red",
        // Unequal: of an array, no element; another type is unequal
        #"brand!="Kia""#, "brand!=5", "speed!=56..60", "level!=1", #"tags!="green""#, #"color[*]!="blue""#,
        "isParked!=false",
        // Order
        "speed>54.9", "speed<=55", "big>9007199254740992", #"brand>"M""#, "level>5",
        // Moments
        "seen==2020-01-01T00:00:00.000Z", "seen>=2019-12-31T23:59:59Z", "built<2020-06-02",
        "built==2020-01-01..2020-12-31",
        "opens>07:59:59Z", "speed.observedAt>2024-05-01T10:00:00Z",
        "speed.observedAt==2024-05-01T10:00:00,5Z",
        #"modifiedAt>"2020-01-01T00:00:00Z""#, "createdAt<2021-01-01T00:00:00Z",
        "speed.modifiedAt<2021-01-01T00:00:00Z",
        "late.sub.createdAt==2022-01-01T00:00:00Z", "late.sub.modifiedAt==2022-06-01T00:00:00Z",
        "speed.accuracy.createdAt<2021-01-01T00:00:00Z",
        // Languages, vocabulary, relationships
        #"color[en]=="red""#, #"color=="chat""#, #"color[fr]=="rouge""#, #"color[en]!="rouge""#,
        #"category=="https://uri.etsi.org/ngsi-ld/default-context/commercial""#,
        "category==https://example.org/Big",
        "owner==urn:p:2", #"owner=="urn:p:9","urn:p:1""#, "owner!=urn:p:3", "parts==urn:x:1",
        // Patterns are searched
        #"brand~="erc""#, #"brand~="^M""#, "brand~=^Mer.*s$", #"brand!~="^Kia""#, #"color~="^rou""#,
        #"brand~="M.r(c|k)""#,
        // Logic: `;` before `|`
        "missing;missing|speed", "speed;(missing|brand)", "((speed>50|rpm>3000);brand)", "!missing;speed",
    ])
    func `4.9: these match`(q: String) throws {
        let query = try AttributeQuery(q, context: .core)
        #expect(query.matches(judged(Self.car)))
    }

    @Test(arguments: [
        "missing", "gone", "gone==1", "speed.missing", "speed.value", "address[postcode]",
        "address[lines.no]", "color[de]", "!speed",
        "speed==55.1", "speed==\"55\"", #"brand=="mercedes""#, "brand==55", #"tags=="green""#,
        "isParked==false", "big==9007199254740992",
        "speed==0..54", "isParked==\"true\"", #"address=="Berlin""#,
        "speed!=55", #"tags!="red""#, #"brand!="Kia","Mercedes""#, "speed!=50..60", #"color[*]!="red""#,
        "missing!=1",
        "brand>5", "tags>\"a\"", "speed>\"a\"", "list>0", #"owner>"urn:a""#, "isParked>0", "category>\"a\"",
        "seen>2020-01-01", "built>2020-01-01T00:00:00Z", "brand>2020-01-01",
        #"modifiedAt<"2020-01-01T00:00:00Z""#,
        #"color[en]=="rouge""#, "category==commercial", "owner==urn:p:3", #"owner!="urn:p:1""#,
        "parts!=urn:x:1",
        #"brand~="^erc""#, #"speed~="5""#, #"owner~="urn""#, #"tags~="red""#, #"brand!~="Mer""#,
        #"speed!~="5""#, #"color!~="red""#,
        "speed;missing", "missing|!brand", "createdAt==5", "deletedAt",
    ])
    func `4.9: these do not match`(q: String) throws {
        let query = try AttributeQuery(q, context: .core)
        #expect(!query.matches(judged(Self.car)))
    }

    @Test(arguments: [
        "", "5speed", "speed>", "speed==", "speed>true", "speed>4..5", "speed>1,2", "speed>=urn:x:1",
        "speed==01", "speed==4..", "speed==-",
        "speed==4..\"a\"", "name==\"Eiffel", #"name=="\x""#, #"name=="\ud800""#,
        #"name=="\u0000""#, "name=~\"a\"",
        "(speed", "speed)", "speed;;brand", "|speed", "speed;", "a b", "address[", "address[]",
        "address[city", "a.", "a..b", "a{b", "a{}",
        "a{T,U}", "a{T:}", "!", "!(a)", "a!b", "))bad((", "name~=\"[\"", "name~=\"(a\"", #"name~="(a)\1""#,
        #"name~="\d""#, "name~=\"a{2000}\"",
        "name~=\"((a{99}){99}){99}\"", "speed==1e400",
        // Neither a number, nor a moment in UTC, nor what a URI begins with
        "seen==2020-01-01T00:00:00", "seen==2020-01-01T00:00:00+02:00", "opens==12:00:00",
        "opens==08:00:00..09:00:00", "built==2020-13-01", "speed== 55", "speed===55", "speed==55 ;brand",
    ])
    func `4.9: these are refused with their place`(q: String) {
        #expect(refuses { () throws(NGSILDError) in _ = try AttributeQuery(q, context: .core) })
    }

    @Test func `4.9: an error says where and what`() {
        #expect(
            throws: NGSILDError(.badRequestData, #"q: expected an operator, position 7, at "=5""#, at: "q")
        ) {
            try AttributeQuery("speed;a=5".replacing(";a", with: "s"), context: .core)
        }
    }

    @Test func `EXAMPLE 12: expandValues makes a term of the vocabulary of a bare word`() throws {
        let query = try AttributeQuery("category==commercial", context: .core, expandValues: ["category"])
        #expect(query.matches(judged(Self.car)))
    }

    @Test(arguments: [
        (["https://uri.etsi.org/ngsi-ld/default-context/category"], "category==commercial", true),
        (["kind"], "brand.kind==big", true), (["brand"], "brand.kind==big", true),
        (["brand"], "category==commercial", false), (["category"], "category!=commercial", false),
    ])
    func `4.9: expandValues names attributes, by their IRIs too, wherever they stand in a path`(
        names: [String], q: String, matches: Bool
    ) throws {
        let document = #"""
            {"category": {"type": "VocabProperty", "vocab": "commercial"}, "brand": {"type": "Property", "value": 1,
             "kind": {"type": "VocabProperty", "vocab": "big"}}}
            """#
        let query = try AttributeQuery(q, context: .core, expandValues: names)
        #expect(query.matches(judged(document)) == matches)
    }

    @Test func `4.9: a term follows a Relationship to what is there`() throws {
        let person = QueriedEntity(
            StoredEntity(
                id: "urn:p:2", types: ["Person"], scopes: [], createdAt: Timestamp(microseconds: 0),
                modifiedAt: Timestamp(microseconds: 0), expiresAt: nil,
                document: Array(#"{"name":{"type":"Property","value":"Ann"}}"#.utf8)),
            now: Timestamp(microseconds: 1))
        func matches(_ q: String) throws -> Bool {
            try AttributeQuery(q, context: .core).matches(judged(Self.car)) { $0 == "urn:p:2" ? person : nil }
        }
        #expect(try matches(#"owner{name}=="Ann""#))
        #expect(try matches("owner{Person,Robot:name}"))
        #expect(try !matches("owner{Robot:name}"))
        #expect(try !matches("brand{name}"))
        #expect(try matches("!owner{age}"))
        #expect(try AttributeQuery("a{b{c}}|d", context: .core).linkDepth == 2)
    }

    @Test func `the parser's bounds hold`() {
        let deep = String(repeating: "(", count: 20) + "a" + String(repeating: ")", count: 20)
        let wide = Array(repeating: "a", count: 200).joined(separator: ";")
        let long = "a==\"" + String(repeating: "x", count: 20_000) + "\""
        let linked = String(repeating: "a{", count: 11) + "b" + String(repeating: "}", count: 11)
        for text in [deep, wide, long, linked] {
            #expect(refuses { () throws(NGSILDError) in _ = try AttributeQuery(text, context: .core) })
        }
    }

    @Test func `4.9: whatever is sent, the parser answers or refuses`() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "a", "b.c", "[x]", "{", "}", "(", ")", ";", "|", "==", "!=", "~=", "!~=", ">", "<=", "..", ",",
            "\"", "\\", "1", "-2e3", "true", "2020-01-01", "urn:x:1", "é", "\u{0}", "[", "*", "!", " ",
        ]
        for _ in 0..<5_000 {
            let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            do throws(NGSILDError) {
                _ = try AttributeQuery(text, context: .core).matches(judged(Self.car))
            } catch {
                #expect(error.kind == .badRequestData, "\(text)")
            }
        }
    }
}
