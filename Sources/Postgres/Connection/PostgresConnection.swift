import CPostgres
import Threads

/// One connection, an actor on a thread of its own: libpq's blocking calls hold up nobody else.
actor PostgresConnection {
    /// Statements kept prepared; beyond it all are forgotten and prepared anew.
    private static let preparedLimit = 256

    private let executor: ThreadExecutor
    private let link: LinkBox
    private let prepares: Bool
    private var prepared: [String: String] = [:]
    private var preparedEver = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(executor: ThreadExecutor, link: LinkBox, prepares: Bool) {
        self.executor = executor
        self.link = link
        self.prepares = prepares
    }

    deinit { executor.stop() }

    /// Connects on a new thread.
    static func connect(_ configuration: PostgresConfiguration) async throws(PostgresError) -> PostgresConnection {
        let executor = ThreadExecutor.start(name: "postgres")
        let connector = Connector(executor: executor)
        do {
            let link = try await connector.connect(configuration.conninfo)
            return PostgresConnection(executor: executor, link: link, prepares: configuration.preparesStatements)
        } catch {
            executor.stop()
            throw error
        }
    }

    var isBroken: Bool { link.link.isBroken }

    /// Whether the connection can serve somebody else: alive and outside a transaction.
    var isReusable: Bool { !link.link.isBroken && !link.link.isInTransaction }

    func execute(_ text: String) throws(PostgresError) { try link.link.execute(text) }

    func query(_ statement: SQL) throws(PostgresError) -> [Row] {
        let text = statement.text
        let name = try prepare(text, types: statement.parameters.types)
        let rows = try link.link.execute(text, preparedAs: name, statement.parameters)
        return Self.rows(rows)
    }

    /// Sends all statements in one go and reads their answers (libpq pipeline mode).
    ///
    /// The first failure is thrown; the statements behind it were not carried out.
    func pipeline(_ statements: [SQL]) throws(PostgresError) -> [[Row]] {
        let prepared = try statements.map { statement throws(PostgresError) in
            let text = statement.text
            return (text, try prepare(text, types: statement.parameters.types), statement.parameters)
        }
        link.link.enterPipeline()
        defer { link.link.exitPipeline() }
        for (text, name, parameters) in prepared {
            try link.link.send(text, preparedAs: name, parameters)
        }
        link.link.sync()
        return try readPipeline(count: statements.count)
    }

    private func readPipeline(count: Int) throws(PostgresError) -> [[Row]] {
        var results: [[Row]] = []
        var failure: PostgresError?
        for index in 0..<count {
            do {
                results.append(Self.rows(try link.link.take(link.link.nextResult())))
            } catch {
                var error = error
                error.message = "statement \(index + 1) of \(count): \(error.message)"
                if failure == nil { failure = error }
            }
            while let rest = link.link.nextResult() { PQclear(rest) }
        }
        // The answer to the sync.
        if let rest = link.link.nextResult() { PQclear(rest) }
        if let failure { throw failure }
        return results
    }

    private static func rows(_ rows: ResultRows) -> [Row] {
        (0..<rows.count).map { Row(rows, index: $0) }
    }

    /// The server's name of the statement; planning each time would cost more than running most of ours.
    private func prepare(_ text: String, types: [UInt32]) throws(PostgresError) -> String? {
        guard prepares else { return nil }
        if let name = prepared[text] { return name }
        if prepared.count >= Self.preparedLimit, !link.link.isInTransaction {
            try link.link.execute("DEALLOCATE ALL")
            prepared.removeAll()
        }
        preparedEver += 1
        let name = "s\(preparedEver)"
        try link.link.prepare(text, name: name, types: types)
        prepared[text] = name
        return name
    }
}

/// Holds a link for an actor to own.
///
/// `@unchecked Sendable`: the box is made in ``Connector`` and handed over once; from then on only the owning
/// connection touches it, whose executor is the one thread that made it.
final class LinkBox: @unchecked Sendable {
    let link: Link
    init(_ link: consuming Link) { self.link = link }
}

/// Makes the connection on the thread that will use it.
private actor Connector {
    private let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(executor: ThreadExecutor) { self.executor = executor }

    func connect(_ conninfo: String) throws(PostgresError) -> LinkBox { LinkBox(try Link(conninfo: conninfo)) }
}
