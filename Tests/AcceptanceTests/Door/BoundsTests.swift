import Foundation
import TestSupport
import Testing

/// Bounds of the SMTP port as the configuration sets them.
@Suite("Bounds of the door", .serialized)
struct BoundsTests {
    private func with(_ name: String, _ extra: [String: String], _ body: @Sendable (Int) async throws -> Void)
        async throws
    {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder, extra: extra)
        try await daemon.run { _ in try await body(daemon.smtpPort) }
    }

    @Test(
        "10, 25, 29: errors, lines and Received fields are limited as the configuration says", .timeLimit(.minutes(1)))
    func limits() async throws {
        let extra = [
            "BREVDUE_SMTP_ERROR_LIMIT": "3", "BREVDUE_SMTP_LINE_LIMIT": "1000", "BREVDUE_SMTP_RECEIVED_LIMIT": "1",
        ]
        try await with("bounds", extra) { port in
            let wire = try Wire(port: port)
            #expect(wire.open())
            #expect(wire.hand("Received: x\r\nReceived: y\r\n\r\nHej\r\n").hasPrefix("554 5.4.6"))
            #expect(wire.hand("Received: x\r\n\r\n\(String(repeating: "x", count: 1001))\r\n").hasPrefix("554 5.6.0"))
            #expect(wire.command("FROB").hasPrefix("421 4.7.0"))
        }
    }

    @Test("43: the 51st connection of one address outside our own networks is refused at once", .timeLimit(.minutes(1)))
    func connections() async throws {
        try await with("crowd", ["BREVDUE_SMTP_OWN_NETWORKS": ""]) { port in
            let wires = try (0..<50).map { _ in try Wire(port: port) }
            for wire in wires { #expect(wire.reply().hasPrefix("220 ")) }
            let last = try Wire(port: port)
            #expect(last.reply().hasPrefix("421 4.7.0"))
            #expect(wires[0].command("QUIT").hasPrefix("221 "))
            try await until("there is room again") { try Wire(port: port).reply().hasPrefix("220 ") }
        }
    }
}
