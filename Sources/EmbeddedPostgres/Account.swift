import Glibc

/// The user that PostgreSQL runs as: ours, or another one where we are root, as which it refuses to run.
struct Account: Sendable {
    let user: uid_t
    let group: gid_t
    let name: String

    /// The user `name`; nil: ourselves, or the user `postgres` where we are root.
    static func find(_ name: String?) throws -> Account {
        guard geteuid() == 0 else {
            return Account(user: geteuid(), group: getegid(), name: "user \(geteuid())")
        }
        let name = name ?? "postgres"
        guard let entry = getpwnam(name)?.pointee, entry.pw_uid != 0 else {
            throw EmbeddedPostgresError(
                """
                PostgreSQL does not run as root, and there is no user "\(name)" to run it as: \
                create one, or start the hub as a user that is not root
                """)
        }
        return Account(user: entry.pw_uid, group: entry.pw_gid, name: "user \"\(name)\"")
    }

    /// Makes sure that the account may pass through every directory above `path`.
    func checkWay(to path: String) throws {
        var directory = Files.directory(of: path)
        while true {
            guard canEnter(directory) else {
                throw EmbeddedPostgresError(
                    """
                    PostgreSQL would run as \(name), who may not enter \(directory): choose another data \
                    directory (such as /var/lib/atria), or start the hub as a user that is not root
                    """)
            }
            guard directory != "/" else { return }
            directory = Files.directory(of: directory)
        }
    }

    private func canEnter(_ directory: String) -> Bool {
        var status = stat()
        guard stat(directory, &status) == 0 else { return false }
        let bit =
            status.st_uid == user ? S_IXUSR : status.st_gid == group ? S_IXGRP : S_IXOTH
        return status.st_mode & bit != 0
    }
}
