import Foundation
import Hosts
import Logging
import SMTPServer
import ServiceLifecycle

/// A server on a free port of loopback, with a spool of its own.
struct RunningServer: Sendable {
    let server: SMTPServer
    private let group: ServiceGroup
    let spoolFolder: String

    /// Silent.
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    var port: Int { server.ports.first ?? 0 }

    var spooledFiles: [String] { (try? FileManager.default.contentsOfDirectory(atPath: spoolFolder)) ?? [] }

    /// A name of its own; who uses it removes the folder.
    static func newSpoolFolder() -> String {
        FileManager.default.temporaryDirectory.path + "/brevdue-spool-" + UUID().uuidString
    }

    /// Runs the server while the body does.
    static func run(
        _ receiver: Inbox = Inbox(), listener: SMTPListener = SMTPListener(address: "127.0.0.1:0"),
        certificates: TestCertificates? = nil, authenticator: (any SMTPAuthenticator)? = nil,
        balancers: [String] = [], grace: Duration = .seconds(8), isTrusted: Bool = false,
        limits change: (inout SMTPLimits) -> Void = { _ in }, _ body: @Sendable (RunningServer) async throws -> Void
    ) async throws {
        var limits = SMTPLimits()
        limits.greetingDelay = .zero
        change(&limits)
        let folder = newSpoolFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var configuration = SMTPServerConfiguration(
            listeners: [listener], hostname: Play.hostname, limits: limits,
            trustedNetworks: isTrusted ? [Network("127.0.0.0/8")].compactMap { $0 } : [])
        configuration.grace = grace
        configuration.balancers = balancers.compactMap { Network($0) }
        configuration.certificateCheck = .milliseconds(20)
        let server = SMTPServer(
            configuration, spool: try Spool(folder: folder), receiver: receiver, certificates: certificates?.loaded,
            authenticator: authenticator, logger: logger)
        try await server.bind()
        let group = ServiceGroup(services: [server], logger: logger)
        let running = RunningServer(server: server, group: group, spoolFolder: folder)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            do {
                try await body(running)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    func stop() async { await group.triggerGracefulShutdown() }

    /// Waits for what comes soon but is not announced.
    func soon(_ condition: () -> Bool) async -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while !condition() {
            guard ContinuousClock.now < end else { return false }
            await Task.yield()
        }
        return true
    }
}
