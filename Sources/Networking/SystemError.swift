import Glibc

/// A system call that failed: which, on what, and why.
package struct SystemError: Error, CustomStringConvertible {
    package let code: Int32
    package let attempt: String

    /// `attempt` is what was tried, as it stands in a sentence: "listen on 127.0.0.1:1026".
    package init(_ attempt: String, code: Int32 = errno) {
        self.attempt = attempt
        self.code = code
    }

    package var description: String { "cannot \(attempt): \(String(cString: strerror(code)))" }
}
