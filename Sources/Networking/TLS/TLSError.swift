import COpenSSL

/// OpenSSL has refused something: what was tried, and its reasons.
package struct TLSError: Error, CustomStringConvertible {
    package let description: String

    /// Takes the reasons out of the error queue of this thread.
    ///
    /// `attempt` is what was tried, as it stands in a sentence: "read the certificate /etc/a.pem".
    init(_ attempt: String) {
        var reasons: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            if let reason = ERR_reason_error_string(code) { reasons.append(String(cString: reason)) }
        }
        description = "cannot \(attempt)" + (reasons.isEmpty ? "" : ": " + reasons.joined(separator: ", "))
    }
}
