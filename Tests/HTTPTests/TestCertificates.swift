import Glibc
import Networking

/// An authority with a server's and a client's certificate, in a directory of its own.
struct TestCertificates {
    let directory: String

    /// Made by the `openssl` program, valid for two days.
    init() throws {
        var template = Array("/tmp/atria-certificates-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("make a directory for certificates") }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        let signed = "-CA ca.pem -CAkey ca.key -addext basicConstraints=critical,CA:FALSE"
        let script = """
            cd \(directory) && {
            \(make) -keyout ca.key -out ca.pem -subj /CN=authority &&
            \(make) \(signed) -keyout server.key -out server.pem -subj /CN=server \
            -addext subjectAltName=DNS:localhost,IP:127.0.0.1 &&
            \(make) \(signed) -keyout client.key -out client.pem -subj /CN=client
            } >/dev/null 2>&1
            """
        guard system(script) == 0 else { throw SystemError("make certificates with openssl", code: ENOENT) }
    }

    var authority: String { "\(directory)/ca.pem" }
    var server: TLSServerFiles {
        TLSServerFiles(certificateChain: "\(directory)/server.pem", privateKey: "\(directory)/server.key")
    }

    /// Puts the server's files of `other` in the place of these.
    func replaceServer(by other: TestCertificates) {
        for name in ["server.pem", "server.key"] {
            rename("\(other.directory)/\(name)", "\(directory)/\(name)")
        }
    }

    func remove() {
        system("rm -rf \(directory)")
    }
}
