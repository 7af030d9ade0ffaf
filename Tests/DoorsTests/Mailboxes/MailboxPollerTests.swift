import Foundation
import Postgres
import Records
import TestSupport
import Testing

@testable import Doors

/// A poller and its database, with servers that misbehave.
@Suite("A mailbox's poller", .serialized)
struct MailboxPollerTests {
    private typealias Box = ScriptedMailbox

    @Test("7: a network that breaks over a mail loses nothing, and nothing behind it waits", .timeLimit(.minutes(1)))
    func brokenNetwork() async throws {
        let list = Box.opening() + Box.listing("5:6", 5, 6)
        let carefully = Box.opening() + Box.listing("5:6", 5, 6, sizes: false)
        try await Box.run([
            list + "C: UID FETCH 5:6 (UID BODY.PEEK[])",
            carefully + "C: UID FETCH 5 (UID BODY.PEEK[])",
            // The network is well again: what was passed over is read at the end.
            carefully + Box.fetch("6", 6) + Box.listing("7:*", 6, sizes: false) + Box.fetch("5", 5) + Box.idle,
        ]) { box in
            try await box.waitUntilStored([6, 5])
            try await until("nothing waits") { try await box.status?.waiting == 0 }
            let status = try await box.status
            #expect(status?.setAside == 0 && status?.failures == 0)
        }
    }

    @Test(
        "12: a mail over which every session ends is set aside when others are given, and can be tried again by hand",
        .timeLimit(.minutes(1)))
    func badMail() async throws {
        let carefully = Box.opening() + Box.listing("5:6", 5, 6, sizes: false)
        let nothing = Box.opening() + Box.listing("7:*", 6, sizes: false)
        try await Box.run([
            carefully.replacing("(UID INTERNALDATE)", with: "(UID RFC822.SIZE INTERNALDATE)")
                + "C: UID FETCH 5:6 (UID BODY.PEEK[])",
            carefully + "C: UID FETCH 5 (UID BODY.PEEK[])",
            carefully + Box.fetch("6", 6) + Box.listing("7:*", 6, sizes: false) + "C: UID FETCH 5 (UID BODY.PEEK[])",
            // After a failure the folder is first listed with care, then as usual.
            Box.opening() + Box.listing("7:*", 6, sizes: false) + Box.listing("7:*", 6, sizes: false)
                + "C: IDLE\nS: + idling\nC: DONE\nS: $ OK done\n" + Box.listing("7:*", 6, sizes: false)
                + "C: UID FETCH 5 (UID BODY.PEEK[])",
            nothing + Box.listing("7:*", 6, sizes: false) + "C: IDLE\nS: + idling\nGO",
            nothing + Box.listing("7:*", 6, sizes: false) + Box.fetch("5", 5) + Box.idle,
        ]) { box in
            try await box.waitUntilStored([6])
            // Hours later.
            try await until("it is noted") {
                try await !box.pool.query(
                    "UPDATE brevdue.mailbox_fault SET at = at - interval '1 day' RETURNING uid"
                ).isEmpty
            }
            try await until("it is set aside", within: .seconds(30)) { try await box.status?.setAside == 1 }
            let fault = try await MailboxFault.list(of: nil, limit: 5, in: box.pool).first
            #expect(fault?.uid == 5 && fault?.attempts == 3)
            #expect(fault?.reason.contains("the session ended while it was fetched") == true)
            try await until("the session over it is the last one") { box.server.said.count { $0 == "IDLE" } == 2 }
            #expect(try await MailboxFault.retry(nil, of: "salg", folder: nil, in: box.pool).count == 1)
            box.server.goOn()
            try await box.waitUntilStored([6, 5])
            try await until("it is no longer set aside") {
                try await MailboxFault.list(of: nil, limit: 5, in: box.pool) == []
            }
        }
    }

    @Test("12: what is not given for now, to nobody, is asked for later and never set aside", .timeLimit(.minutes(1)))
    func unavailable() async throws {
        let no = "S: $ NO [UNAVAILABLE] the store is away\n"
        try await Box.run([
            Box.opening() + Box.listing("5:6", 5, 6) + "C: UID FETCH 5:6 (UID BODY.PEEK[])\n" + no
                + "C: UID FETCH 5 (UID BODY.PEEK[])\n" + no + "END",
            Box.opening() + Box.listing("5:6", 5, 6, sizes: false) + "C: UID FETCH 5 (UID BODY.PEEK[])\n" + no + "END",
            Box.opening() + Box.listing("5:6", 5, 6, sizes: false) + Box.fetch("6", 6)
                + Box.listing("7:*", 6, sizes: false) + Box.fetch("5", 5) + Box.idle,
        ]) { box in
            try await box.waitUntilStored([6, 5])
            try await until("nothing waits") { try await box.status?.waiting == 0 }
            #expect(try await box.status?.setAside == 0)
        }
    }

    @Test("12: a refusal without a reason is asked for again before the mail is set aside", .timeLimit(.minutes(1)))
    func refused() async throws {
        let fetch = "C: UID FETCH 5 (UID BODY.PEEK[])\n"
        let wait = "C: IDLE\nS: + idling\nC: DONE\nS: $ OK done\n"
        try await Box.run([
            Box.opening() + Box.listing("5:6", 5) + fetch + "S: $ BAD User is authenticated but not connected.\n"
                + Box.listing("7:*", 6, sizes: false) + fetch + "S: $ BAD still not\n"
                + wait + Box.listing("7:*", 6, sizes: false) + Box.fetch("5", 5) + Box.idle
        ]) { box in
            try await box.waitUntilStored([5])
            try await until("nothing waits") { try await box.status?.waiting == 0 }
        }
    }

    @Test("8: without IDLE the folder is looked at after the poll interval", .timeLimit(.minutes(1)))
    func polling() async throws {
        try await Box.run(
            [
                Box.opening("UIDPLUS") + Box.listing("5:6", 5) + Box.fetch("5", 5) + Box.listing("7:*", 6, sizes: false)
                    + "C: NOOP\nS: * 7 EXISTS\nS: $ OK done\n" + Box.listing("7:*", 7, sizes: false)
                    + Box.listing("7:7", 7) + Box.fetch("7", 7) + "C: NOOP\nEND"
            ], poll: .milliseconds(100)
        ) { box in
            try await box.waitUntilStored([5, 7])
            try await until("it asks again") { box.server.said.count { $0 == "NOOP" } == 2 }
        }
    }

    @Test(
        "5: where a flag does not stay mail is read by the cursor alone, with a notice", .timeLimit(.minutes(1)),
        arguments: [
            ("\\Seen", "READ-WRITE", "the server keeps no flag Brevdue"),
            ("\\*", "READ-ONLY", "the folder is read-only"),
        ])
    func cursorOnly(flags: String, access: String, words: String) async throws {
        try await Box.run(
            [
                Box.opening(command: "SELECT", flags: flags, access: access) + Box.listing("5:6", 5, 6)
                    + Box.fetch("5:6", 5, 6) + Box.listing("7:*", 6, sizes: false) + Box.idle
            ], after: .keyword("Brevdue")
        ) { box in
            try await box.waitUntilStored([5, 6])
            try await box.waitForSuccess()
            #expect(try await box.status?.notice?.contains(words) == true)
            let lease = try await box.pool.query("SELECT last_uid, cardinality(unmarked) FROM brevdue.mailbox")[0]
            let (last, unmarked) = try lease.decode(Int64.self, Int32.self)
            #expect(last == 6 && unmarked == 0)
        }
    }

    @Test("1: marking comes after the commit, and what is refused for now is marked later", .timeLimit(.minutes(1)))
    func markedLater() async throws {
        let store = "C: UID STORE 5:6 +FLAGS.SILENT (Brevdue)\n"
        try await Box.run(
            [
                Box.opening(command: "SELECT") + Box.listing("5:6", 5, 6) + Box.fetch("5:6", 5, 6) + store
                    + "S: $ NO [INUSE] locked\n" + Box.listing("7:*", 6, sizes: false) + store + "S: $ OK marked\n"
                    + Box.idle
            ], after: .keyword("Brevdue")
        ) { box in
            try await box.waitUntilStored([5, 6])
            try await until("it is marked") {
                try await box.pool.query("SELECT unmarked = '{}' FROM brevdue.mailbox")[0].decode(Bool.self)
            }
            #expect(try await box.status?.notice == nil)
        }
    }

    @Test("2: when UIDs are given anew the folder is scanned again and all in it is old", .timeLimit(.minutes(1)))
    func validity() async throws {
        let opening = Box.opening(validity: 10, uidNext: 3)
        try await Box.run([
            opening + Box.listing("1:2", 1, 2) + Box.fetch("1:2", 1, 2) + Box.listing("3:*", 2, sizes: false) + Box.idle
        ]) { box in
            try await box.waitUntilStored([1, 2])
            let old = try await box.pool.query(
                "SELECT bool_and((envelope->'mailbox'->>'isOld')::boolean) FROM brevdue.arrival")
            #expect(try old.first?.decode(Bool.self) == true)
        }
    }

    @Test(
        "9: a new mailbox begins at its end, also where the server does not tell its next UID", .timeLimit(.minutes(1)))
    func begins() async throws {
        try await Box.run(
            [
                Box.opening(uidNext: 0) + "C: UID FETCH * (UID)\nS: * 6 FETCH (UID 44)\nS: $ OK done\n"
                    + Box.listing("45:*", 44, sizes: false) + Box.idle
            ], isNew: true
        ) { box in
            try await box.waitForSuccess()
            #expect(try await box.stored == [])
        }
    }

    @Test("7: what ends sessions again and again is asked ever more seldom", .timeLimit(.minutes(1)))
    func backsOff() async throws {
        try await Box.run(Array(repeating: "S: * BYE overloaded\nEND", count: 4)) { box in
            try await until("the reason is shown") { try await box.status?.lastError?.contains("overloaded") == true }
            try await until("it failed four times") { try await box.status?.failures ?? 0 >= 4 }
            let isLong = try await box.pool.query("SELECT retry_at > clock_timestamp() FROM brevdue.mailbox")[0]
            #expect(try isLong.decode(Bool.self))
        }
    }

    private static let refusal = """
        S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready
        C: AUTHENTICATE XOAUTH2 ...
        S: $ NO [AUTHENTICATIONFAILED] no
        END
        """

    private func withProvider(_ body: @Sendable (TokenServer, OAuthGrant) async throws -> Void) async throws {
        let folder = try Repository.temporaryFolder("tokens")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let provider = try TokenServer(folder: folder)
        let grant = OAuthGrant(
            tokenURL: provider.tokenURL, clientID: "brevdue", clientSecret: nil, refreshToken: "first", scope: nil,
            caFile: nil)
        try await provider.run { try await body(provider, grant) }
    }

    @Test(
        "6: a token that is refused before its time is fetched anew once, and the mailbox goes on",
        .timeLimit(.minutes(1)))
    func refusedTokenOnce() async throws {
        let opening = Box.opening().replacing("AUTH=PLAIN", with: "AUTH=XOAUTH2").replacing(
            "AUTHENTICATE PLAIN", with: "AUTHENTICATE XOAUTH2")
        let read = opening + Box.listing("5:6", 5) + Box.fetch("5", 5) + Box.listing("7:*", 6, sizes: false)
        try await withProvider { provider, grant in
            try await Box.run(
                [
                    read + "S: * BYE come back", Self.refusal,
                    opening + Box.listing("7:*", 6, sizes: false) + Box.listing("7:*", 6, sizes: false) + Box.idle,
                ],
                secret: .oauth(grant)
            ) { box in
                try await box.waitUntilStored([5])
                try await until("it waits for mail") { box.server.said.contains("IDLE") }
                // The token of the first session was good for the second, but for the refusal.
                #expect(provider.requests == 2 && box.server.connections == 3)
            }
        }
    }

    @Test("6: a token that is refused again is not asked for in a loop", .timeLimit(.minutes(1)))
    func refusedToken() async throws {
        try await withProvider { provider, grant in
            try await Box.run([Self.refusal, Self.refusal], secret: .oauth(grant)) { box in
                try await until("the refusal is shown") {
                    try await box.status?.lastError?.contains("log-in refused") == true
                }
                #expect(provider.requests == 2 && box.server.connections == 2)
                let isLong = try await box.pool.query(
                    "SELECT retry_at > clock_timestamp() + interval '15 seconds' FROM brevdue.mailbox")
                #expect(try isLong.first?.decode(Bool.self) == true)
            }
        }
    }
}
