import CCurl
import Glibc
import Networking

/// One request on its way, as libcurl's callbacks see it; confined to its client's reactor.
final class Transfer {
    typealias Outcome = Result<ClientResponse, HTTPClientError>

    let easy: UnsafeMutableRawPointer
    /// What a cancellation calls it.
    let number: Int
    private let request: ClientRequest
    private let configuration: HTTPClientConfiguration
    private let usesProxy: Bool
    private let continuation: UnsafeContinuation<Outcome, Never>
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var fields: UnsafeMutablePointer<curl_slist>?

    private var headers = Headers()
    private var headBytes = 0
    private var body: [UInt8] = []
    /// Why a callback has stopped the transfer; libcurl knows only that it did.
    private var stop: HTTPClientError?

    /// - Throws: `invalidRequest`, `forbidden`.
    init(
        _ request: ClientRequest, on easy: UnsafeMutableRawPointer, configuration: HTTPClientConfiguration,
        number: Int, timeLeft: Duration, continuation: UnsafeContinuation<Outcome, Never>
    ) throws(HTTPClientError) {
        guard let url = URLParts(request.url) else {
            throw HTTPClientError(.invalidRequest, "\(request.url) is no URL of http or https")
        }
        guard configuration.egress.allows(host: url.host) else {
            throw HTTPClientError(.forbidden, "connecting to \(url.host) is not allowed")
        }
        self.easy = easy
        self.number = number
        self.request = request
        self.configuration = configuration
        self.usesProxy = configuration.usesProxy(for: url.host)
        self.continuation = continuation
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        setConnection(timeLeft: timeLeft)
        setTLS()
        setCallbacks()
        setMethod()
        try setFields()
    }

    deinit {
        curl_slist_free_all(fields)
        errorText.deallocate()
    }

    /// Hands the outcome to who waits for it.
    func finish(_ result: CURLcode) {
        continuation.resume(returning: outcome(of: result))
    }

    func fail(_ error: HTTPClientError) {
        continuation.resume(returning: .failure(error))
    }

    private func outcome(of result: CURLcode) -> Outcome {
        guard result == CURLE_OK else { return .failure(stop ?? error(for: result)) }
        return .success(
            ClientResponse(
                status: atria_curl_get_long(easy, CURLINFO_RESPONSE_CODE), headers: headers, body: body,
                url: request.url))
    }

    // MARK: Options

    private func setConnection(timeLeft: Duration) {
        atria_curl_set_string(easy, CURLOPT_URL, request.url)
        atria_curl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        atria_curl_set_long(easy, CURLOPT_TIMEOUT_MS, timeLeft.wholeMilliseconds)
        atria_curl_set_long(
            easy, CURLOPT_CONNECTTIMEOUT_MS, min(request.connectTime, timeLeft).wholeMilliseconds)
        // Timeouts by signals would hit any thread.
        atria_curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        atria_curl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        atria_curl_set_string(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate")
        atria_curl_set_string(easy, CURLOPT_USERAGENT, configuration.userAgent)
        // Empty: not even a proxy that the environment names.
        atria_curl_set_string(easy, CURLOPT_PROXY, usesProxy ? configuration.proxy : "")
        atria_curl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        atria_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    }

    private func setTLS() {
        atria_curl_set_string(easy, CURLOPT_CAPATH, configuration.systemAuthorities)
        if let authorities = configuration.authorities {
            atria_curl_set_string(easy, CURLOPT_CAINFO, authorities)
        }
        guard let certificate = configuration.certificate, let key = configuration.privateKey else { return }
        atria_curl_set_string(easy, CURLOPT_SSLCERT, certificate)
        atria_curl_set_string(easy, CURLOPT_SSLKEY, key)
    }

    private func setCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        atria_curl_set_data_function(easy, CURLOPT_WRITEFUNCTION, receiveBody)
        atria_curl_set_pointer(easy, CURLOPT_WRITEDATA, context)
        atria_curl_set_data_function(easy, CURLOPT_HEADERFUNCTION, receiveHeaderLine)
        atria_curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        atria_curl_set_open_function(easy, openSocket)
        atria_curl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
    }

    private func setMethod() {
        switch request.method {
        case .get where request.body.isEmpty: atria_curl_set_long(easy, CURLOPT_HTTPGET, 1)
        case .head: atria_curl_set_long(easy, CURLOPT_NOBODY, 1)
        default:
            if request.body.isEmpty, request.method == .delete || request.method == .options {
                atria_curl_set_long(easy, CURLOPT_HTTPGET, 1)
            } else {
                atria_curl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
                // The size is given: it is copied as bytes, NULs and all. No address would mean no body.
                request.body.withUnsafeBytes {
                    guard let bytes = $0.bindMemory(to: CChar.self).baseAddress else { return }
                    _ = atria_curl_set_string(easy, CURLOPT_COPYPOSTFIELDS, bytes)
                }
                if request.body.isEmpty { atria_curl_set_string(easy, CURLOPT_COPYPOSTFIELDS, "") }
            }
            atria_curl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method.description)
        }
    }

    private func setFields() throws(HTTPClientError) {
        for (name, value) in request.headers.fields {
            guard !name.isEmpty, name.utf8.allSatisfy(Characters.isToken) else {
                throw HTTPClientError(.invalidRequest, "\(name) is no name of a header field")
            }
            fields = curl_slist_append(fields, value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        // What libcurl adds by itself: the type of a form, and a wait before long bodies.
        if !request.headers.contains("Content-Type") { fields = curl_slist_append(fields, "Content-Type:") }
        if !request.headers.contains("Expect") { fields = curl_slist_append(fields, "Expect:") }
        atria_curl_set_pointer(easy, CURLOPT_HTTPHEADER, fields)
    }

    // MARK: Callbacks

    fileprivate func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        let length = socklen_t(address.pointee.addrlen)
        let target = withUnsafePointer(to: &address.pointee.addr) { SocketAddress($0, length: length) }
        guard usesProxy || configuration.egress.allows(address: target.bytes) else {
            stop = HTTPClientError(.forbidden, "connecting to \(target.host) is not allowed")
            return CURL_SOCKET_BAD
        }
        let type = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return socket(address.pointee.family, type, address.pointee.protocol)
    }

    fileprivate func receiveHead(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        headBytes += line.count
        guard headBytes <= configuration.responseHeadBytesMax else {
            stop = HTTPClientError(.responseTooLarge, "the answer's head passes the limit")
            return false
        }
        let line = line[...]
        // A status line begins another head: after an interim answer, or behind a proxy.
        if line.starts(with: "HTTP/".utf8) { headers = Headers() }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return true }
        let value = Array(line[(colon + 1)...].filter { $0 != 0x0D && $0 != 0x0A })[...].trimmed
        headers.add(
            String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
        return true
    }

    fileprivate func receive(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= request.responseBytesMax - body.count else {
            stop = HTTPClientError(
                .responseTooLarge, "the answer is longer than \(request.responseBytesMax) bytes")
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    // MARK: Errors

    private func error(for result: CURLcode) -> HTTPClientError {
        let detail = String(
            cString: errorText.pointee == 0 ? curl_easy_strerror(result) : UnsafePointer(errorText))
        let kind: HTTPClientError.Kind
        switch result {
        case CURLE_OPERATION_TIMEDOUT: kind = .deadlinePassed
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: kind = .unresolved
        case CURLE_COULDNT_CONNECT: kind = .unreachable
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: kind = .invalidRequest
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            kind = .tls
        default: kind = .broken
        }
        return HTTPClientError(kind, detail)
    }
}

extension Duration {
    /// At least 1: to libcurl 0 means for ever.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(clamping: seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer {
    guard let context else { preconditionFailure("libcurl called back without its transfer") }
    return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}

private func buffer(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(start: bytes, count: count).bindMemory(to: UInt8.self)
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    transfer(context).receive(buffer(bytes, size * count)) ? size * count : 0
}

private func receiveHeaderLine(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    transfer(context).receiveHead(buffer(bytes, size * count)) ? size * count : 0
}

private func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let address else { return CURL_SOCKET_BAD }
    return transfer(context).open(address)
}
