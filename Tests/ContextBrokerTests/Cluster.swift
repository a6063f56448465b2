/// A PostgreSQL for one test, on a TCP port of this machine that takes TLS alone, with its authority in `ca.pem`
/// and a stranger's in `other.pem`.
final class Cluster {
    let folder: String
    let port: Int

    init() throws {
        let made = try shell(
            """
            folder=$(mktemp -d /tmp/atria-cluster.XXXXXX) && cd $folder && \(Self.functions) && {
            make="openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
            $make -keyout other.key -out other.pem -subj /CN=stranger
            $make -keyout ca.key -out ca.pem -subj /CN=authority
            $make -CA ca.pem -CAkey ca.key -addext basicConstraints=critical,CA:FALSE -keyout server.key \
                -out server.pem -subj /CN=server -addext subjectAltName=DNS:localhost,IP:127.0.0.1
            chmod 755 . && chmod 600 server.key
            [ $(id -u) -ne 0 ] || chown -R postgres: .
            owned initdb --pgdata $folder/data --username atria --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync
            printf 'local all all trust\\nhostssl all all 127.0.0.1/32 trust\\n' >data/pg_hba.conf
            for port in $(shuf -i 20000-32000 -n 10); do
                printf "port=$port\\nlisten_addresses='127.0.0.1'\\nunix_socket_directories='$folder'\\n" >data/postgresql.auto.conf
                printf "ssl=on\\nssl_cert_file='$folder/server.pem'\\nssl_key_file='$folder/server.key'\\n" >>data/postgresql.auto.conf
                owned pg_ctl --pgdata $folder/data --log $folder/log --wait start && break
            done
            } >$folder/made 2>&1
            echo $folder $port
            """)
        let words = made.output.split(separator: " ")
        guard words.count == 2, let port = Int(words[1]) else { throw ShellError(command: made.output) }
        folder = String(words[0])
        self.port = port
        guard try query("SELECT 1") == "1" else {
            throw ShellError(command: try shell("cat \(folder)/made \(folder)/log").output)
        }
    }

    deinit {
        // It may be stopped already.
        _ = try? shell("\(Self.functions); \(command("stop --mode immediate")); rm -rf \(folder)")
    }

    func start() throws {
        _ = try shell("\(Self.functions); \(command("start")) >/dev/null 2>&1")
    }

    func stop() throws {
        _ = try shell("\(Self.functions); \(command("stop --mode immediate")) >/dev/null 2>&1")
    }

    /// What `sql` gives, as psql prints it.
    func query(_ sql: String) throws -> String {
        try shell("psql -XAt -h \(folder) -p \(port) -U atria -d postgres -c \"\(sql)\" 2>&1").output
    }

    private func command(_ verb: String) -> String {
        "cd / && owned pg_ctl --pgdata \(folder)/data --log \(folder)/log --wait \(verb)"
    }

    /// `owned PROGRAM …` runs a program of the newest PostgreSQL as a user who may: it refuses to run as root.
    private static let functions = """
        owned() {
            program=$(find /usr/lib/postgresql -path '*/bin/initdb' | sort -V | tail -n 1 | xargs dirname)/$1; shift
            if [ $(id -u) -eq 0 ]; then setpriv --reuid postgres --regid postgres --init-groups $program "$@"; else $program "$@"; fi
        }
        """
}
