package import Logging
package import Postgres
import Records
import ServiceLifecycle

/// Looks after mails that nobody works on: those composed while no relay was configured, and those whose job is with the
/// dead letters.
package struct OutboxKeeper: Service {
    private let pool: PostgresPool
    private let pause: Duration
    private let logger: Logger

    package init(pool: PostgresPool, pause: Duration = .seconds(30), logger: Logger) {
        self.pool = pool
        self.pause = pause
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await keep()
                } catch {
                    logger.warning("the outbox was not looked after", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: pause * Double.random(in: 0.8...1.2))
            }
        }
    }

    package func keep() async throws {
        _ = try await pool.query(Outbox.setAsideDead())
        _ = try await pool.query(Outbox.sendWaiting())
        _ = try await pool.query(Outbox.forgetCounts())
    }
}
