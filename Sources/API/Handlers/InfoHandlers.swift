import HTTP
import JSON
import NGSILD
import Operations

/// `/info/sourceIdentity` (6.33).
struct InfoHandlers {
    let identity: SourceIdentity
    let clock: Clock

    /// `GET /info/sourceIdentity` (5.15.1): any tenant has an identity, also one that holds nothing yet.
    func sourceIdentity(_ request: APIRequest) async throws -> Response {
        let media = try request.mediaType()
        let alias = identity.alias(of: request.tenant)
        let now = clock.now
        var writer = JSONWriter(reserving: 256)
        writer.beginObject()
        writer.name("id")
        writer.string("urn:ngsi-ld:ContextSourceIdentity:\(alias)")
        writer.name("type")
        writer.string("ContextSourceIdentity")
        writer.name("contextSourceAlias")
        writer.string(alias)
        writer.name("contextSourceUptime")
        writer.string("PT\(identity.uptimeSeconds(at: now))S")
        writer.name("contextSourceTimeAt")
        writer.string(now.description)
        if media == .ldJSON {
            writer.name("@context")
            ContextSource.none.write(into: &writer)
        }
        writer.endObject()
        return .ok(writer.bytes, as: media, link: media == .json ? ContextSource.none.linkURL : nil)
    }
}
