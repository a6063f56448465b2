import Glibc
import TestSupport
import Testing

/// The program from outside: what an operator and a client see of it.
@Suite(.serialized) struct `atria serve` {
    private let room = "/ngsi-ld/v1/entities/urn:ngsi-ld:Room:1"

    @Test func `what was stored before SIGTERM is there after the next start`() async throws {
        try await TestDatabase.with { database in
            let first = try RunningHub("--database-url '\(database.connectionString)'")
            #expect(try first.isReady())
            #expect(try first.create("urn:ngsi-ld:Room:1") == 201)

            first.send(SIGTERM)
            #expect(try first.hasEnded())
            #expect(try first.log.contains("event=stopped\n") || first.log.hasSuffix("event=stopped"))

            let second = try RunningHub("--database-url '\(database.connectionString)'")
            #expect(try second.isReady())
            #expect(try second.curl(room).status == 200)
            #expect(try second.create("urn:ngsi-ld:Room:1") == 409)
        }
    }

    @Test func `after kill -9 under load every acknowledged write is there`() async throws {
        try await TestDatabase.with { database in
            let (_, folder) = try shell("mktemp -d /tmp/atria-acknowledged.XXXXXX")
            let first = try RunningHub("--database-url '\(database.connectionString)'")
            #expect(try first.isReady())
            let writers = """
                for writer in 1 2 3 4; do (
                  for i in $(seq 1000); do
                    id=urn:ngsi-ld:Room:$writer-$i
                    curl -fs -o /dev/null -H "Content-Type: application/json" -d "{\\"id\\":\\"$id\\",\\"type\\":\\"Room\\"}" \
                      \(first.url)/ngsi-ld/v1/entities || exit 0
                    echo $id >>\(folder)/$writer
                  done
                ) >/dev/null 2>&1 & done
                for i in $(seq 300); do [ "$(cat \(folder)/* 2>/dev/null | wc -l)" -gt 50 ] && break; sleep 0.1; done
                """
            _ = try shell(writers)
            first.send(SIGKILL)
            #expect(try first.hasEnded())
            _ = try shell("sleep 0.5")

            let second = try RunningHub("--database-url '\(database.connectionString)'")
            #expect(try second.isReady())
            let acknowledged = try shell("cat \(folder)/*").output.split(separator: "\n")
            let count = try shell(
                "cat \(folder)/* | while read id; do curl -fs -o /dev/null \(second.url)/ngsi-ld/v1/entities/$id && echo; done | wc -l"
            )
            _ = try shell("rm -r \(folder)")

            #expect(acknowledged.count > 50)
            #expect(Int(count.output) == acknowledged.count)
        }
    }

    @Test func `SIGTERM lets a request that has begun come to its end, and takes no new one`() async throws {
        try await TestDatabase.with { database in
            let hub = try RunningHub("--database-url '\(database.connectionString)'")
            #expect(try hub.isReady())
            // The body comes in two halves, seconds apart: the signal is between them.
            let request = """
                (printf '{"id":"urn:ngsi-ld:Room:1",'; sleep 3; printf '"type":"Room"}') | curl -s -o /dev/null \
                -w '%{http_code}' -H 'Content-Type: application/json' -H 'Content-Length: 41' -H 'Transfer-Encoding:' -T - -X POST \
                \(hub.url)/ngsi-ld/v1/entities
                """
            let pending = popen(request, "re")
            _ = try shell("sleep 1.5")
            hub.send(SIGTERM)
            _ = try shell("sleep 0.2")

            #expect(try shell("curl -s -o /dev/null \(hub.url)/healthz").status == 7)
            var answer = [CChar](repeating: 0, count: 64)
            fgets(&answer, 64, pending)
            pclose(pending)
            #expect(answer.starts(with: "201".utf8.map(CChar.init(bitPattern:))))
            #expect(try hub.hasEnded())
        }
    }

    @Test func `readyz says why a hub is not ready, and the API asks to come again`() throws {
        let hub = try RunningHub("--database-url 'host=/nonexistent dbname=none'")

        let ready = try hub.curl("/readyz")
        let entity = try hub.curl(room, "-i")

        #expect(ready.status == 503 && ready.body.contains("/nonexistent"))
        #expect(entity.status == 503 && entity.body.contains("Retry-After: 1"))
        #expect(try hub.curl("/healthz").status == 200)
        hub.send(SIGTERM)
        #expect(try hub.hasEnded())
    }

    @Test func `metrics count requests by route, and no id is a label`() async throws {
        try await TestDatabase.with { database in
            let hub = try RunningHub("--database-url '\(database.connectionString)'")
            #expect(try hub.isReady())

            _ = try hub.curl(room)
            let metrics = try hub.curl("/metrics").body

            let line = #"atria_http_requests_total{method="GET",route="/entities/{id}",status="404"} 1"#
            #expect(metrics.contains(line))
            #expect(metrics.contains(#"atria_write_batch_mutations_count{lane="interactive"} 0"#))
            #expect(!metrics.contains("Room:1"))
            #expect(try hub.curl("/metrics", "-X POST").status == 405)
        }
    }

    @Test
    func `metrics of the write lanes, the database's lanes, the reactors and the memory move with the load`()
        async throws
    {
        try await TestDatabase.with { database in
            let hub = try RunningHub("--workers 1 --database-url '\(database.connectionString)'")
            #expect(try hub.isReady())
            for number in 1...20 { #expect(try hub.create("urn:ngsi-ld:Room:\(number)") == 201) }
            let batch = (21...50).map { #"{"id":"urn:ngsi-ld:Room:\#($0)","type":"Room"}"# }.joined(
                separator: ",")
            _ = try hub.curl(
                "/ngsi-ld/v1/entityOperations/create", "-H 'Content-Type: application/json' -d '[\(batch)]'")
            // What a worker alone knows is published every second.
            _ = try shell("sleep 1.5")
            let text = try hub.curl("/metrics").body
            func value(_ name: String) -> Double? {
                let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
                return line.flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }
            }

            #expect(value(#"atria_write_batch_mutations_sum{lane="interactive"}"#) == 20)
            #expect(value(#"atria_write_batch_mutations_count{lane="interactive"}"#) == 20)
            #expect(value(#"atria_write_batch_mutations_bucket{lane="interactive",le="1"}"#) == 20)
            #expect(value(#"atria_write_batch_mutations_sum{lane="bulk"}"#) == 30)
            #expect(value(#"atria_write_waiting_bytes{lane="bulk"}"#) == 0)
            #expect(value(#"atria_write_saturated_total{lane="interactive"}"#) == 0)
            #expect(value(#"atria_http_requests_total{method="POST",route="/entities",status="201"}"#) == 20)
            #expect(value(#"atria_database_connections{worker="0",lane="points"}"#) == 1)
            #expect(value(#"atria_database_connections{worker="0",lane="queries"}"#) == 4)
            #expect(value(#"atria_database_calls_in_flight{worker="0",lane="queries"}"#) == 0)
            #expect(value(#"atria_database_calls_waiting{worker="0",lane="points"}"#) == 0)
            #expect(value("atria_reactor_lag_seconds_count") ?? 0 > 0)
            #expect(value("atria_reactor_turn_seconds_sum") ?? 0 > 0)
            #expect(value("atria_process_resident_bytes") ?? 0 > 1_000_000)
            #expect(value("atria_write_batches_total") == nil)
        }
    }

    @Test func `a port that is taken is refused, and the message says who has it`() async throws {
        let hub = try RunningHub("--database-url 'host=/nonexistent'")
        let port = hub.url.split(separator: ":").last ?? ""

        let second = try Program.run("serve --listen 127.0.0.1:\(port) --database-url 'host=/nonexistent'")

        #expect(second.status == 1)
        #expect(second.output.contains("Address already in use") && second.output.contains("(atria) has it"))
    }

    @Test func `over TLS, with a certificate that is read again on SIGHUP`() throws {
        let (_, folder) = try shell("mktemp -d /tmp/atria-tls.XXXXXX")
        func issue(_ name: String) throws {
            _ = try shell(
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=\(name) "
                    + "-keyout \(folder)/key -out \(folder)/certificate 2>/dev/null")
        }
        try issue("first")
        let hub = try RunningHub(
            "--database-url 'host=/nonexistent' --tls-certificate \(folder)/certificate --tls-key \(folder)/key"
        )
        let address = hub.url.split(separator: "/").last ?? ""
        let subject =
            "openssl s_client -connect \(address) </dev/null 2>/dev/null | openssl x509 -noout -subject"

        #expect(try shell("curl -sk https://\(address)/healthz").output == #"{"status":"alive"}"#)
        #expect(try shell(subject).output.contains("first"))
        try issue("second")
        hub.send(SIGHUP)
        _ = try shell("sleep 0.3")

        #expect(try shell(subject).output.contains("second"))
        _ = try shell("rm -r \(folder)")
    }

    @Test func `without a database URL it runs a PostgreSQL of its own, which ends with it`() throws {
        let (_, folder) = try shell(
            "mktemp -d /tmp/atria-data.XXXXXX && chmod 755 $(ls -dt /tmp/atria-data.* | head -n 1)")
        let first = try RunningHub("--data-dir \(folder)/data")
        #expect(try first.isReady())
        #expect(try first.create("urn:ngsi-ld:Room:1") == 201)
        let second = try Program.run("serve --listen 127.0.0.1:0 --data-dir \(folder)/data")
        #expect(second.status == 1 && second.output.contains("in use"))

        first.send(SIGTERM)
        #expect(try first.hasEnded())
        #expect(try shell("find \(folder) -name postmaster.pid").output == "")

        let third = try RunningHub("--data-dir \(folder)/data")
        #expect(try third.isReady())
        #expect(try third.curl(room).status == 200)
        third.send(SIGTERM)
        #expect(try third.hasEnded())
        _ = try shell("rm -rf \(folder)")
    }
}

@Suite struct `The other commands` {
    @Test func `migrate prepares the database and may run again`() async throws {
        try await TestDatabase.with { database in
            let first = try Program.run("migrate --database-url '\(database.connectionString)'")
            let second = try Program.run("migrate --database-url '\(database.connectionString)'")

            #expect(first.status == 0 && first.output.contains("migration=0001"))
            #expect(second.status == 0 && !second.output.contains("migration="))
        }
    }

    @Test func `check prints what is in effect, and names what is wrong with status 2`() throws {
        #expect(try Program.run("check --print --workers 3").output.contains("workers: 3  # --workers"))
        let wrong = try Program.run("check --workers none")
        #expect(
            wrong.status == 2
                && wrong.output == "atria: --workers: `none` is not a whole number, from 1 to 256")
    }

    @Test func `version and help`() throws {
        #expect(try Program.run("version").output.hasPrefix("atria "))
        #expect(try Program.run("--help").output.contains("--database-url"))
        #expect(try Program.run("fly").status == 2)
    }
}
