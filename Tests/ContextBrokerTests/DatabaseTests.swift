import Testing

/// The hub on a PostgreSQL that is reached over TCP and TLS, that goes away, and that comes back.
@Suite(.serialized) struct `The database over TCP` {
    @Test func `the hub speaks TLS with the server it verifies, behind a first host that is dead`() throws {
        let cluster = try Cluster()
        let hosts = "host=127.0.0.1,localhost port=1,\(cluster.port) target_session_attrs=read-write"

        let hub = try RunningHub(
            "--workers 1 --database-url '\(hosts) user=atria dbname=postgres sslmode=verify-full "
                + "sslrootcert=\(cluster.folder)/ca.pem'")
        #expect(try hub.isReady())
        #expect(try hub.create("urn:ngsi-ld:Room:1") == 201)
        let encrypted = try cluster.query(
            """
            SELECT count(*) > 3 AND bool_and(ssl AND version LIKE 'TLSv1%')
            FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name LIKE 'atria%'
            """)
        #expect(encrypted == "t")

        let distrusting = try RunningHub(
            "--workers 1 --database-url '\(hosts) user=atria dbname=postgres sslmode=verify-full "
                + "sslrootcert=\(cluster.folder)/other.pem'")
        let log = try distrusting.waits(forLog: "certificate verify failed")
        #expect(log.contains("event=database-away"))
        let ready = try distrusting.curl("/readyz")
        #expect(ready.status == 503 && ready.body.contains("certificate verify failed"))
        #expect(!log.contains("event=ready"))
    }

    @Test func `while the database is away everybody is told at once, and served again when it is back`()
        throws
    {
        let cluster = try Cluster()
        let hub = try RunningHub(
            "--workers 1 --database-url 'host=127.0.0.1 port=\(cluster.port) user=atria dbname=postgres'")
        #expect(try hub.isReady())
        #expect(try hub.create("urn:ngsi-ld:Room:1") == 201)

        try cluster.stop()
        #expect(try hub.create("urn:ngsi-ld:Room:2") == 503)
        let room = "/ngsi-ld/v1/entities/urn:ngsi-ld:Room:1"
        for arguments in ["-i", "-i -X DELETE"] {
            let answer = try hub.curl(room, arguments)
            #expect(answer.status == 503)
            #expect(answer.body.contains("Retry-After: 1"))
            #expect(answer.body.contains("the database is not available"))
        }
        try cluster.start()

        #expect(try hub.isReady())
        #expect(try hub.curl(room).status == 200)
        #expect(try hub.becomes(201) { try hub.create("urn:ngsi-ld:Room:3") })
    }
}
