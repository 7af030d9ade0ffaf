import Threads

/// One connection, an actor on a thread of its own: waiting for the server holds up nobody else.
actor PostgresConnection {
    private let executor: ThreadExecutor
    private let box: LinkBox
    private let configuration: PostgresConfiguration
    private var prepared = PreparedStatements()

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(executor: ThreadExecutor, box: LinkBox, configuration: PostgresConfiguration) {
        self.executor = executor
        self.box = box
        self.configuration = configuration
    }

    deinit { executor.stop() }

    /// Connects on a new thread.
    static func connect(_ configuration: PostgresConfiguration) async throws(PostgresError) -> PostgresConnection {
        let executor = ThreadExecutor.start(name: "postgres")
        do {
            let box = try await Connector(executor: executor).connect(configuration)
            return PostgresConnection(executor: executor, box: box, configuration: configuration)
        } catch {
            executor.stop()
            throw error
        }
    }

    /// Whether the connection can serve somebody else: alive and outside a transaction.
    var isReusable: Bool { !box.link.isBroken && !box.link.isInTransaction }

    // MARK: Transactions

    func begin() throws(PostgresError) { try execute(configuration.begin) }

    /// Commits, and throws when the server rolled back instead: it does so without an error when a statement before had
    /// failed and its error was not heeded.
    func commit() throws(PostgresError) {
        guard try box.link.execute("COMMIT", patience: configuration.patience) == "COMMIT" else {
            throw PostgresError(
                .statement, "rolled back, since a statement of the transaction had failed", sqlState: "25P02")
        }
    }

    /// Runs text without parameters, such as SAVEPOINT.
    ///
    /// `patience`: how long the server may take, when it is given more time than usual.
    func execute(_ text: String, patience: Duration? = nil) throws(PostgresError) {
        try box.link.execute(text, patience: patience ?? configuration.patience)
    }

    // MARK: Statements

    func query(_ statement: SQL, patience: Duration? = nil) throws(PostgresError) -> [Row] {
        do {
            return try run(statement, patience ?? configuration.patience)
        } catch  where error.isOutdatedPlan && !box.link.isInTransaction {
            return try run(statement, patience ?? configuration.patience)
        }
    }

    /// Sends all statements in one go and reads their answers (libpq pipeline mode).
    ///
    /// The first failure is thrown; the statements behind it were not carried out.
    func pipeline(_ statements: [SQL]) throws(PostgresError) -> [[Row]] {
        let bound = try bind(statements)
        do {
            return try box.link.pipeline(bound, patience: configuration.patience).map(\.all)
        } catch {
            heed(error, of: bound)
            throw error
        }
    }

    private func run(_ statement: SQL, _ patience: Duration?) throws(PostgresError) -> [Row] {
        let bound = try bind([statement])
        do {
            if bound[0].isNew { try box.link.prepare(bound[0], patience: patience) }
            return try box.link.execute(bound[0], patience: patience).all
        } catch {
            heed(error, of: bound)
            throw error
        }
    }

    private func bind(_ statements: [SQL]) throws(PostgresError) -> [BoundStatement] {
        if prepared.isFull, !box.link.isInTransaction {
            try execute("DEALLOCATE ALL")
            prepared.reset()
        }
        return statements.map { statement in
            var bound = BoundStatement(text: statement.text, parameters: statement.parameters)
            if configuration.preparesStatements { prepared.name(&bound) }
            return bound
        }
    }

    private func heed(_ error: PostgresError, of statements: [BoundStatement]) {
        if error.isOutdatedPlan { prepared.forgetAll() }
        for statement in statements where statement.isNew {
            prepared.forget(statement)
        }
    }
}

/// Holds a link for an actor to own.
///
/// `@unchecked Sendable`: the box is made in ``Connector`` and handed over once; from then on only the owning
/// connection touches it, whose executor is the one thread that made it.
private final class LinkBox: @unchecked Sendable {
    let link: Link
    init(_ link: consuming Link) { self.link = link }
}

/// Makes the connection on the thread that will use it.
private actor Connector {
    private let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(executor: ThreadExecutor) { self.executor = executor }

    func connect(_ configuration: PostgresConfiguration) throws(PostgresError) -> LinkBox {
        LinkBox(try Link(configuration))
    }
}
