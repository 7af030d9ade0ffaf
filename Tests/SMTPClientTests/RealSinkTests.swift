import Foundation
import Glibc
import SMTPClient
import Testing

/// The smtp-sink of Postfix on a free port of loopback, for as long as this lives.
final class RealSink: Sendable {
    static let program = "/usr/sbin/smtp-sink"
    static var isPossible: Bool { FileManager.default.isExecutableFile(atPath: program) }

    let url: String
    private let process = Process()

    init() throws {
        var found: (socket: LoopbackSocket, port: UInt16)? = try LoopbackSocket.listening()
        let port = found?.port ?? 0
        found = nil
        url = "smtp://127.0.0.1:\(port)"
        process.executableURL = URL(fileURLWithPath: Self.program)
        // As root it wants to be somebody else.
        process.arguments = (getuid() == 0 ? ["-u", "nobody"] : []) + ["127.0.0.1:\(port)", "100"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<500 {
            if LoopbackSocket.connected(port: port) != nil { return }
            usleep(10_000)
        }
    }

    /// By SIGKILL: a child of a thread that blocks signals, as those of Dispatch do, is deaf to SIGTERM.
    deinit { kill(process.processIdentifier, SIGKILL) }
}

@Suite(
    "Postfix's smtp-sink", .timeLimit(.minutes(1)),
    .enabled(if: RealSink.isPossible, "needs smtp-sink of the package postfix"))
struct RealSinkTests {
    @Test("takes one mail after the other from four clients")
    func takesMany() async throws {
        let sink = try RealSink()
        let relay = try SMTPRelay(url: sink.url, tls: .opportunistic, heloName: "us.example")
        let mail = try SMTPTransaction.sample(String(repeating: "Hej med jer\r\n", count: 1_500))
        let taken = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...4 {
                let client = try SMTPClient(relay: relay)
                group.addTask {
                    var taken = 0
                    for _ in 1...50 {
                        if case .accepted(let reply) = await client.send(mail, beforeData: {}) {
                            #expect(reply.code == 250)
                            taken += 1
                        }
                    }
                    return taken
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(taken == 200)
    }
}
