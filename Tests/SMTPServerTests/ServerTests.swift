import Foundation
import SMTPServer
import Testing

@Suite("The SMTP server", .timeLimit(.minutes(2)))
struct ServerTests {
    @Test("holds every dialogue over a socket", arguments: Dialogue.all)
    func dialogues(_ dialogue: Dialogue) async throws {
        let inbox = Inbox()
        let certificates = dialogue.port.isEmpty ? nil : try await TestCertificates.make(["mx.fjordtek.example"])
        defer { certificates?.remove() }
        try await RunningServer.run(
            inbox, listener: dialogue.listener, certificates: certificates,
            authenticator: certificates.map { _ in Keeper() },
            limits: { [bounds = dialogue.bounds] in
                $0 = bounds
                $0.greetingDelay = .zero
            }
        ) { running in
            try await Client.connect(to: running.port) { client in
                if dialogue.port.isSuperset(of: ["encrypted"]), !dialogue.port.contains("raw") {
                    try await client.encrypt()
                }
                try await hold(dialogue, with: &client)
            }
        }
        #expect(inbox.kept.map(\.octets) == dialogue.stored)
        #expect(dialogue.withs.isEmpty || inbox.kept.map(\.session.with) == dialogue.withs)
    }

    private func hold(_ dialogue: Dialogue, with client: inout Client) async throws {
        for line in dialogue.lines {
            switch line {
            case .client(let octets): try await client.send(octets)
            case .tls: try await client.encrypt()
            case .server(let beginning):
                let answer = try await client.line()
                #expect(answer?.hasPrefix(beginning) == true, "\(answer ?? "the end") for \(beginning)")
            case .end:
                let answer = try await client.line()
                #expect(answer == nil)
                return
            case .cut:
                // An alert of TLS may come; a word of SMTP must not.
                while let answer = try? await client.line() { #expect(!answer.hasPrefix("2")) }
                return
            }
        }
    }

    @Test("1: sends away who speaks before the greeting")
    func early() async throws {
        try await RunningServer.run(limits: { $0.greetingDelay = .seconds(60) }) { running in
            try await Client.connect(to: running.port) { client in
                try await client.send("EHLO client.example\r\nNOOP\r\n")
                #expect(try await client.line() == "554 5.5.0 Wait for the greeting")
                #expect(try await client.line() == nil)
            }
        }
    }

    @Test("takes mail from 200 connections at the same time, all of it and once")
    func manyConnections() async throws {
        let inbox = Inbox()
        try await RunningServer.run(inbox, isTrusted: true) { running in
            try await withThrowingDiscardingTaskGroup { group in
                for number in 0..<200 {
                    group.addTask {
                        try await Client.connect(to: running.port) { client in
                            _ = try await client.reply()
                            _ = try await client.ask("EHLO client.example")
                            for part in 0..<3 {
                                try await client.send(
                                    "MAIL FROM:<kunde\(number)@example.org>\r\nRCPT TO:<leads@fjordtek.example>\r\nDATA\r\n"
                                        + "Subject: \(number) \(part)\r\n\r\nHej\r\n.\r\n")
                                var codes: [String] = []
                                for _ in 0..<4 { codes.append(String(try await client.reply()?.prefix(3) ?? "")) }
                                #expect(codes == ["250", "250", "354", "250"])
                            }
                            #expect(try await client.ask("QUIT")?.hasPrefix("221") == true)
                        }
                    }
                }
            }
            #expect(running.server.counters.figures.connections == 200)
            #expect(running.server.counters.messages == [250: 600])
        }
        let subjects = inbox.kept.map { String(decoding: $0.octets, as: UTF8.self) }
        #expect(subjects.count == 600 && Set(subjects).count == 600)
    }

    @Test("43: has a limit of connections in all and of each address, from which own networks are exempt")
    func limitsOfConnections() async throws {
        try await RunningServer.run(limits: { $0.connectionsPerAddress = 1 }) { running in
            try await second(to: running, hears: "421 4.7.0")
            #expect(running.server.counters.figures.refusedConnections == 1)
        }
        try await RunningServer.run(limits: { $0.connections = 1 }) { try await second(to: $0, hears: "421 4.3.2") }
        try await RunningServer.run(
            isTrusted: true,
            limits: {
                $0.connections = 1
                $0.connectionsPerAddress = 1
            }
        ) { try await second(to: $0, hears: "220 ") }
    }

    @Test("43: has a limit of connections of each network, and of how many come in a minute")
    func limitsOfNetworks() async throws {
        try await RunningServer.run(limits: { $0.connectionsPerNetwork = 1 }) { running in
            try await second(to: running, hears: "421 4.7.0")
        }
        try await RunningServer.run(limits: { $0.connectionsPerMinute = 0 }) { running in
            try await Client.connect(to: running.port) { client in
                let line = try await client.line()
                #expect(line?.hasPrefix("421 4.7.0 Too many connections in a short time") == true)
            }
        }
    }

    @Test("40: log-ins and sessions under TLS are counted")
    func counters() async throws {
        let certificates = try await TestCertificates.make(["mx.fjordtek.example"])
        defer { certificates.remove() }
        try await RunningServer.run(
            listener: SMTPListener(address: "127.0.0.1:0", encryption: .implicit), certificates: certificates,
            authenticator: Keeper()
        ) { running in
            try await Client.connect(to: running.port) { client in
                try await client.encrypt()
                _ = try await client.line()
                _ = try await client.ask("EHLO client.example")
                #expect(try await client.ask("AUTH PLAIN AHNhbGcAZm9ya2VydA==")?.hasPrefix("535") == true)
                #expect(try await client.ask("AUTH PLAIN AHNhbGcAaGVtbWVsaWc=")?.hasPrefix("235") == true)
            }
            try await Client.connect(to: running.port) { client in
                try await client.send("EHLO client.example\r\n")
                while let line = try? await client.line() { #expect(!line.hasPrefix("2")) }
            }
            #expect(await running.soon { running.server.counters.figures.failedHandshakes == 1 })
            let figures = running.server.counters.figures
            #expect(figures.encryptedSessions == 1 && figures.logIns == 1 && figures.failedLogIns == 1)
        }
    }

    private func second(to running: RunningServer, hears beginning: String) async throws {
        try await Client.connect(to: running.port) { first in
            _ = try await first.line()
            try await Client.connect(to: running.port) { second in
                let line = try await second.line()
                #expect(line?.hasPrefix(beginning) == true)
                guard beginning.hasPrefix("421") else { return }
                let end = try await second.line()
                #expect(end == nil)
            }
        }
        #expect(await running.soon { running.server.connectionCount == 0 })
        try await Client.connect(to: running.port) { third in
            let line = try await third.line()
            #expect(line?.hasPrefix("220 ") == true)
        }
    }

    @Test("22: tells who sends far too much, although they still send")
    func farTooLarge() async throws {
        try await RunningServer.run(limits: {
            $0.messageSize = 100_000
            $0.farewell = .seconds(60)
        }) { running in
            try await Client.connect(to: running.port) { client in
                #expect(try await client.beginMessage()?.hasPrefix("354") == true)
                let line = Array((String(repeating: "x", count: 998) + "\r\n").utf8)
                for _ in 0..<2000 { try await client.send(line) }
                #expect(try await client.line() == "552 5.3.4 The message is larger than the limit")
                #expect(try await client.line() == nil)
            }
        }
    }

    @Test("45: says that the storage is full or away, and goes on")
    func storageAway() async throws {
        let inbox = Inbox { $0.octets.count > 10 ? .storageFull : nil }
        try await RunningServer.run(inbox) { running in
            try await Client.connect(to: running.port) { client in
                _ = try await client.beginMessage()
                #expect(try await client.ask("Hej, hej, hej\r\n.") == "452 4.3.1 Out of storage; try again later")
                try await client.send("MAIL FROM:<>\r\nRCPT TO:<leads@fjordtek.example>\r\nDATA\r\n")
                for _ in 0..<3 { _ = try await client.reply() }
                #expect(try await client.ask("Hej\r\n.") == "250 2.0.0 Ok: stored as 1")
            }
        }
    }

    @Test("says what is wrong with an address it cannot listen on, and then listens on none")
    func cannotListen() async throws {
        try await RunningServer.run { running in
            for address in ["127.0.0.1", "127.0.0.1:x", "127.0.0.1:99999", "256.0.0.1:0", "127.0.0.1:\(running.port)"] {
                let server = SMTPServer(
                    SMTPServerConfiguration(listen: ["127.0.0.1:0", address], hostname: Play.hostname),
                    spool: try Spool(folder: running.spoolFolder), receiver: Inbox(), logger: RunningServer.logger)
                await #expect(throws: ListenError.self) { try await server.bind() }
                #expect(server.ports.isEmpty)
            }
        }
    }
}
