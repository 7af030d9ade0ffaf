import Foundation
import TestSupport
import Testing

/// What the tests under mixed load stand on.
@Suite("The mixed load", .serialized, .enabled(if: MixedLoad.isPossible))
struct MixedLoadTests {
    @Test("fails when its mailbox takes no mail", .timeLimit(.minutes(1)))
    func refused() async throws {
        try await MixedLoad.with("undelivered", runsRelay: false) { load in
            // In the place of the user's folder.
            try Data().write(to: URL(filePath: load.folder + "/dovecot/mail/\(DovecotServer.user)"))
            await #expect(throws: (any Error).self) {
                try await load.whileDelivering { try await Task.sleep(for: .milliseconds(200)) }
            }
        }
    }

    @Test("fails when hardly any mail reaches its mailbox", .timeLimit(.minutes(1)))
    func slow() async throws {
        try await MixedLoad.with("slow", runsRelay: false) { load in
            await #expect(throws: TestFailure.self) {
                try await load.whileDelivering(pause: .seconds(30)) { try await Task.sleep(for: .milliseconds(2100)) }
            }
            #expect(load.delivered.count == 1)
        }
    }
}
