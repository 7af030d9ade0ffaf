import Jobs
import Logging
import Postgres
import PostgresCluster
import Records

/// The database of the configuration: its own, or the embedded one.
struct DatabaseAccess: Sendable {
    var pool: PostgresPool
    /// Of the API, so that slow readers take no connection from the mail.
    var poolForReaders: PostgresPool
    /// The embedded cluster, when this process runs it.
    var cluster: PostgresCluster?
    /// The right to the data directory, held as long as this value lives.
    var lock: DirectoryLock?

    private init(url: String, cluster: PostgresCluster? = nil, lock: DirectoryLock? = nil, logger: Logger) {
        var configuration = PostgresConfiguration(url: url)
        pool = PostgresPool(configuration, logger: logger)
        configuration.connections = 4
        poolForReaders = PostgresPool(configuration, logger: logger)
        self.cluster = cluster
        self.lock = lock
    }

    /// For the daemon: takes the data directory, starts the embedded cluster, brings the schema up to date.
    static func serve(_ settings: Settings, user: String, node: String, logger: Logger) async throws -> DatabaseAccess {
        let lock = try DirectoryLock(directory: settings.dataDirectory)
        let cluster = settings.database.url == nil ? try await cluster(settings, user: user, logger: logger) : nil
        try await cluster?.start()
        let access = DatabaseAccess(
            url: settings.database.url ?? cluster?.conninfo ?? "", cluster: cluster, lock: lock, logger: logger)
        try await access.prepare(node: node, logger: logger)
        return access
    }

    /// For a command: joins the running cluster, or starts it for as long as the body runs.
    static func with<Value: Sendable>(
        _ settings: Settings, user: String = "brevdue", logger: Logger, _ body: (DatabaseAccess) async throws -> Value
    ) async throws -> Value {
        if settings.database.url == nil, DirectoryLock.isHeld(settings.dataDirectory) {
            let running = try await cluster(settings, user: user, logger: logger)
            let access = DatabaseAccess(url: running.conninfo, logger: logger)
            defer { access.close() }
            return try await body(access)
        }
        let access = try await serve(settings, user: user, node: "command", logger: logger)
        do {
            let value = try await body(access)
            await access.stop()
            return value
        } catch {
            await access.stop()
            throw error
        }
    }

    func stop() async {
        close()
        await cluster?.stop()
    }

    private func close() {
        pool.close()
        poolForReaders.close()
    }

    private func prepare(node: String, logger: Logger) async throws {
        try await ServerCheck.run(on: pool, schema: RecordsMigrations.schema, makesRoles: true)
        _ = try await Migrator(schema: RecordsMigrations.schema, node: node, pool: pool, logger: logger)
            .run(RecordsMigrations.all)
    }

    private static func cluster(_ settings: Settings, user: String, logger: Logger) async throws -> PostgresCluster {
        try await PostgresCluster(
            dataDirectory: settings.dataDirectory,
            binaries: try await Binaries.locate(configured: settings.database.binaries),
            user: user, logger: logger)
    }
}
