import HTTP
import Testing

/// What a parser makes of whole input, as text: `GET /a none keep`, `body: abc`, `end`, `400: …`.
func parsed(_ text: String, splitAt split: Int? = nil, limits: HTTPServerLimits = HTTPServerLimits())
    -> [String]
{
    let bytes = Array(text.utf8)
    var parser = HTTPParser(limits: limits)
    var result: [String] = []
    var body: [UInt8] = []
    var done = 0
    for end in [split ?? bytes.count, bytes.count] {
        while true {
            let rest = Array(bytes[done..<end])
            do {
                let step = try parser.next(in: rest.span)
                done += step.consumed
                switch step.event {
                case .head(let head, let framing):
                    result.append(
                        "\(head.method) \(head.target) \(framing.body) \(framing.keepsAlive ? "keep" : "close")"
                    )
                case .body(let range): body += rest[range]
                case .end:
                    result.append("end \(String(decoding: body, as: UTF8.self))")
                    body = []
                case nil: break
                }
                if step.event == nil { break }
                if case .end = step.event, done == bytes.count { break }
            } catch {
                return result + ["\(error.status)"]
            }
        }
    }
    return result
}

@Suite struct HTTPParserTests {
    @Test func `a request without a body`() {
        #expect(
            parsed("GET /ngsi-ld/v1/entities?type=A HTTP/1.1\r\nHost: a\r\n\r\n")
                == ["GET /ngsi-ld/v1/entities?type=A none keep", "end "])
    }

    @Test func `a body of a length, and a request behind it`() {
        #expect(
            parsed(
                "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\nHost: a\r\n\r\n"
            )
                == ["POST /a length(3) keep", "end abc", "GET /b none keep", "end "])
    }

    @Test func `chunks, their extensions and trailers`() {
        let text =
            "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3;x=1\r\nabc\r\n000A\r\n0123456789\r\n0\r\nDigest: x\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n"

        #expect(parsed(text) == ["POST /a chunked keep", "end abc0123456789", "GET /b none keep", "end "])
    }

    @Test func `input is understood the same wherever it is split`() {
        let text =
            "\r\nPOST /a?b=%20 HTTP/1.1\r\nHost: a:80\r\nTransfer-Encoding: Chunked\r\n\r\n"
            + "1\r\na\r\n5\r\nbcdef\r\n0\r\nA: b\r\n\r\n"
            + "PUT /c HTTP/1.1\r\nConnection: close\r\nHost: a\r\nContent-Length: 4\r\n\r\n1234"
        let whole = parsed(text)

        #expect(whole == ["POST /a?b=%20 chunked keep", "end abcdef", "PUT /c length(4) close", "end 1234"])
        for split in 0...text.utf8.count {
            #expect(parsed(text, splitAt: split) == whole, "split at \(split)")
        }
    }

    @Test(arguments: [
        ("two lengths", "Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n"),
        ("a list of lengths", "Host: a\r\nContent-Length: 1, 1\r\n"),
        ("a signed length", "Host: a\r\nContent-Length: +1\r\n"),
        ("an empty length", "Host: a\r\nContent-Length:\r\n"),
        ("a length beyond numbers", "Host: a\r\nContent-Length: 99999999999999999999\r\n"),
        ("length and chunks", "Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n"),
        ("chunks twice", "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
        ("no host", "Accept: a\r\n"),
        ("two hosts", "Host: a\r\nHost: a\r\n"),
        ("a host with a path", "Host: a/b\r\n"),
        ("a folded line", "Host: a\r\nX: a\r\n b\r\n"),
        ("a first line that is folded", " Host: a\r\n"),
        ("a space before the colon", "Host : a\r\n"),
        ("a name without a colon", "Host\r\n"),
        ("an empty name", "Host: a\r\n: b\r\n"),
        ("a bare LF", "Host: a\nX: b\r\n"),
        ("a bare CR", "Host: a\r\nX: b\rc\r\n"),
        ("a NUL", "Host: a\r\nX: b\0c\r\n"),
        ("a name beyond ASCII", "Host: a\r\nÜ: b\r\n"),
    ])
    func `fields that two readers could understand differently are refused`(_ name: String, _ fields: String)
    {
        #expect(parsed("POST / HTTP/1.1\r\n\(fields)\r\n") == ["400"], "\(name)")
    }

    @Test(arguments: [
        ("GET /a b HTTP/1.1", "400"), ("GET  /a HTTP/1.1", "400"), (" GET /a HTTP/1.1", "400"),
        ("GET /ü HTTP/1.1", "400"), ("GET /a\t HTTP/1.1", "400"), ("GET a HTTP/1.1", "400"),
        ("GET * HTTP/1.1", "400"), ("GET ftp://a/ HTTP/1.1", "400"), ("GET http:///a HTTP/1.1", "400"),
        ("GET http://a@b/ HTTP/1.1", "400"), ("GET /a HTTP/1.10", "400"), ("GET /a http/1.1", "400"),
        ("GET /a", "400"), ("G(T /a HTTP/1.1", "400"), ("GET /a HTTP/2.0", "505"),
        ("\r\n\r\nGET / HTTP/1.1", "400"),
    ])
    func `a request line that is none is refused`(_ line: String, _ status: String) {
        #expect(parsed("\(line)\r\nHost: a\r\n\r\n") == [status])
    }

    @Test func `an absolute target is read as its path`() {
        #expect(parsed("GET http://a:1026/b?c=d HTTP/1.1\r\nHost: a\r\n\r\n").first == "GET /b?c=d none keep")
        #expect(parsed("GET HTTP://a HTTP/1.1\r\nHost: a\r\n\r\n").first == "GET / none keep")
        #expect(parsed("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").first == "OPTIONS * none keep")
    }

    @Test func `HTTP 1.0 needs no host, closes, and knows no chunks`() {
        #expect(parsed("GET / HTTP/1.0\r\n\r\n").first == "GET / none close")
        #expect(parsed("GET / HTTP/1.0\r\nConnection: x, Keep-Alive\r\n\r\n").first == "GET / none keep")
        #expect(parsed("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == ["400"])
    }

    @Test func `other transfer codings and expectations are not implemented`() {
        #expect(parsed("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n") == ["501"])
        #expect(parsed("POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n") == ["417"])
    }

    @Test(arguments: [
        ("x\r\n", "400"), ("\r\n", "400"), ("-1\r\n", "400"), ("1 \r\n", "400"), ("1;a\u{1}\r\n", "400"),
        ("1\nab", "400"), ("1\r\nab\r\n", "400"), ("ffffffffffffffffff\r\n", "413"),
        ("0\r\n a\r\n\r\n", "400"),
        ("1;" + String(repeating: "x", count: 300), "400"),
        ("0\r\n" + String(repeating: "a: b\r\n", count: 1_000), "431"),
    ])
    func `a broken chunk is refused`(_ body: String, _ status: String) {
        let text = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)"

        #expect(parsed(text) == ["POST / chunked keep", status])
    }

    @Test func `sizes are limited, whether or not the line or head ever ends`() {
        var limits = HTTPServerLimits()
        limits.targetBytesMax = 100
        limits.headBytesMax = 400
        limits.fieldsMax = 3
        limits.bodyBytesMax = 10
        let long = String(repeating: "a", count: 500)
        func result(_ text: String) -> String? { parsed(text, limits: limits).last }

        #expect(result("GET /\(long)") == "414")
        #expect(result("GET /\(long.prefix(100)) HTTP/1.1\r\n") == "414")
        #expect(result("GET / HTTP/1.1\r\nHost: a\r\nA: \(long)") == "431")
        #expect(result("GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nA: b\r\nA: b\r\n\r\n") == "431")
        #expect(result("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n") == "413")
        let chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(result(chunked + "6\r\nabcdef\r\n5\r\n") == "413")
        #expect(result(chunked + "6\r\nabcdef\r\n4\r\nabcd\r\n0\r\n\r\n") == "end abcdefabcd")
    }

    @Test func `header names compare without case, and several values are joined`() throws {
        var parser = HTTPParser(limits: HTTPServerLimits())
        let bytes = Array("GET / HTTP/1.1\r\nhOST: a\r\nLink: <a>\r\nX-Y:  b\t \r\nlink: <c>\r\n\r\n".utf8)
        guard case .head(let head, _) = try parser.next(in: bytes.span).event else {
            Issue.record("there is no head")
            return
        }

        #expect(head.headers["Host"] == "a")
        #expect(head.headers["LINK"] == "<a>, <c>")
        #expect(head.headers["x-y"] == "b")
        #expect(head.headers["Lin"] == nil)
        #expect(head.path == "/" && head.query == nil)
    }
}
