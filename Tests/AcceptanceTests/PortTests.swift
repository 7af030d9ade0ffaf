import Foundation
import Subprocess
import TestSupport
import Testing

/// A start that cannot have its ports.
@Suite("Ports that are taken", .enabled(if: SMTPSink.isInstalled))
struct PortTests {
    @Test(
        "the start ends with 1 and names the setting and the address", .timeLimit(.minutes(1)),
        arguments: ["smtp.listen", "http.listen"])
    func taken(_ setting: String) async throws {
        let folder = try Repository.temporaryFolder("port")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let other = try SMTPSink(folder: folder + "/other")
        try await other.run {
            try await until("the port is taken") { SMTPSink.listens(on: other.port) }
            let daemon = try TestDaemon(
                directory: folder, smtpPort: setting == "smtp.listen" ? other.port : nil,
                httpPort: setting == "http.listen" ? other.port : nil)
            let (status, _, complaint) = try await daemon.outcome(of: ["serve"])
            #expect(status == .exited(1))
            #expect(complaint.contains("\(setting): 127.0.0.1:\(other.port) cannot be had"), "\(complaint)")
        }
    }
}
