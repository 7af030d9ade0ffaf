import SMTPClient
import Synchronization
import Testing

/// A way a relay may behave, what becomes of the mail, and what the relay then has.
struct RelayFixture: Sendable, CustomTestStringConvertible {
    var name: String
    var answers: [ScriptedRelay.Moment: [ScriptedRelay.Answer]]
    var gist: String
    /// Whether the attempt was committed.
    var committed: Bool
    var testDescription: String { name }
}

@Suite("Sending mail", .timeLimit(.minutes(1)))
struct SMTPClientTests {
    static let relays = [
        RelayFixture(name: "takes the mail", answers: [:], gist: "accepted 250", committed: true),
        RelayFixture(
            name: "says all in many lines",
            answers: [
                .greeting: [.say("220-one\r\n220 two")], .command("MAIL"): [.say("250-2.1.0 one\r\n250 2.1.0 two")],
                .content: [.say("250-2.0.0 one\r\n250 2.0.0 two")],
            ], gist: "accepted 250", committed: true),
        RelayFixture(
            name: "hangs up at once", answers: [.greeting: [.hangUp]], gist: "not connected", committed: false),
        RelayFixture(
            name: "is closed", answers: [.greeting: [.say("554 5.3.2 closed")]], gist: "not connected", committed: false
        ),
        RelayFixture(
            name: "is busy", answers: [.greeting: [.sayAndHangUp("421 4.3.2 busy")]], gist: "not connected",
            committed: false),
        RelayFixture(
            name: "refuses the sender for good", answers: [.command("MAIL"): [.say("550 5.7.1 no")]],
            gist: "rejected 550", committed: false),
        RelayFixture(
            name: "refuses the sender for now", answers: [.command("MAIL"): [.say("451 4.3.0 later")]],
            gist: "rejected 451", committed: false),
        RelayFixture(
            name: "hangs up at MAIL", answers: [.command("MAIL"): [.hangUp]], gist: "failed before data",
            committed: false),
        RelayFixture(
            name: "refuses the recipient", answers: [.command("RCPT"): [.say("550 5.1.1 unknown")]],
            gist: "rejected 550", committed: false),
        RelayFixture(
            name: "has the recipient wait", answers: [.command("RCPT"): [.say("450 4.2.0 greylisted")]],
            gist: "rejected 450", committed: false),
        RelayFixture(
            name: "hangs up at RCPT", answers: [.command("RCPT"): [.hangUp]], gist: "failed before data",
            committed: false),
        RelayFixture(
            name: "refuses DATA", answers: [.command("DATA"): [.say("554 5.5.1 no")]], gist: "rejected 554",
            committed: false),
        RelayFixture(
            name: "hangs up at DATA", answers: [.command("DATA"): [.hangUp]], gist: "failed before data",
            committed: false),
        RelayFixture(
            name: "refuses the content for good", answers: [.content: [.say("554 5.6.0 no")]],
            gist: "rejected 554", committed: true),
        RelayFixture(
            name: "refuses the content for now", answers: [.content: [.say("452 4.3.1 disk full")]],
            gist: "rejected 452", committed: true),
        RelayFixture(
            name: "hangs up after the dot", answers: [.content: [.hangUp]], gist: "uncertain", committed: true),
        RelayFixture(
            name: "dies in the midst of its last answer", answers: [.content: [.sayAndHangUp("250-2.0.0 tak")]],
            gist: "uncertain", committed: true),
    ]

    @Test("a relay that…", arguments: relays)
    func behaves(_ fixture: RelayFixture) async throws {
        let relay = try ScriptedRelay(fixture.answers)
        let committed = Flag()
        let outcome = try await SMTPClient(relay).send(.sample()) { committed.set() }
        #expect(outcome.gist == fixture.gist, "\(outcome)")
        #expect(committed.isSet == fixture.committed)
        #expect(relay.log.contents.count == (fixture.committed ? 1 : 0))
    }

    @Test("the attempt is committed after the 354 and before the first octet")
    func commitsInTime() async throws {
        let relay = try ScriptedRelay()
        let client = try SMTPClient(relay)
        let outcome = try await client.send(.sample()) {
            await Task.yield()
            #expect(relay.log.commands.last == "DATA")
            #expect(relay.log.contents.isEmpty)
        }
        #expect(outcome.gist == "accepted 250")
        #expect(relay.log.contents.count == 1)
    }

    @Test("when the commit fails, not one octet leaves, and the next mail is sent as if nothing had been")
    func abortsInTime() async throws {
        struct NoCommit: Error {}
        let relay = try ScriptedRelay()
        let client = try SMTPClient(relay)
        let aborted = try await client.send(.sample()) { throw NoCommit() }
        #expect(aborted == .abortedBeforeData)
        let sent = try await client.send(.sample("anden\r\n")) {}
        #expect(sent.gist == "accepted 250")
        #expect(relay.log.contents.map { String(decoding: $0, as: UTF8.self) } == ["Subject: Tilbud\r\n\r\nanden\r\n"])
    }

    @Test("the envelope is sent as given, and who we are as configured")
    func sendsEnvelope() async throws {
        let relay = try ScriptedRelay()
        let mail = try SMTPTransaction(
            envelopeFrom: "", recipient: "b'c+CVR12345678@them.example", octets: Array("x\r\n".utf8))
        _ = try await SMTPClient(relay).send(mail) {}
        #expect(
            relay.log.commands.prefix(4) == [
                "EHLO us.example", "MAIL FROM:<> SIZE=3", "RCPT TO:<b'c+CVR12345678@them.example>", "DATA",
            ])
    }

    @Test("a domain beyond ASCII is sent in A-labels, to any relay")
    func domainBeyondASCII() async throws {
        let relay = try ScriptedRelay()
        let mail = try SMTPTransaction(
            envelopeFrom: "leads@Blåbær.example", recipient: "kim@bækgård.example", octets: Array("x\r\n".utf8))
        #expect(try await SMTPClient(relay).send(mail) {}.gist == "accepted 250")
        #expect(
            relay.log.commands[1...2] == [
                "MAIL FROM:<leads@xn--blbr-roah.example> SIZE=3", "RCPT TO:<kim@xn--bkgrd-orae.example>",
            ])
    }

    @Test("an address beyond ASCII before the @ goes to a relay that offers SMTPUTF8, and to no other")
    func localPartBeyondASCII() async throws {
        let mail = try SMTPTransaction(
            envelopeFrom: "leads@us.example", recipient: "søren@bækgård.example", octets: Array("x\r\n".utf8))
        let able = try ScriptedRelay([.command("EHLO"): [.say("250-relay.example\r\n250 SMTPUTF8")]])
        #expect(try await SMTPClient(able).send(mail) {}.gist == "accepted 250")
        #expect(
            able.log.commands[1...2] == [
                "MAIL FROM:<leads@us.example> SMTPUTF8", "RCPT TO:<søren@xn--bkgrd-orae.example>",
            ])
        let unable = try ScriptedRelay()
        let client = try SMTPClient(unable)
        let committed = Flag()
        for _ in 1...2 {
            guard case .unsupported(let reason) = await client.send(mail, beforeData: { committed.set() }) else {
                Issue.record("it was sent")
                continue
            }
            #expect(reason.contains("SMTPUTF8"))
        }
        #expect(!committed.isSet && unable.log.contents.isEmpty)
        #expect(try await client.send(.sample()) {}.gist == "accepted 250")
    }

    @Test("an address beyond ASCII waits when the relay did not say what it offers, and goes once it does")
    func localPartBeyondASCIIAfterHELO() async throws {
        let mail = try SMTPTransaction(
            envelopeFrom: "leads@us.example", recipient: "søren@kunde.example", octets: Array("x\r\n".utf8))
        let offer = ScriptedRelay.Answer.say("250-relay.example\r\n250 SMTPUTF8")
        let relay = try ScriptedRelay([.command("EHLO"): [.say("451 4.3.0 later"), offer]])
        let client = try SMTPClient(relay)
        #expect(await client.send(mail) {}.gist == "failed before data")
        #expect(relay.log.commands.contains("HELO us.example") && relay.log.contents.isEmpty)
        #expect(await client.send(mail) {}.gist == "accepted 250")

        // On a connection that began so the relay is asked again, by another one.
        let other = try ScriptedRelay([.command("EHLO"): [.say("451 4.3.0 later"), offer]])
        let patient = try SMTPClient(other)
        #expect(try await patient.send(.sample()) {}.gist == "accepted 250")
        #expect(await patient.send(mail) {}.gist == "accepted 250")
        #expect(other.log.connections == 2 && other.log.contents.count == 2)
    }

    @Test("one connection serves many mails, and from many tasks")
    func reusesConnection() async throws {
        let relay = try ScriptedRelay()
        let client = try SMTPClient(relay)
        let outcomes = try await withThrowingTaskGroup(of: SMTPOutcome.self) { group in
            for number in 1...20 {
                group.addTask { try await client.send(.sample("\(number)\r\n")) {} }
            }
            return try await group.reduce(into: []) { $0.append($1.gist) }
        }
        #expect(outcomes == [String](repeating: "accepted 250", count: 20))
        #expect(relay.log.connections == 1)
        #expect(Set(relay.log.contents).count == 20)
    }

    @Test(
        "a connection that the relay gave up meanwhile is made anew, and the attempt committed once",
        arguments: [.sayAndHangUp("421 4.4.2 idle too long"), .hangUp, .say("421 4.7.0 too many mails")]
            as [ScriptedRelay.Answer])
    func replacesStaleConnection(_ answer: ScriptedRelay.Answer) async throws {
        let relay = try ScriptedRelay([.command("MAIL"): [.say("250 Ok"), answer]])
        let client = try SMTPClient(relay)
        let commits = Mutex(0)
        for _ in 1...3 {
            let outcome = try await client.send(.sample()) { commits.withLock { $0 += 1 } }
            #expect(outcome.gist == "accepted 250")
        }
        #expect(relay.log.connections == 2)
        #expect(commits.withLock { $0 } == 3)
    }

    @Test("nobody listens")
    func nobodyListens() async throws {
        let (socket, port) = try LoopbackSocket.listening()
        socket.shutDown()
        let relay = try SMTPRelay(url: "smtp://127.0.0.1:\(port)", tls: .none, heloName: "us.example")
        let outcome = try await SMTPClient(relay: relay).send(.sample()) {}
        #expect(outcome.gist == "not connected")
    }

    @Test("a log-in is sent and its refusal told, without the password")
    func logsIn() async throws {
        let relay = try ScriptedRelay([
            .command("EHLO"): [.say("250-relay.example\r\n250 AUTH PLAIN")],
            .command("AUTH"): [.say("334 "), .say("535 5.7.8 wrong")],
            .command("AHVz"): [.say("535 5.7.8 wrong")],
        ])
        let configured = try SMTPRelay(
            url: relay.url, user: "us", password: "hemmeligt", tls: .none, heloName: "us.example")
        let outcome = try await SMTPClient(relay: configured).send(.sample()) {}
        #expect(outcome == .notConnected(reason: "535 5.7.8 wrong"))
        #expect(relay.log.commands.contains { $0.hasPrefix("AUTH PLAIN") })
    }
}

/// Something that happened or not.
final class Flag: Sendable {
    private let state = Mutex(false)
    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}
