import COpenSSL
import Synchronization

/// The files that a TLS server needs, all PEM.
package struct TLSServerFiles: Sendable, Equatable {
    /// The certificate, then those between it and its root.
    package var certificateChain: String
    package var privateKey: String
    /// The authorities whose certificates clients have to show; nil: clients show none.
    package var clientAuthorities: String?

    package init(certificateChain: String, privateKey: String, clientAuthorities: String? = nil) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
        self.clientAuthorities = clientAuthorities
    }
}

/// What the TLS connections of a server share, on all workers: its certificate, its key, its rules.
package final class TLSServerContext: Sendable {
    private let files: TLSServerFiles
    private let current: Mutex<Settings>

    /// - Throws: `TLSError` where a file cannot be read or the key does not belong to the certificate.
    package init(_ files: TLSServerFiles) throws(TLSError) {
        self.files = files
        self.current = Mutex(try Settings(files))
    }

    /// Reads the files again, for the connections from now on; where that fails, the old ones stay.
    package func reload() throws(TLSError) {
        let settings = try Settings(files)
        current.withLock { $0 = settings }
    }

    /// The server's side of a connection on `descriptor`, whose handshake goes on with the first reads.
    package func session(on descriptor: Int32) throws(TLSError) -> TLSSession {
        let settings = current.withLock { $0 }
        guard let native = SSL_new(settings.native) else { throw TLSError("begin a TLS session") }
        SSL_set_fd(native, descriptor)
        SSL_set_accept_state(native)
        return TLSSession(native)
    }

    /// `@unchecked Sendable`: OpenSSL locks an SSL_CTX itself, and nobody changes it after `init`.
    private final class Settings: @unchecked Sendable {
        let native: OpaquePointer

        init(_ files: TLSServerFiles) throws(TLSError) {
            guard let native = SSL_CTX_new(TLS_server_method()) else { throw TLSError("set up TLS") }
            self.native = native
            _ = atria_ssl_ctx_set_min_proto_version(native, TLS1_2_VERSION)
            // Moving: the rest of a write may have been copied to another buffer when it goes on.
            let modes = SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
            _ = atria_ssl_ctx_set_mode(native, Int(modes) | Int(SSL_MODE_RELEASE_BUFFERS))
            SSL_CTX_set_options(native, UInt64(1) << 30 /* SSL_OP_NO_RENEGOTIATION */)
            SSL_CTX_set_alpn_select_cb(native, selectProtocol, nil)
            try loadIdentity(files)
            if let authorities = files.clientAuthorities { try demandClientCertificates(authorities) }
        }

        deinit {
            SSL_CTX_free(native)
        }

        private func loadIdentity(_ files: TLSServerFiles) throws(TLSError) {
            guard SSL_CTX_use_certificate_chain_file(native, files.certificateChain) == 1 else {
                throw TLSError("read the certificate \(files.certificateChain)")
            }
            guard SSL_CTX_use_PrivateKey_file(native, files.privateKey, SSL_FILETYPE_PEM) == 1,
                SSL_CTX_check_private_key(native) == 1
            else { throw TLSError("use the private key \(files.privateKey) with its certificate") }
        }

        private func demandClientCertificates(_ path: String) throws(TLSError) {
            guard SSL_CTX_load_verify_locations(native, path, nil) == 1,
                let names = SSL_load_client_CA_file(path)
            else { throw TLSError("read the client authorities \(path)") }
            SSL_CTX_set_client_CA_list(native, names)
            SSL_CTX_set_verify(native, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
            // Without a name for its sessions OpenSSL refuses to resume those with client certificates.
            SSL_CTX_set_session_id_context(native, "atria", 5)
        }
    }
}

/// Agrees on `http/1.1` (RFC 7301); a client that offers only others is refused.
private func selectProtocol(
    _ session: OpaquePointer?, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ chosenCount: UnsafeMutablePointer<UInt8>?, _ offered: UnsafePointer<UInt8>?, _ offeredCount: UInt32,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    let ours: StaticString = "\u{8}http/1.1"
    var match: UnsafeMutablePointer<UInt8>?
    let result = SSL_select_next_proto(
        &match, chosenCount, ours.utf8Start, UInt32(ours.utf8CodeUnitCount), offered, offeredCount)
    guard result == OPENSSL_NPN_NEGOTIATED else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    chosen?.pointee = UnsafePointer(match)
    return SSL_TLSEXT_ERR_OK
}
