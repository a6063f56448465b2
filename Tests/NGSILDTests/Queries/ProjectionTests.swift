import NGSILD
import Testing

@Suite struct ProjectionTests {
    @Test func `4.21: names, alternatives and what they say of linked entities`() throws {
        let projection = try Projection(
            pick: "id,name|observation{temperature,place{name}}", omit: "other{x}", attrs: nil, context: .core
        )

        #expect(
            projection.pick == [
                .init("id"), .init("name"),
                .init("observation", [.init("temperature"), .init("place", [.init("name")])]),
            ])
        #expect(projection.depth == 2)
        #expect(
            projection.linked(by: "observation").pick == [
                .init("temperature"), .init("place", [.init("name")]),
            ])
        #expect(projection.linked(by: "other").omit == [.init("x")])
        #expect(projection.linked(by: "name").isIdentity)
        #expect(projection.attributes == nil)
    }

    @Test(arguments: [
        "", "name;a", "a,,b", "a||b", "{}", "a{", "a{}", "a{{b}}", "a{b}}", "a,", "5a", "a{b};",
    ])
    func `4.21: what is no projection is refused`(text: String) {
        #expect(
            refuses { () throws(NGSILDError) in
                _ = try Projection(pick: text, omit: nil, attrs: nil, context: .core)
            })
        #expect(
            refuses { () throws(NGSILDError) in
                _ = try Projection(pick: nil, omit: text, attrs: nil, context: .core)
            })
    }

    @Test func `4.21: attrs excludes the others, and no member is picked and omitted`() {
        #expect(
            refuses { () throws(NGSILDError) in
                _ = try Projection(pick: "a", omit: nil, attrs: "b", context: .core)
            })
        #expect(
            refuses { () throws(NGSILDError) in
                _ = try Projection(pick: "a,b", omit: "b", attrs: nil, context: .core)
            })
        let deep = String(repeating: "a{", count: 11) + "name" + String(repeating: "}", count: 11)
        #expect(
            refuses { () throws(NGSILDError) in
                _ = try Projection(pick: deep, omit: nil, attrs: nil, context: .core)
            })
    }
}
