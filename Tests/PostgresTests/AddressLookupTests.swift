import Testing

@testable import Postgres

struct AddressLookupTests {
    @Test func `names become addresses, in parallel lists; sockets and addresses stay`() throws {
        let lookup = try AddressLookup("host=/tmp,localhost,10.0.0.1 port=1,2,3 options='-c a=b'")

        let words = Dictionary(uniqueKeysWithValues: try lookup.keywords().get())
        let addresses = try #require(
            words["hostaddr"]?.split(separator: ",", omittingEmptySubsequences: false))

        #expect(addresses.first == "")
        #expect(addresses.dropFirst().first == "127.0.0.1" || addresses.dropFirst().first == "::1")
        #expect(addresses.last == "")
        #expect(words["host"]?.hasSuffix(",10.0.0.1") == true)
        #expect(words["host"]?.hasPrefix("/tmp,localhost") == true)
        #expect(words["host"]?.split(separator: ",").count == addresses.count)
        #expect(words["port"]?.split(separator: ",").count == addresses.count)
        #expect(lookup.options == "-c a=b")
        #expect(lookup.wantsPrimary)
    }

    @Test func `without names nothing is looked up`() throws {
        for string in ["host=/tmp", "postgresql://127.0.0.1/atria", "host=a.invalid hostaddr=10.0.0.1"] {
            let words = try AddressLookup(string).keywords().get()
            #expect(words.isEmpty, "\(string)")
        }
        #expect(throws: PostgresError.self) { try AddressLookup("no such=thing") }
    }
}
