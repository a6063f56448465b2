import NGSILD
import Testing

@testable import API

@Suite struct PageLinksTests {
    private func links(served: Int, offset: Int = 0) -> String? {
        PageLinks(
            path: "/ngsi-ld/v1/entities", parameters: .none, limit: 20, offset: offset, served: served
        ).header(hasNext: true, after: "urn:x:9", type: .json)
    }

    @Test func `5.5.9.1: the page after one whose bytes were full begins behind what it served`() {
        #expect(
            links(served: 4)
                == #"</ngsi-ld/v1/entities?limit=20&offset=4>;rel="next";type="application/json""#)
        #expect(
            links(served: 4, offset: 30)
                == #"</ngsi-ld/v1/entities?limit=20&offset=10>;rel="prev";type="application/json", "#
                + #"</ngsi-ld/v1/entities?limit=20&offset=34>;rel="next";type="application/json""#)
    }

    @Test func `5.5.9.2: a full page is followed by its limit`() {
        let next = links(served: 20)
        #expect(next?.contains("offset=20>") == true)
        #expect(next?.contains("pageAfter") == false)
        #expect(links(served: 20, offset: 980)?.contains("pageAfter=urn:x:9") == true)
    }
}
