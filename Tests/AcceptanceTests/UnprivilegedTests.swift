import Foundation
import Postgres
import TestSupport
import Testing

@Suite("A user without rights", .enabled(if: geteuid() == 0, "only root can become somebody else"))
struct UnprivilegedTests {
    private func owner(of running: TestDaemon.Running) throws -> String? {
        try FileManager.default.attributesOfItem(atPath: "/proc/\(running.pid)")[.ownerAccountName] as? String
    }

    @Test("the daemon of such a user takes mail and answers it, as on a server of its own", .timeLimit(.minutes(2)))
    func answers() async throws {
        let folder = try Repository.temporaryFolder("unprivileged")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder, user: "brevdue")
        try await daemon.run { running in
            #expect(try owner(of: running) == "brevdue")
            let outcome = try await daemon.send(SampleMail.forward(1))
            let id = "<a.1@fjordtek.example>"
            let counts = try await daemon.settle([id])
            #expect(counts[id] == [1, 1, 1], "\(outcome)")
        }
    }
}
