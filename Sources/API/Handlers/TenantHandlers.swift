import HTTP
import JSON
import NGSILD
import Operations

/// The tenants, `/atria/v1/tenants`: an extension of ours for administrators, as 5.5.10 leaves their life open.
struct TenantHandlers {
    let broker: Broker

    /// Tenants of one answer.
    private static let limits = 1...1_000

    /// `GET /atria/v1/tenants?after=city&limit=100`: an array of `{"name": "city", "entities": 12}`.
    func list(_ request: APIRequest) async throws -> Response {
        let limit = try request.parameters.integer("limit", in: Self.limits) ?? Self.limits.upperBound
        let tenants = try await broker.tenants(after: request.parameters["after"], limit: limit)
        var writer = JSONWriter(reserving: tenants.count * 64 + 16)
        writer.beginArray()
        for tenant in tenants {
            writer.beginObject()
            writer.name("name")
            writer.string(tenant.name)
            writer.name("entities")
            writer.int(Int(tenant.entities))
            writer.endObject()
        }
        writer.endArray()
        return .plain(writer.bytes)
    }

    /// `DELETE /atria/v1/tenants/{name}`: 204, and nothing of it is left.
    func delete(_ request: APIRequest) async throws -> Response {
        try await broker.deleteTenant(Tenant(request.variables[0]))
        return .noContent
    }
}
