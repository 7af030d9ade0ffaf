import Foundation
import SMTPServer
import Testing

@Suite("The end of the SMTP server", .timeLimit(.minutes(2)))
struct ShutdownTests {
    @Test("47: tells idle sessions, takes no new ones and lets a message on its way come to its end")
    func graceful() async throws {
        let inbox = Inbox()
        try await RunningServer.run(inbox) { running in
            let port = running.port
            try await Client.connect(to: port) { idle in
                #expect(try await idle.line()?.hasPrefix("220") == true)
                try await Client.connect(to: port) { busy in
                    _ = try await busy.beginMessage()
                    try await busy.send("Hej\r\n")
                    await running.stop()
                    #expect(try await idle.line() == "421 4.3.2 Shutting down; try again")
                    #expect(try await idle.line() == nil)
                    await #expect(throws: (any Error).self) { try await Client.connect(to: port) { _ in } }
                    #expect(try await busy.ask("igen\r\n.\r\nNOOP") == "250 2.0.0 Ok: stored as 1")
                    #expect(try await busy.line() == "421 4.3.2 Shutting down; try again")
                    #expect(try await busy.line() == nil)
                }
            }
        }
        #expect(inbox.kept.map { String(decoding: $0.octets, as: UTF8.self) } == ["Hej\r\nigen\r\n"])
    }

    @Test("47: cuts a message off when the grace is over, and keeps nothing of it")
    func graceIsOver() async throws {
        let inbox = Inbox()
        try await RunningServer.run(inbox, grace: .milliseconds(50)) { running in
            try await Client.connect(to: running.port) { client in
                _ = try await client.beginMessage()
                try await client.send("Hej\r\n")
                await running.stop()
                #expect(try await client.line() == "421 4.3.2 Shutting down; try again")
                #expect(try await client.line() == nil)
            }
        }
        #expect(inbox.kept.isEmpty)
    }

    @Test("47: answers what is being committed, also when the grace is over by then")
    func commitEnds() async throws {
        let (begun, committed) = (Gate(), Gate())
        let inbox = Inbox { _ in
            begun.open()
            await committed.passed()
            return nil
        }
        try await RunningServer.run(inbox, grace: .zero) { running in
            try await Client.connect(to: running.port) { idle in
                _ = try await idle.line()
                try await Client.connect(to: running.port) { client in
                    _ = try await client.beginMessage()
                    try await client.send("Hej\r\n.\r\n")
                    await begun.passed()
                    await running.stop()
                    // The other session shows that the end has begun.
                    #expect(try await idle.line()?.hasPrefix("421") == true)
                    committed.open()
                    #expect(try await client.line() == "250 2.0.0 Ok: stored as 1")
                    #expect(try await client.line() == "421 4.3.2 Shutting down; try again")
                }
            }
        }
        #expect(inbox.kept.count == 1)
    }

    @Test("46: a client that goes away during the commit does not stop it")
    func clientGoesAway() async throws {
        let (begun, committed) = (Gate(), Gate())
        let inbox = Inbox { _ in
            begun.open()
            await committed.passed()
            return nil
        }
        try await RunningServer.run(inbox, limits: { $0.memory = 10 }) { running in
            try await Client.connect(to: running.port) { client in
                _ = try await client.beginMessage()
                try await client.send("Hej, hej, hej\r\n.\r\n")
                await begun.passed()
            }
            #expect(await running.soon { running.server.connectionCount == 0 })
            #expect(running.spooledFiles.count == 1)
            committed.open()
            #expect(await running.soon { inbox.kept.count == 1 && running.spooledFiles.isEmpty })
        }
    }

    @Test("a server that is cancelled ends too, and answers what waits")
    func cancelled() async throws {
        let begun = Gate()
        let known = Gate()
        let inbox = Inbox { _ in
            begun.open()
            await known.passed()
            return .storageUnavailable
        }
        let folder = RunningServer.newSpoolFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = SMTPServer(
            SMTPServerConfiguration(listen: ["127.0.0.1:0"], hostname: Play.hostname),
            spool: try Spool(folder: folder), receiver: inbox, logger: RunningServer.logger)
        try await server.bind()
        let port = try #require(server.ports.first)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            try await Client.connect(to: port) { client in
                _ = try await client.beginMessage()
                try await client.send("Hej\r\n.\r\n")
                await begun.passed()
                group.cancelAll()
                known.open()
                #expect(try await client.line() == "451 4.3.0 Storage is not available now; try again")
                #expect(try await client.line() == "421 4.3.2 Shutting down; try again")
                #expect(try await client.line() == nil)
            }
            try await group.waitForAll()
        }
    }
}
