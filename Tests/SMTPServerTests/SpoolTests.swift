import Foundation
import SMTPServer
import Testing

@Suite("Large messages", .timeLimit(.minutes(2)))
struct SpoolTests {
    private static let line = Array(("." + String(repeating: "x", count: 75) + "\r\n").utf8)

    @Test("wait in a file that is gone when they are answered", arguments: ["", " SIZE=3000000"])
    func spooled(_ parameters: String) async throws {
        let inbox = Inbox()
        try await RunningServer.run(inbox) { running in
            try await Client.connect(to: running.port) { client in
                #expect(try await client.beginMessage(parameters)?.hasPrefix("354") == true)
                for _ in 0..<40 {
                    try await client.send([0x2E] + Array(repeatElement(Self.line, count: 1000).joined()))
                }
                #expect(try await client.ask(".") == "250 2.0.0 Ok: stored as 1")
            }
            #expect(await running.soon { running.spooledFiles.isEmpty })
            #expect(running.server.counters.figures.octets == inbox.kept.first?.octets.count)
        }
        let mail = try #require(inbox.kept.first)
        #expect(mail.path != nil)
        // The dot of each block's first line was a stuffed one, that of the others was the line's own.
        let block = Self.line + Array(repeatElement(Self.line.dropFirst(), count: 999).joined())
        #expect(mail.octets == Array(repeatElement(block, count: 40).joined()))
    }

    @Test("are in memory up to the limit")
    func inMemory() async throws {
        let inbox = Inbox()
        try await RunningServer.run(inbox, limits: { $0.memory = 10_000 }) { running in
            for size in [10_000, 10_001] {
                try await Client.connect(to: running.port) { client in
                    _ = try await client.beginMessage()
                    #expect(
                        try await client.ask(String(repeating: "x", count: size - 2) + "\r\n.")?.hasPrefix("250")
                            == true)
                }
            }
        }
        #expect(inbox.kept.map(\.octets.count) == [10_000, 10_001])
        #expect(inbox.kept.map { $0.path == nil } == [true, false])
    }

    @Test("7, 42: leave nothing behind when their sender goes away")
    func aborted() async throws {
        let inbox = Inbox()
        try await RunningServer.run(inbox) { running in
            try await Client.connect(to: running.port) { client in
                _ = try await client.beginMessage()
                for _ in 0..<30 { try await client.send(Array(repeatElement(Self.line, count: 1000).joined())) }
                #expect(await running.soon { !running.spooledFiles.isEmpty })
            }
            #expect(await running.soon { running.spooledFiles.isEmpty && running.server.connectionCount == 0 })
        }
        #expect(inbox.kept.isEmpty)
    }

    @Test("22: too large ones leave nothing behind and do not end the session")
    func tooLarge() async throws {
        let inbox = Inbox()
        try await RunningServer.run(inbox, limits: { $0.messageSize = 2_000_000 }) { running in
            try await Client.connect(to: running.port) { client in
                _ = try await client.beginMessage()
                for _ in 0..<40 { try await client.send(Array(repeatElement(Self.line, count: 1000).joined())) }
                #expect(try await client.ask(".") == "552 5.3.4 The message is larger than the limit")
                #expect(try await client.ask("NOOP")?.hasPrefix("250") == true)
            }
            #expect(await running.soon { running.spooledFiles.isEmpty })
        }
        #expect(inbox.kept.isEmpty)
    }

    @Test("45: are put off when there is no place for them, and the session goes on")
    func noFolder() async throws {
        let inbox = Inbox()
        try await RunningServer.run(inbox) { running in
            try FileManager.default.removeItem(atPath: running.spoolFolder)
            try await Client.connect(to: running.port) { client in
                _ = try await client.beginMessage()
                for _ in 0..<30 { try await client.send(Array(repeatElement(Self.line, count: 1000).joined())) }
                #expect(try await client.ask(".") == "451 4.3.0 Storage is not available now; try again")
                try await client.send("MAIL FROM:<>\r\nRCPT TO:<leads@fjordtek.example>\r\nDATA\r\n")
                for _ in 0..<3 { _ = try await client.reply() }
                #expect(try await client.ask("Hej\r\n.")?.hasPrefix("250") == true)
            }
        }
        #expect(inbox.kept.map { String(decoding: $0.octets, as: UTF8.self) } == ["Hej\r\n"])
    }

    @Test("of an earlier life are removed at the start, and only they")
    func leftovers() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/brevdue-spool-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Spool(folder: folder)
        for name in ["a.spool", "b.spool", "notes.txt"] {
            #expect(FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: Data("x".utf8)))
        }
        _ = try Spool(folder: folder)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notes.txt"])
    }
}
