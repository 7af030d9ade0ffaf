package import Doors
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import Postgres
package import ServiceLifecycle

/// The JSON API (README, "The API").
package enum API {
    /// Why the API cannot be served.
    package struct Fault: Error, CustomStringConvertible {
        package var description: String
    }

    /// The service that listens at `HOST:PORT`.
    package static func service(
        listen: String, pool: PostgresPool, health: Health, chats: ChatDoor, logger: Logger
    ) throws -> any Service {
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]) else {
            throw Fault(description: "http.listen: \(listen): expected HOST:PORT")
        }
        let host = String(listen[..<colon].filter { $0 != "[" && $0 != "]" })
        let application = Application(
            router: router(pool: pool, health: health, chats: chats, logger: logger),
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [BrokenPeer()], idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            logger: logger)
        return Listener(address: listen, server: application)
    }

    /// Says by the name of its setting which port cannot be had.
    private struct Listener<Server: Service>: Service {
        let address: String
        let server: Server

        func run() async throws {
            do {
                try await server.run()
            } catch let error as IOError {
                throw Fault(description: "http.listen: \(address) cannot be had: \(error)")
            }
        }
    }

    static func router(pool: PostgresPool, health: Health, chats: ChatDoor, logger: Logger) -> Router<Session> {
        let router = Router(context: Session.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ProblemMiddleware(logger: logger))
        HealthRoutes(health: health).add(to: router)
        WebhookRoutes(door: chats).add(to: router)
        let records = router.group("v1").add(middleware: BearerMiddleware(pool: pool))
        RecordRoutes(pool: pool).add(to: records)
        AdviceRoutes(pool: pool).add(to: records)
        return router
    }
}
