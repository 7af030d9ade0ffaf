import SMTPClient
import Testing

/// Where a relay stops answering, and what becomes of the mail.
struct SilenceFixture: Sendable, CustomTestStringConvertible {
    var moment: ScriptedRelay.Moment
    var gist: String
    var testDescription: String { "\(moment)" }
}

@Suite("A relay that is slow or silent", .timeLimit(.minutes(1)))
struct PatienceTests {
    static var short: SMTPRelay.Timeouts {
        var timeouts = SMTPRelay.Timeouts()
        timeouts.connect = .milliseconds(300)
        timeouts.command = .milliseconds(300)
        timeouts.content = .milliseconds(300)
        timeouts.finalReply = .milliseconds(300)
        timeouts.afterCancellation = .milliseconds(1)
        return timeouts
    }

    static let silences = [
        SilenceFixture(moment: .greeting, gist: "not connected"),
        SilenceFixture(moment: .command("EHLO"), gist: "not connected"),
        SilenceFixture(moment: .command("MAIL"), gist: "failed before data"),
        SilenceFixture(moment: .command("RCPT"), gist: "failed before data"),
        SilenceFixture(moment: .command("DATA"), gist: "failed before data"),
        SilenceFixture(moment: .content, gist: "uncertain"),
    ]

    @Test("each silence has its limit", arguments: silences)
    func timesOut(_ fixture: SilenceFixture) async throws {
        let relay = try ScriptedRelay([fixture.moment: [.keepSilent]])
        let start = ContinuousClock.now
        let outcome = try await SMTPClient(relay, timeouts: Self.short).send(.sample()) {}
        #expect(outcome.gist == fixture.gist, "\(outcome)")
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test(
        "an answer that never ends has the same limit",
        arguments: [
            SilenceFixture(moment: .greeting, gist: "not connected"),
            SilenceFixture(moment: .command("RCPT"), gist: "failed before data"),
            SilenceFixture(moment: .content, gist: "uncertain"),
        ])
    func endless(_ fixture: SilenceFixture) async throws {
        let relay = try ScriptedRelay([fixture.moment: [.sayForever("250-and more")]])
        let outcome = try await SMTPClient(relay, timeouts: Self.short).send(.sample()) {}
        #expect(outcome.gist == fixture.gist, "\(outcome)")
    }

    @Test("a relay that says no and then nothing is not waited for")
    func silentAfterRefusal() async throws {
        let relay = try ScriptedRelay([
            .command("RCPT"): [.say("550 5.1.1 unknown")], .command("QUIT"): [.keepSilent],
        ])
        let start = ContinuousClock.now
        let outcome = try await SMTPClient(relay).send(.sample()) {}
        #expect(outcome.gist == "rejected 550")
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test("a relay that takes no more octets is given up")
    func stalls() async throws {
        let relay = try ScriptedRelay([.command("DATA"): [.sayAndStopReading("354 go on")]])
        let mail = try SMTPTransaction(
            envelopeFrom: "a@us.example", recipient: "b@them.example",
            octets: [UInt8](repeating: UInt8(ascii: "x"), count: 30_000_000))
        let outcome = try await SMTPClient(relay, timeouts: Self.short).send(mail) {}
        #expect(outcome.gist == "interrupted", "\(outcome)")
    }

    @Test("a cancelled task ends its transfer", arguments: silences.filter { $0.gist == "failed before data" })
    func cancels(_ fixture: SilenceFixture) async throws {
        guard case .command(let verb) = fixture.moment else { return }
        let relay = try ScriptedRelay([fixture.moment: [.keepSilent]])
        let client = try SMTPClient(relay)
        let mail = try SMTPTransaction.sample()
        let outcome = await withTaskGroup(of: SMTPOutcome.self) { group in
            group.addTask { await client.send(mail) {} }
            for await command in relay.arrivals where command.hasPrefix(verb) { break }
            group.cancelAll()
            return await group.next()
        }
        #expect(outcome?.gist == fixture.gist)
    }

    @Test("content that has begun when the task is cancelled gets a moment to end well")
    func cancelsInContent() async throws {
        let relay = try ScriptedRelay()
        let client = try SMTPClient(relay)
        let mail = try SMTPTransaction.sample()
        let outcome = await withTaskGroup(of: SMTPOutcome.self) { group in
            group.addTask {
                await client.send(mail) { withUnsafeCurrentTask { $0?.cancel() } }
            }
            return await group.next()
        }
        #expect(outcome?.gist == "accepted 250")
    }

    @Test("a task cancelled before its turn sends nothing")
    func cancelledBefore() async throws {
        let relay = try ScriptedRelay()
        let client = try SMTPClient(relay)
        let mail = try SMTPTransaction.sample()
        let outcome = await withTaskGroup(of: SMTPOutcome.self) { group in
            group.cancelAll()
            group.addTask { await client.send(mail) {} }
            return await group.next()
        }
        #expect(["not connected", "failed before data"].contains(outcome?.gist))
        #expect(relay.log.contents.isEmpty)
    }

    @Test("a client that goes while its relay is silent does not wait for it")
    func leaves() async throws {
        let relay = try ScriptedRelay([.command("QUIT"): [.keepSilent]])
        let start = ContinuousClock.now
        let outcome = try await SMTPClient(relay).send(.sample()) {}
        #expect(outcome.gist == "accepted 250")
        for await command in relay.arrivals where command == "QUIT" { break }
        #expect(ContinuousClock.now - start < .seconds(10))
    }
}
