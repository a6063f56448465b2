import EmbeddedPostgres
import Networking
import Observability
import Postgres

/// `atria migrate`: brings the database's schema up to this program's, without serving.
struct Migrate {
    let configuration: Configuration

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    func run() throws {
        let configuration = configuration
        let sink = LogSink(configuration.logFormat)
        defer { sink.flush() }
        let log = Log(level: configuration.logLevel, to: sink)
        try runMainWorker { worker in
            let preparation = DatabasePreparation(log: log, reactor: worker.reactor)
            var embedded: EmbeddedPostgres?
            if configuration.databaseURL == nil {
                embedded = try await preparation.startEmbedded(in: configuration.dataDirectory)
            }
            defer { embedded?.stop() }
            let database = PostgresConfiguration(
                configuration.databaseURL ?? embedded?.connectionString ?? "")
            try await preparation.prepare(database, connections: 1) { true }
        }
    }
}
