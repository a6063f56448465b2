import JSON
import TestSupport
import Testing

@Suite struct AdministratorTests {
    private static let token = "correct-horse-battery"
    private static let tenants = "/atria/v1/tenants"

    private static var guarded: TestBroker.Settings {
        var settings = TestBroker.Settings()
        settings.administratorToken = token
        return settings
    }

    @Test func `6.2: with a token set, administrators' resources open to it alone, wherever it comes from`()
        async throws
    {
        try await TestBroker.with(Self.guarded) { broker in
            let none = try await broker.get(Self.tenants)
            #expect(none.status == 401)
            #expect(none.header("WWW-Authenticate") == "Bearer realm=\"atria\"")
            #expect(none.json["type"] == "about:blank")
            #expect(!none.text.contains(Self.token))
            for wrong in [
                "Bearer \(Self.token)s", "Bearer \(Self.token.dropLast())", "Bearer ", "Bearer", Self.token,
                "Basic \(Self.token)",
            ] {
                #expect(
                    try await broker.delete("\(Self.tenants)/city", ["Authorization": wrong]).status == 401)
            }

            broker.peer = "203.0.113.7"
            let bearer = ["Authorization": "bearer \(Self.token)"]
            #expect(try await broker.get(Self.tenants, bearer).json == [["name": "", "entities": 0]])
            #expect(try await broker.get("/types").status == 200)
        }
    }

    @Test func `6.2: without a token they answer to this machine alone, and nobody behind a proxy on it`()
        async throws
    {
        try await TestBroker.with { broker in
            #expect(try await broker.get(Self.tenants).status == 200)
            broker.peer = "::1"
            #expect(try await broker.get(Self.tenants).status == 200)
            for header in ["X-Forwarded-For", "Forwarded", "Via", "Origin"] {
                #expect(try await broker.get(Self.tenants, [header: "x"]).status == 403)
            }
            broker.peer = "172.17.0.1"
            let refused = try await broker.get(Self.tenants, ["Authorization": "Bearer guess-guess-guess"])
            #expect(refused.status == 403)
            #expect(refused.header("WWW-Authenticate") == nil)
            #expect(refused.json["detail"]?.string?.contains("ATRIA_ADMIN_TOKEN") == true)
            #expect(try await broker.get("/types").status == 200)
        }
    }

    @Test func `5.5.10: administrators list tenants and delete one with all it holds`() async throws {
        try await TestBroker.with { broker in
            try await broker.post("/entities", #"{"id": "urn:x:1", "type": "T"}"#, ["NGSILD-Tenant": "city"])

            let tenants = try await broker.get(Self.tenants)
            #expect(tenants.json == [["name": "", "entities": 0], ["name": "city", "entities": 1]])
            #expect(try await broker.delete("\(Self.tenants)/city").status == 204)
            #expect(
                try await broker.get("/entities/urn:x:1", ["NGSILD-Tenant": "city"]).problem
                    == "NonexistentTenant")
            #expect(try await broker.delete("\(Self.tenants)/city").status == 404)
        }
    }
}
