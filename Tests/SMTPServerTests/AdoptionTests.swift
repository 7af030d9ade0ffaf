import SMTPServer
import Testing

@Suite("New terms for a server that runs", .timeLimit(.minutes(1)))
struct AdoptionTests {
    @Test("mail goes to the receiver that its recipients were judged by, though the server has another one by then")
    func receiver() async throws {
        let (before, after) = (Inbox(), Inbox())
        try await RunningServer.run(before) { running in
            try await Client.connect(to: running.port) { old in
                #expect(try await old.beginMessage()?.hasPrefix("354") == true)
                var limits = SMTPLimits()
                limits.greetingDelay = .zero
                running.server.adopt(limits, grace: .seconds(8), receiver: after)
                try await Client.connect(to: running.port) { (new: inout Client) async throws in
                    #expect(try await new.beginMessage()?.hasPrefix("354") == true)
                    #expect(try await new.ask("Ny\r\n.")?.hasPrefix("250") == true)
                }
                #expect(try await old.ask("Gammel\r\n.")?.hasPrefix("250") == true)
            }
        }
        #expect(before.kept.map(\.octets) == [Array("Gammel\r\n".utf8)])
        #expect(after.kept.map(\.octets) == [Array("Ny\r\n".utf8)])
    }
}
