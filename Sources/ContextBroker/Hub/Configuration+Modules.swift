import HTTP
import Networking
import Operations
import Storage

// What the configuration means to each module: the modules know their own limits and defaults, and nothing of
// files and flags.
extension Configuration {
    var http: HTTPServerConfiguration {
        var http = HTTPServerConfiguration()
        http.limits.headBytesMax = limits.headBytes.bytes
        http.limits.bodyBytesMax = limits.bodyBytes.bytes
        http.limits.headTime = limits.headTimeout
        http.limits.bodyTime = limits.bodyTimeout
        http.limits.writeTime = limits.bodyTimeout
        http.limits.idleTime = limits.idleTimeout
        http.limits.connectionsMax = limits.connections
        if corsOrigins.contains("*") {
            http.cors = CORSPolicy(origins: .any)
        } else if !corsOrigins.isEmpty {
            http.cors = CORSPolicy(origins: .these(Set(corsOrigins)))
        }
        return http
    }
}

extension Configuration {
    /// How what this hub calls is reached.
    var client: HTTPClientConfiguration {
        var client = HTTPClientConfiguration()
        client.egress = egress.deniesPrivate ? .publicOnly : .open
        client.authorities = egress.caFile
        client.proxy = egress.proxy
        client.userAgent = "atria/\(Atria.version)"
        return client
    }
}

extension Configuration.TLSFiles {
    /// nil: no TLS.
    var files: TLSServerFiles? {
        guard let certificate, let key else { return nil }
        return TLSServerFiles(certificateChain: certificate, privateKey: key, clientAuthorities: clientCA)
    }
}

extension Limits {
    var writes: WriteLimits {
        var writes = WriteLimits()
        writes.bulk.waitingBytesMax = writeQueueBytes.bytes
        // Single writes are small: a quarter of the bytes is many times their number.
        writes.interactive.waitingBytesMax = writeQueueBytes.bytes / 4
        return writes
    }

    var queries: QueryBudget {
        var queries = QueryBudget()
        queries.time = queryTimeout
        return queries
    }

    var contexts: ContextLoaderLimits {
        var contexts = ContextLoaderLimits()
        contexts.fetchTimeout = contextTimeout
        contexts.cacheBytesMax = contextCacheBytes.bytes
        return contexts
    }
}
