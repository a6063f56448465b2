import NGSILD
import Networking
import Postgres

/// A write lane's connection: the two round trips of a batch, and the question what became of one.
final class WriteSession {
    private let configuration: PostgresConfiguration
    private let reactor: Reactor
    private let tenants: TenantDirectory
    private let clock: @Sendable () -> Timestamp
    private var connection: PostgresConnection?
    /// Of the server's present run (table `server_epoch`).
    private var epoch = ""

    init(
        _ configuration: PostgresConfiguration, on reactor: Reactor, tenants: TenantDirectory,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.configuration = configuration
        self.reactor = reactor
        self.tenants = tenants
        self.clock = clock
    }

    /// What the first round trip gives.
    private struct Start {
        var rows: [LockedRow?]
        /// The number of the transaction (`pg_current_xact_id`).
        var transaction: String
        var version: Int64
    }

    /// One transaction, two round trips; one outcome per mutation, nil where it has to run again because
    /// another process has created its entity in between.
    ///
    /// - Throws: `PostgresError` where nothing was stored; `StorageError.outcomeUnknown`.
    func store(
        _ mutations: [Mutation], until deadline: MonotonicTime
    ) async throws -> [Result<Outcome, any Error>?] {
        let keys = BatchKeys(mutations)
        let connection = try await open()
        let start = try await begin(keys, on: connection)
        if start.version > tenants.version {
            tenants.update(try await connection.execute(.readDeletedTenants))
        }
        let batch = WriteBatch(
            mutations, keys: keys, rows: start.rows, at: clock(), deleted: tenants.deleted)
        let inserts = try await commit(batch.changes, of: start, on: connection, until: deadline)
        return zip(batch.outcomes, keys.ofMutation).map { outcome, key in
            guard inserts.notOurs.contains(keys.sorted[key]) else { return outcome.mapError { $0 } }
            return inserts.isCertain ? nil : .failure(StorageError.outcomeUnknown)
        }
    }

    func close() {
        connection?.close()
        connection = nil
    }

    // MARK: First round trip

    private func begin(_ keys: BatchKeys, on connection: PostgresConnection) async throws -> Start {
        var columns = KeyColumns()
        for key in keys.sorted { columns.append(key) }
        let answers = try await connection.execute([.begin, .lockAndLoad(columns), .readConfiguration])
        return Start(
            rows: Self.place(answers[1], on: keys.sorted), transaction: answers[2].text(0, 0),
            version: answers[2].int64(0, 1))
    }

    /// Rows and keys come in one order, so that one walk finds each row's place.
    private static func place(_ rows: Rows, on keys: [EntityKey]) -> [LockedRow?] {
        var next = 0
        let placed = keys.map { key -> LockedRow? in
            guard next < rows.count, rows.int32(next, 7) == key.tenant.number else { return nil }
            var id = key.id.description
            let isThis = rows.withBytes(next, 0) { bytes in
                id.withUTF8 { bytes.elementsEqual(UnsafeRawBufferPointer($0)) }
            }
            guard isThis else { return nil }
            defer { next += 1 }
            return LockedRow(
                entity: Entity(StoredEntity(rows, row: next, id: key.id.description)),
                due: rows.isNull(next, 8) ? nil : Timestamp(microseconds: rows.timestamp(next, 8)))
        }
        precondition(next == rows.count, "the database sorts its keys in another order than we do")
        return placed
    }

    // MARK: Second round trip

    /// What became of a batch's inserts.
    private struct Inserts {
        /// Rows that were there already when ours came.
        var notOurs: Set<EntityKey> = []
        /// False: told after the connection broke, when a row of ours may have been changed since.
        var isCertain = true
    }

    private func commit(
        _ changes: WriteSet, of start: Start, on connection: PostgresConnection, until deadline: MonotonicTime
    ) async throws -> Inserts {
        do {
            let answers = try await connection.execute(changes.calls + [.commit])
            guard !changes.inserts.keys.isEmpty else { return Inserts() }
            return Inserts(notOurs: changes.inserts.keys.set.subtracting(KeyColumns(answers[0]).set))
        } catch let error as PostgresError where error.isConnectionLost && !changes.isEmpty {
            return try await inserts(
                of: changes, afterLosing: start.transaction, with: error, until: deadline)
        }
    }

    /// Between two questions for the fate of a transaction, which its server may still be at.
    private static let inquiryPause = Duration.milliseconds(20)

    /// Asks over a new connection what became of `transaction`, whose commit was not answered.
    ///
    /// - Throws: `error` where it did not happen; `StorageError.outcomeUnknown`.
    private func inserts(
        of changes: WriteSet, afterLosing transaction: String, with error: PostgresError,
        until deadline: MonotonicTime
    ) async throws -> Inserts {
        let formerEpoch = epoch
        repeat {
            await reactor.sleep(Self.inquiryPause)
            guard let fate = try? await fate(of: transaction, from: formerEpoch, changes) else {
                continue  // Still away; the deadline ends it.
            }
            switch fate {
            case .committed(let ours):
                return Inserts(notOurs: changes.inserts.keys.set.subtracting(ours), isCertain: false)
            case .aborted: throw error
            case .forgotten: throw StorageError.outcomeUnknown
            case .running: continue
            }
        } while .now < deadline
        throw StorageError.outcomeUnknown
    }

    private enum Fate {
        case committed(inserted: Set<EntityKey>)
        case aborted
        /// The server has not noticed yet that its client is gone.
        case running
        /// Too old, or of an earlier run of the server.
        case forgotten
    }

    private func fate(of transaction: String, from formerEpoch: String, _ changes: WriteSet) async throws
        -> Fate
    {
        let connection = try await open()
        guard epoch == formerEpoch else { return .forgotten }
        let status = try await connection.execute(.readStatus(of: transaction))
        guard !status.isNull(0, 0) else { return .forgotten }
        switch status.text(0, 0) {
        case "committed":
            let rows = try await connection.execute(.readKeys(changes.inserts.keys, writtenBy: transaction))
            return .committed(inserted: KeyColumns(rows).set)
        case "aborted": return .aborted
        default: return .running
        }
    }

    // MARK: Connection

    /// The connection, a new one where there is none.
    ///
    /// - Throws: `PostgresError`, also where the server is a standby.
    func open() async throws -> PostgresConnection {
        if let connection, !connection.isLost { return connection }
        close()
        let fresh = try await PostgresConnection.connect(configuration, on: reactor)
        do {
            epoch = try await fresh.execute(Call.prepareSession + [.readEpoch]).last?.text(0, 0) ?? ""
        } catch {
            fresh.close()
            throw error
        }
        connection = fresh
        return fresh
    }
}

extension KeyColumns {
    /// Rows of the columns `tenant, id`.
    fileprivate init(_ rows: Rows) {
        for row in 0..<rows.count {
            append(EntityKey(tenant: TenantKey(rows.int32(row, 0)), id: EntityID(stored: rows.text(row, 1))))
        }
    }

    fileprivate var set: Set<EntityKey> {
        Set(zip(tenants, ids).map { EntityKey(tenant: TenantKey($0), id: EntityID(stored: $1)) })
    }
}

extension Call {
    /// Rows are found by their keys, whatever the statistics of the moment say; and the server's present run
    /// has a name.
    ///
    /// A standby refuses it.
    fileprivate static let prepareSession = [
        Call(Statement("SET enable_seqscan = off")),
        Call(Statement("SET enable_hashjoin = off")),
        Call(Statement("SET enable_mergejoin = off")),
        Call(Statement("INSERT INTO server_epoch DEFAULT VALUES ON CONFLICT DO NOTHING")),
    ]
    fileprivate static let readEpoch = Call(Statement("SELECT epoch::text FROM server_epoch"))

    fileprivate static func readStatus(of transaction: String) -> Call {
        Call(readStatusStatement, transaction)
    }
    private static let readStatusStatement = Statement("SELECT pg_xact_status($1::text::xid8)")

    fileprivate static func readKeys(_ keys: KeyColumns, writtenBy transaction: String) -> Call {
        Call(readKeysStatement, keys.tenants, keys.ids, transaction)
    }
    private static let readKeysStatement = Statement(
        """
        SELECT tenant, id
        FROM entity JOIN unnest($1::integer[], $2::text[]) AS wanted (tenant, id) USING (tenant, id)
        WHERE entity.xmin = $3::text::xid8::xid
        """)
}

extension Reactor {
    /// Suspends the caller, who is on this reactor, for `delay`.
    func sleep(_ delay: Duration) async {
        await withUnsafeContinuation { continuation in
            _ = schedule(after: delay) { continuation.resume() }
        }
    }
}
