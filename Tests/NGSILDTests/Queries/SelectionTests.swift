import NGSILD
import Testing

@Suite struct SelectionTests {
    @Test(arguments: [
        ("Building", [["Building"]]), ("Building|House", [["Building"], ["House"]]),
        ("Building,House", [["Building"], ["House"]]),
        ("(Home;Vehicle)|Motorhome", [["Home", "Vehicle"], ["Motorhome"]]),
        ("Home;Vehicle", [["Home", "Vehicle"]]), ("https://example.org/A", [["https://example.org/A"]]),
    ])
    func `4.17: alternatives of conjunctions`(text: String, alternatives: [[String]]) throws {
        #expect(try TypeSelection(text, context: .core).alternatives == alternatives)
    }

    @Test(arguments: ["", "A,,B", "A|", "(A", "A)", "(A;)", "5A", "A B", "()", ";A"])
    func `4.17: what is no selection is refused`(text: String) {
        #expect(refuses { () throws(NGSILDError) in _ = try TypeSelection(text, context: .core) })
    }

    @Test(arguments: [
        ("/Madrid", true), ("Madrid", true), ("/Madrid/Gardens/#", true), ("/Madrid/+/ParqueNorte", true),
        ("/#", true),
        ("/Madrid/Gardens/ParqueNorte/#", true), ("(/Madrid;/CompanyA/X)", true), ("/None|/CompanyA/X", true),
        ("/None,/Madrid", true), ("/Madrid;/CompanyA/X", true), ("/+", true),
        ("/Madrid/Gardens", false), ("/madrid", false), ("(/Madrid;/None)", false), ("/+/+", true),
        ("/Mad", false), ("/Mad/#", false),
        // A `+` that the client did not encode
        ("/Madrid/ /ParqueNorte", true), ("/Madrid/ /Other", false),
    ])
    func `4.19: scopes by level, wildcard and tree`(text: String, matches: Bool) throws {
        let scopes = ["/Madrid", "/Madrid/Gardens/ParqueNorte", "/CompanyA/X"]
        #expect(try ScopeQuery(text).matches(scopes) == matches)
        #expect(try !ScopeQuery(text).matches([]))
    }

    @Test(arguments: ["", "/", "/A//B", "/A/#/B", "(/A", "/A,,", "/5", "/A-B", "/A;"])
    func `4.19: what is no scope query is refused`(text: String) {
        #expect(refuses { () throws(NGSILDError) in _ = try ScopeQuery(text) })
    }

    @Test func `5.7.2.4: ids and patterns alone are too wide, types and places are not`() throws {
        func isTooWide(_ parameters: [String: String]) throws -> Bool {
            try EntityQuery(parameters: { parameters[$0] }, context: .core).isTooWide
        }
        #expect(try isTooWide([:]))
        #expect(try isTooWide(["id": "urn:a:1", "idPattern": ".*", "scopeQ": "/A"]))
        #expect(try isTooWide(["attrs": "createdAt"]))
        #expect(try isTooWide(["q": #"modifiedAt>"2020-01-01T00:00:00Z""#]))
        #expect(try isTooWide(["type": "*"]))
        #expect(try !isTooWide(["type": "A"]))
        #expect(try !isTooWide(["attrs": "createdAt,name"]))
        #expect(try !isTooWide(["q": "modifiedAt>2020-01-01T00:00:00Z;name"]))
        #expect(try !isTooWide(["georel": "within", "geometry": "Point", "coordinates": "[1,2]"]))
    }

    @Test(arguments: [
        ["id": "no uri"], ["idPattern": "["], ["idPattern": ""], ["limit": "-1"], ["offset": "x"],
        ["limit": "0"], ["count": "yes"],
        ["attrs": ""], ["attrs": "a,,b"], ["expandValues": ","], ["jsonKeys": ""], ["orderBy": "name;up"],
        ["orderBy": ""],
        ["orderBy": "location;dist-asc"], ["orderBy": "a,,b"], ["collation": "!!nope"],
        ["collation": "not a bcp47 tag!!"],
        ["orderBy": "location;dist-asc", "orderFrom": "8,40"],
        ["orderBy": "a", "orderFrom": "[1,2]", "orderGeometry": "Circle"],
        ["georel": "within", "geometry": "Point", "coordinates": "[1,2]", "geoproperty": "a,b"],
    ])
    func `5.7.2.4: parameters that say nothing valid are refused`(parameters: [String: String]) {
        #expect(
            refuses { () throws(NGSILDError) in
                _ = try EntityQuery(parameters: { parameters[$0] }, context: .core)
            })
    }

    @Test func `6.4.3.2: the error of an id names the parameter`() {
        #expect {
            try EntityQuery(parameters: { $0 == "id" ? "urn:x:1,no" : nil }, context: .core)
        } throws: {
            ($0 as? NGSILDError)?.path == "id"
        }
    }

    @Test func `6.4.3.2: a + that the client did not encode is one in idPattern, where no blank can be`()
        throws
    {
        func matches(_ pattern: String) throws -> Bool {
            let query = try EntityQuery(
                parameters: { ["type": "T", "idPattern": pattern][$0] }, context: .core)
            return query.matches(judged("{}"))
        }
        #expect(try matches("^urn:e:[0-9] $"))
        #expect(try !matches("^urn:[0-9] $"))
    }

    @Test func `6.3.13: count is true or false, in any case`() throws {
        func wantsCount(_ text: String) throws -> Bool {
            try Page(limit: nil, offset: nil, after: nil, count: text).wantsCount
        }
        #expect(try wantsCount("true") && wantsCount("True"))
        #expect(try !wantsCount("False"))
        #expect(
            refuses { () throws(NGSILDError) in _ = try Page(limit: nil, offset: nil, after: nil, count: "1")
            })
    }

    @Test func `4.12: a page larger than any is too many results`() {
        #expect {
            try Page(limit: "1001", offset: nil, after: nil, count: nil)
        } throws: { ($0 as? NGSILDError)?.kind == .tooManyResults }
    }

    @Test func `idPattern is searched, under C.UTF-8`() throws {
        #expect(try Pattern("coll4233", parameter: "idPattern").isFound(in: "urn:ngsi-ld:Vehicle:coll4233A"))
        #expect(try Pattern("^.$", parameter: "idPattern").isFound(in: "é"))
        #expect(try !Pattern("^coll", parameter: "idPattern").isFound(in: "urn:coll"))
        #expect(try Pattern("^urn:a:b+c", parameter: "idPattern").literalPrefix == "urn:a:b")
        #expect(try Pattern("^urn:a*", parameter: "idPattern").literalPrefix == "urn:")
        #expect(try Pattern("^a|b", parameter: "idPattern").literalPrefix.isEmpty)
    }
}
