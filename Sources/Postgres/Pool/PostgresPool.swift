package import Logging
import Synchronization

/// A bounded set of connections that are opened when needed and replaced when broken.
package final class PostgresPool: Sendable {
    /// Whose place a piece of work takes.
    package enum Slot: Sendable {
        case shared
        /// The place kept for heartbeats.
        case reserved
    }

    /// Who waits for a connection.
    private struct Waiter: Sendable {
        var continuation: CheckedContinuation<Grant, any Error>
    }
    private typealias State = PoolState<PostgresConnection, Waiter>
    private typealias Grant = PoolState<PostgresConnection, Waiter>.Grant

    package let configuration: PostgresConfiguration
    private let logger: Logger
    private let state: Mutex<State>

    package init(_ configuration: PostgresConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        state = Mutex(State(limit: configuration.connections, reserved: configuration.reserved))
    }

    /// Runs one statement in a transaction of its own.
    ///
    /// `patience`: how long its answer is waited for, when that is less than usual; the connection is given up then.
    package func query(_ statement: SQL, slot: Slot = .shared, patience: Duration? = nil) async throws -> [Row] {
        try await withConnection(slot) { try await $0.query(statement, patience: patience) }
    }

    /// Runs statements in one round trip and one implicit transaction: all of them take effect, or none.
    package func pipeline(_ statements: [SQL], slot: Slot = .shared) async throws -> [[Row]] {
        try await withConnection(slot) { try await $0.pipeline(statements) }
    }

    /// Runs the body in a transaction that commits when it returns and rolls back when it throws.
    ///
    /// The whole body is done again, at most `retries` times with a growing pause, when the server says that it
    /// conflicted with another transaction, and when its connection turns out to be gone before it could begin; it must
    /// have no other effects than those on the database. A connection that is lost while a statement or the commit is
    /// under way throws `connectionLost`: in the commit, whether it took place is not known.
    package func transaction<Value: Sendable>(
        retries: Int = 5, slot: Slot = .shared, _ body: @Sendable (Transaction) async throws -> Value
    ) async throws -> Value {
        var attempt = 0
        while true {
            do {
                return try await withConnection(slot) { try await Self.run(body, on: $0) }
            } catch let error as PostgresError where error.isWorthRepeating && attempt < retries {
                attempt += 1
                let pause = Double(1 << attempt) * Double.random(in: 0.5...1.5)
                try await Task.sleep(for: .milliseconds(pause * 2))
            }
        }
    }

    private static func run<Value: Sendable>(
        _ body: @Sendable (Transaction) async throws -> Value, on connection: PostgresConnection
    ) async throws -> Value {
        try await connection.begin()
        let value: Value
        do {
            value = try await body(Transaction(connection))
        } catch {
            // A connection that cannot even roll back is broken and is not used again.
            try? await connection.execute("ROLLBACK")
            throw isLost(error) ? PostgresError(.connectionLost, "the connection was ended in the transaction") : error
        }
        try await connection.commit()
        return value
    }

    /// A connection that is gone when a transaction begins is replaced; one that the server ended in the middle, as for
    /// taking too long, would only be lost again.
    private static func isLost(_ error: any Error) -> Bool { (error as? PostgresError)?.code == .unavailable }

    /// Closes what is idle and refuses new work; what is lent is closed when it comes back.
    package func close() {
        let rest = state.withLock { $0.close() }
        for waiter in rest.waiters {
            waiter.continuation.resume(throwing: PostgresError(.unavailable, "the pool is closed"))
        }
    }

    /// Lends a connection; one that was ended by the server while it was idle is replaced without the caller's knowing.
    private func withConnection<Value: Sendable>(
        _ slot: Slot, _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        // Bounded, since others bring connections back meanwhile.
        var replacements = configuration.connections
        while true {
            let (connection, isNew) = try await acquire(slot)
            do {
                let value = try await body(connection)
                release(connection)
                return value
            } catch {
                let isReusable = await connection.isReusable
                release(isReusable ? connection : nil)
                guard !isNew, !isReusable, replacements > 0, (error as? PostgresError)?.code == .unavailable else {
                    throw error
                }
                replacements -= 1
            }
        }
    }

    private func acquire(_ slot: Slot) async throws -> (PostgresConnection, isNew: Bool) {
        let isReserved = slot == .reserved
        let grant =
            if let grant = try state.withLock({ try $0.take(reserved: isReserved, now: .now) }) {
                grant
            } else {
                try await wait(reserved: isReserved)
            }
        switch grant {
        case .open(let connection): return (connection, isNew: false)
        case .mayConnect: return (try await connect(), isNew: true)
        }
    }

    private func connect() async throws -> PostgresConnection {
        do {
            let connection = try await PostgresConnection.connect(configuration)
            state.withLock { $0.connected() }
            return connection
        } catch {
            state.withLock { $0.failedToConnect(now: .now, jitter: .random(in: 0...1)) }
            release(nil)
            logger.warning("no connection to the database", metadata: ["error": "\(error)"])
            throw error
        }
    }

    /// Waits for a place, at most as long as configured.
    private func wait(reserved: Bool) async throws -> Grant {
        let ticket = Ticket()
        return try await withThrowingTaskGroup(of: Grant?.self) { group in
            group.addTask {
                try await withTaskCancellationHandler {
                    try await withCheckedThrowingContinuation { continuation in
                        self.enqueue(Waiter(continuation: continuation), reserved: reserved, ticket: ticket)
                    }
                } onCancel: {
                    self.abandon(ticket)
                }
            }
            group.addTask {
                try? await Task.sleep(for: self.configuration.acquireTimeout)
                self.abandon(ticket)
                return nil
            }
            while let grant = try await group.next() {
                guard let grant else { continue }
                group.cancelAll()
                return grant
            }
            throw exhausted
        }
    }

    private func enqueue(_ waiter: Waiter, reserved: Bool, ticket: Ticket) {
        do {
            let grant = try state.withLock { state throws(PostgresError) in
                if let grant = try state.take(reserved: reserved, now: .now) { return grant as Grant? }
                guard ticket.take(state.nextWaiter) else { throw exhausted }
                state.wait(reserved: reserved, waiter)
                return nil
            }
            if let grant { waiter.continuation.resume(returning: grant) }
        } catch {
            waiter.continuation.resume(throwing: error)
        }
    }

    private func abandon(_ ticket: Ticket) {
        guard let number = ticket.abandon() else { return }
        state.withLock { $0.removeWaiter(number) }?.continuation.resume(throwing: exhausted)
    }

    private var exhausted: PostgresError {
        PostgresError(.poolExhausted, "no connection became free within \(configuration.acquireTimeout)")
    }

    private func release(_ connection: PostgresConnection?) {
        guard let (waiter, grant) = state.withLock({ $0.giveBack(connection) }) else { return }
        waiter.continuation.resume(returning: grant)
    }
}
