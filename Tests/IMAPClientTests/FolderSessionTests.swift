import Testing

@testable import IMAPClient

/// What a session does in a folder, with servers that lack something or say odd things.
@Suite("A folder in a session", .serialized)
struct FolderSessionTests {
    private static let opened = Dialogue.opening() + Dialogue.selection

    @Test("3: `last+1:*` names the last message although it is not new; it is left out", .timeLimit(.minutes(1)))
    func noNewMail() async throws {
        try await Dialogue.play(
            Self.opened + """
                C: UID FETCH 13:* (UID INTERNALDATE)
                S: * 7 FETCH (UID 12 INTERNALDATE "17-Jul-2026 02:44:25 +0200")
                S: $ OK done
                END
                """
        ) { client, _ in
            _ = try await client.open("INBOX", readOnly: false)
            #expect(try await client.entries(from: 13, to: nil, limit: 10, sizes: false) == [])
        }
    }

    @Test("12: a message whose line of the listing cannot be read is listed all the same", .timeLimit(.minutes(1)))
    func unreadableLine() async throws {
        try await Dialogue.play(
            Self.opened + """
                C: UID FETCH 10:12 (UID RFC822.SIZE INTERNALDATE)
                S: * 5 FETCH (UID 10 RFC822.SIZE 100 INTERNALDATE "17-Jul-2026 02:44:25 +0200")
                S: * 6 FETCH (UID 11 RFC822.SIZE -1 INTERNALDATE "17-Jul-2026 02:44:25 +0200")
                S: * 7 FETCH (UID 12 RFC822.SIZE 120 INTERNALDATE NIL)
                S: $ OK done
                C: UID SEARCH UID 10:12
                S: * SEARCH 10 11 12
                S: $ OK done
                END
                """
        ) { client, _ in
            _ = try await client.open("INBOX", readOnly: false)
            let entries = try await client.entries(from: 10, to: 12, limit: 10)
            #expect(entries.map(\.uid) == [10, 11, 12])
            #expect(entries.first?.size == 100)
        }
    }

    @Test("5: a server that says nothing of its folder, or UIDNEXT 0, is no reason to fail", .timeLimit(.minutes(1)))
    func sparse() async throws {
        try await Dialogue.play(
            Dialogue.opening() + """
                C: EXAMINE "INBOX"
                S: * 0 EXISTS
                S: * OK [UIDNEXT 0] odd
                S: $ OK open
                END
                """
        ) { client, _ in
            let folder = try await client.open("inbox", readOnly: true)
            #expect(folder.uidNext == nil && folder.uidValidity == nil && folder.isReadOnly)
            #expect(try await client.lastUID() == nil)
        }
    }

    @Test("5: what flags a folder keeps is known by PERMANENTFLAGS and READ-ONLY", .timeLimit(.minutes(1)))
    func flags() async throws {
        let cases: [(String, String, seen: Bool, keyword: Bool)] = [
            ("* OK [PERMANENTFLAGS (\\Seen)] x", "READ-WRITE", true, false),
            ("* OK [PERMANENTFLAGS (\\Seen brevdue)] x", "READ-WRITE", true, true),
            ("* OK [PERMANENTFLAGS (\\*)] x", "READ-WRITE", false, true),
            ("* OK [PERMANENTFLAGS ()] x", "READ-WRITE", false, false),
            ("* OK nothing said", "READ-WRITE", true, true),
            ("* OK [PERMANENTFLAGS (\\Seen \\*)] x", "READ-ONLY", false, false),
        ]
        for (line, access, seen, keyword) in cases {
            try await Dialogue.play(
                Dialogue.opening() + "C: SELECT \"INBOX\"\nS: \(line)\nS: $ OK [\(access)] open\nEND"
            ) { client, _ in
                let folder = try await client.open("INBOX", readOnly: false)
                #expect(folder.keeps("\\Seen") == seen, "\(line)")
                #expect(folder.keeps("Brevdue") == keyword, "\(line)")
            }
        }
    }

    @Test("11: folders are found by decoded name, delimiter and prefix as LIST says", .timeLimit(.minutes(1)))
    func names() async throws {
        try await Dialogue.play(
            Dialogue.opening() + """
                C: LIST "" "*"
                S: * LIST (\\HasNoChildren) "." INBOX.L&AOY-st
                S: * LIST (\\Noselect) "." "INBOX"
                S: * LIST () "." {20}
                S: INBOX.Leads.Nye, 202
                S: $ OK done
                C: SELECT "INBOX.L&AOY-st"
                S: $ OK open
                C: LIST "" "*"
                S: * LIST () "." {20}
                S: INBOX.Leads.Nye, 202
                S: $ OK done
                C: SELECT "INBOX.Leads.Nye, 202"
                S: $ OK open
                END
                """
        ) { client, _ in
            _ = try await client.open("Læst", readOnly: false)
            _ = try await client.open("Leads/Nye, 202", readOnly: false)
        }
    }

    @Test("11: with UTF8=ACCEPT names go as they are written", .timeLimit(.minutes(1)))
    func utf8() async throws {
        try await Dialogue.play(
            Dialogue.opening("ENABLE UTF8=ACCEPT") + """
                C: ENABLE UTF8=ACCEPT
                S: * ENABLED UTF8=ACCEPT
                S: $ OK done
                C: LIST "" "*"
                S: * LIST () "/" "Læst & gemt"
                S: $ OK done
                C: SELECT {12}
                S: + go on
                C: Læst & gemt
                S: $ OK open
                END
                """
        ) { client, _ in _ = try await client.open("Læst & gemt", readOnly: false) }
    }

    // MARK: Moving

    @Test("5: MOVE makes the folder that is not there", .timeLimit(.minutes(1)))
    func move() async throws {
        try await Dialogue.play(
            Self.opened + """
                C: LIST "" "*"
                S: * LIST () "/" INBOX
                S: $ OK done
                C: UID MOVE 5:6,9 "Done"
                S: $ NO [TRYCREATE] no such folder
                C: CREATE "Done"
                S: $ OK made
                C: UID MOVE 5:6,9 "Done"
                S: * 3 EXPUNGE
                S: $ OK moved
                END
                """
        ) { client, _ in
            _ = try await client.open("INBOX", readOnly: false)
            try await client.move([5, 6, 9], to: "Done")
        }
    }

    @Test("5: without MOVE mail is copied and exactly it is removed, by UID", .timeLimit(.minutes(1)))
    func copy() async throws {
        try await Dialogue.play(
            Dialogue.opening("UIDPLUS") + Dialogue.selection + """
                C: LIST "" "*"
                S: * LIST () "/" Done
                S: $ OK done
                C: UID COPY 5 "Done"
                S: $ OK copied
                C: UID STORE 5 +FLAGS.SILENT (\\Deleted)
                S: $ OK marked
                C: UID EXPUNGE 5
                S: $ OK gone
                END
                """
        ) { client, _ in
            _ = try await client.open("INBOX", readOnly: false)
            try await client.move([5], to: "Done")
        }
    }

    @Test("5: without UIDPLUS nothing is expunged, for it might be what others marked", .timeLimit(.minutes(1)))
    func noExpunge() async throws {
        try await Dialogue.play(
            Dialogue.opening("IDLE") + Dialogue.selection + """
                C: LIST "" "*"
                S: * LIST () "/" Done
                S: $ OK done
                C: UID COPY 5 "Done"
                S: $ OK copied
                C: UID STORE 5 +FLAGS.SILENT (\\Deleted)
                S: $ OK marked
                END
                """
        ) { client, _ in
            _ = try await client.open("INBOX", readOnly: false)
            try await client.move([5], to: "Done")
        }
    }

    @Test("5: nothing is marked as deleted that could not be copied", .timeLimit(.minutes(1)))
    func copyRefused() async throws {
        try await Dialogue.play(
            Dialogue.opening("UIDPLUS") + Dialogue.selection + """
                C: LIST "" "*"
                S: * LIST () "/" Done
                S: $ OK done
                C: UID COPY 5 "Done"
                S: $ NO [OVERQUOTA] full
                END
                """
        ) { client, _ in
            _ = try await client.open("INBOX", readOnly: false)
            await #expect(throws: IMAPError.self) { try await client.move([5], to: "Done") }
        }
    }
}
