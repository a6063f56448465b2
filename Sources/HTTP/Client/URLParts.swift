import CCurl

/// A URL as libcurl reads it: what is checked is what is connected to.
struct URLParts {
    let scheme: String
    /// In lower case; an IPv4 address in its usual form, however it was written; IPv6 without brackets.
    let host: String
    let port: String

    /// Nil: it is no URL of http or https.
    init?(_ text: String) {
        guard let url = curl_url() else { return nil }
        defer { curl_url_cleanup(url) }
        guard curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK else { return nil }
        func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
            var value: UnsafeMutablePointer<CChar>?
            guard curl_url_get(url, part, &value, UInt32(flags)) == CURLUE_OK, let value else { return nil }
            defer { curl_free(value) }
            return String(cString: value).lowercased()
        }
        guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST, CURLU_URLDECODE),
            let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT), scheme == "http" || scheme == "https"
        else { return nil }
        self.scheme = scheme
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = port
    }

    /// `reference` as it is meant in a document at `base` (RFC 3986 §5.2).
    static func resolve(_ reference: String, against base: String) -> String? {
        guard let url = curl_url() else { return nil }
        defer { curl_url_cleanup(url) }
        var value: UnsafeMutablePointer<CChar>?
        guard curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK,
            curl_url_set(url, CURLUPART_URL, reference, UInt32(CURLU_URLENCODE)) == CURLUE_OK,
            curl_url_get(url, CURLUPART_URL, &value, 0) == CURLUE_OK, let value
        else { return nil }
        defer { curl_free(value) }
        return String(cString: value)
    }

    var origin: String { "\(scheme)://\(host):\(port)" }
}
