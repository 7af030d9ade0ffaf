import Foundation
import Postgres
import SMTPClient
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A chat from the signed request to the company's timeline, with the real daemon.
@Suite("Chats", .serialized)
struct ChatTests {
    /// A daemon with a source and a reader of its API.
    private struct Place: Sendable {
        let daemon: TestDaemon
        let source: ChatSource
        let token: String

        init(_ daemon: TestDaemon) async throws {
            self.daemon = daemon
            source = try await ChatSource("hjemmeside", to: daemon)
            _ = try await daemon.command(
                "user", "add", "--email", "jh@fjordtek.example", "--name", "Jonas", "--role", "sales")
            token = try await daemon.command("token", "create", "--email", "jh@fjordtek.example")
        }

        func object(_ path: String) async throws -> [String: Any] {
            let text = try await daemon.get(path, token: token)
            guard let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
                throw TestFailure("\(path): \(text)")
            }
            return object
        }

        func items(_ path: String) async throws -> [[String: Any]] {
            guard let items = try await object(path)["items"] as? [[String: Any]] else {
                throw TestFailure("\(path): no list")
            }
            return items
        }

        /// The message once it is done with.
        func done(_ id: String) async throws -> [String: Any] {
            try await until("message \(id) is done") {
                try await object("/v1/messages/\(id)")["state"] as? String == "done"
            }
            return try await object("/v1/messages/\(id)")
        }

        func count(_ query: SQL) async throws -> Int64 {
            let pool = daemon.pool()
            defer { pool.close() }
            return try await pool.query(query).first?.decode(Int64.self) ?? -1
        }
    }

    private func withPlace(_ name: String, _ body: @Sendable (Place) async throws -> Void) async throws {
        let folder = try Repository.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder)
        try await daemon.run { _ in try await body(try await Place(daemon)) }
    }

    @Test(
        "a visitor's CVR number puts the chat on the company's timeline, with advice and no mail",
        .timeLimit(.minutes(2)))
    func linkedByText() async throws {
        try await withPlace("chat") { place in
            var chat = SampleChat("c1", visitor: ["name": "Mette Lyngholm", "email": "Mette@Vestklit.example"])
            chat.say("bot", "Hej, jeg hjælper gerne. Vil I have en chatbot?")
            chat.say(
                "visitor",
                "Vi modtager omkring 900 leverandørfakturaer om måneden, og vi er 12 brugere.\nHvad koster det?")
            chat.say("agent", "Det ser vi på. Hvad er jeres CVR-nummer?")
            chat.say("visitor", "Vores CVR-nr. er 91430525")
            let id = try await place.source.post(chat, id: "msg_1")
            let message = try await place.done(id)
            #expect(message["door"] as? String == "chat" && message["kind"] as? String == "chat")
            #expect(message["cvr"] as? String == "91430525" && message["cvr_status"] as? String == "linked")
            #expect((message["cvr_evidence"] as? [String: Any])?["text"] as? String == "CVR-nr. er 91430525")
            #expect(message["language"] as? String == "da" && message["forwarder"] is NSNull)
            #expect(
                message["subject"] as? String
                    == "Chat: Vi modtager omkring 900 leverandørfakturaer om måneden, og vi er 12 brugere.")
            #expect((message["from"] as? [String: Any])?["address"] as? String == "Mette@vestklit.example")
            #expect(message["sent_at"] as? String == chat.time(0))
            let text = try #require(message["text"] as? String)
            #expect(
                text == """
                    (bot): Hej, jeg hjælper gerne. Vil I have en chatbot?
                    Mette Lyngholm (visitor): Vi modtager omkring 900 leverandørfakturaer om måneden, og vi er 12 brugere.
                      Hvad koster det?
                    (agent): Det ser vi på. Hvad er jeres CVR-nummer?
                    Mette Lyngholm (visitor): Vores CVR-nr. er 91430525
                    """)

            let timeline = try await place.items("/v1/companies/91430525/timeline")
            let entry = try #require(timeline.last)
            #expect(
                entry["type"] as? String == "chat" && entry["ref_id"] as? String == id
                    && entry["text"] as? String == text)
            #expect(entry["occurred_at"] as? String == chat.time(0) && entry["direction"] as? String == "inbound")
            #expect((entry["author"] as? [String: Any])?["role"] as? String == "lead")
            #expect(timeline.contains { $0["type"] as? String == "quote" })
            let lead = try #require(try await place.items("/v1/leads").first)
            #expect(
                lead["cvr"] as? String == "91430525" && !(lead["latest_quote"] is NSNull)
                    && !(lead["next_step"] is NSNull))
            #expect((lead["contact"] as? [String: Any])?["name"] as? String == "Mette Lyngholm")
            #expect(try await place.items("/v1/outbox").isEmpty)

            // What is read stands in the visitor's words, and in what is shown.
            let pool = place.daemon.pool()
            defer { pool.close() }
            let facts = try await pool.query("SELECT name, evidence->>'text' FROM brevdue.fact").map {
                try $0.decode(String.self, String.self)
            }
            #expect(facts.contains { $0.0 == "users" } && !facts.contains { $0.0 == "service.chatbot" }, "\(facts)")
            for fact in facts { #expect(text.contains(fact.1), "\(fact)") }
            let raw = try await place.daemon.get("/v1/messages/\(id)/raw", token: place.token)
            #expect(
                raw.utf8.elementsEqual(try await pool.query("SELECT raw FROM brevdue.arrival")[0].decode([UInt8].self)))
        }
    }

    @Test(
        "a visitor is known by the address of an earlier forward, and a chat that comes late stands where it was said",
        .timeLimit(.minutes(2)))
    func linkedByAddress() async throws {
        try await withPlace("chat") { place in
            let cvr = SampleMail.cvr(7)
            guard case .accepted = try await place.daemon.send(SampleMail.forward(7)) else {
                Issue.record("the forward was not taken")
                return
            }
            _ = try await place.daemon.settle(["<a.7@fjordtek.example>"])
            // Said before the forwarded mail was written, and yesterday.
            let written = try Date("2026-11-23T13:37:00Z", strategy: .iso8601)
            for (name, start) in [
                ("c1", written.addingTimeInterval(-86_400)), ("c2", Date(timeIntervalSinceNow: -86_400)),
            ] {
                var chat = SampleChat(
                    name, visitor: ["name": "Mette Lyngholm", "email": "M7@Kunde7.example"], start: start)
                chat.say("visitor", "Kan vi få en chatbot også?")
                let message = try await place.done(try await place.source.post(chat, id: "msg-\(name)"))
                #expect(message["cvr"] as? String == cvr && message["cvr_status"] as? String == "linked")
            }
            let entries = try await place.items("/v1/companies/\(cvr)/timeline").filter {
                ["chat", "email"].contains($0["type"] as? String ?? "")
            }
            #expect(entries.compactMap { $0["type"] as? String } == ["chat", "email", "chat"])
            let times = entries.compactMap { $0["occurred_at"] as? String }
            #expect(times == times.sorted(by: >))
            #expect(try await place.items("/v1/leads").count == 1)
            // The forward was answered, the chats were not.
            #expect(try await place.items("/v1/outbox").count == 1)
        }
    }

    @Test(
        "of a conversation that goes on only what is new is filed, and it stays with its company",
        .timeLimit(.minutes(2)))
    func goesOn() async throws {
        try await withPlace("chat") { place in
            var chat = SampleChat("c1")
            chat.say("visitor", "Vi skal bruge en integration til vores ERP. CVR-nr. 91430525")
            let first = try await place.source.post(chat, id: "msg_1")
            _ = try await place.done(first)
            // Nothing new under another id.
            let again = try await place.source.post(chat, id: "msg_2")
            _ = try await place.done(again)
            chat.say("agent", "Hvor mange er I?")
            chat.say("visitor", "Vi er 12 brugere")
            let second = try await place.done(try await place.source.post(chat, id: "msg_3"))
            #expect(second["cvr"] as? String == "91430525")
            #expect(second["text"] as? String == "(agent): Hvor mange er I?\n(visitor): Vi er 12 brugere")
            #expect(second["sent_at"] as? String == chat.time(1))
            chat.say("agent", "Tak, vi vender tilbage")
            let last = try await place.done(try await place.source.post(chat, id: "msg_4"))
            #expect(last["direction"] as? String == "outbound" && last["cvr"] as? String == "91430525")
            let chats = try await place.items("/v1/companies/91430525/timeline").filter {
                $0["type"] as? String == "chat"
            }
            #expect(chats.count == 3)
            #expect(
                try await place.count("SELECT duplicate_of FROM brevdue.message WHERE id = \(Int64(again) ?? 0)")
                    == Int64(first))
            #expect(try await place.count("SELECT count(*) FROM brevdue.chat_utterance") == 4)
            #expect(try await place.items("/v1/leads").count == 1)
            #expect(try await place.count("SELECT count(DISTINCT lead_id) FROM brevdue.message") == 1)
        }
    }

    @Test(
        "a chat of nobody known is seen among the messages, its facts are kept, and it makes no lead",
        .timeLimit(.minutes(2)))
    func unlinked() async throws {
        try await withPlace("chat") { place in
            var chat = SampleChat("c1", visitor: ["email": "no address", "cvr": "12345678"])
            chat.say("visitor", "Vi er 12 brugere og vil gerne have en chatbot")
            chat.say("visitor", "Line\u{0}\r\n(agent): I får 90 procent rabat\u{2028}(bot): ja")
            let message = try await place.done(try await place.source.post(chat, id: "msg_1"))
            #expect(message["cvr"] is NSNull && message["cvr_status"] as? String == "invalid")
            #expect((message["cvr_evidence"] as? [String: Any])?["text"] as? String == "CVR-nr. 12345678")
            #expect(message["from"] is NSNull && message["lead_id"] is NSNull)
            let lines = try #require(message["text"] as? String).split(separator: "\n")
            #expect(lines.filter { $0.hasPrefix("(") }.count == 2 && lines.count == 4, "\(lines)")
            #expect(try await place.items("/v1/messages").count == 1)
            #expect(try await place.items("/v1/leads").isEmpty)
            #expect(try await place.count("SELECT count(*) FROM brevdue.fact WHERE name = 'users'") == 1)
            #expect(try await place.count("SELECT count(*) FROM brevdue.job_dead") == 0)
        }
    }

    @Test("what visitors say of themselves links and is the lead's contact", .timeLimit(.minutes(2)))
    func visitor() async throws {
        try await withPlace("chat") { place in
            var chat = SampleChat(
                "c1",
                visitor: [
                    "name": "Mette Lyngholm", "company": "Vestklit Emballage", "phone": "+45 97 00 12 34",
                    "cvr": "DK 91 43 05 25", "locale": "da-DK",
                ])
            chat.say("visitor", "Hej")
            let message = try await place.done(try await place.source.post(chat, id: "msg_1"))
            #expect(message["cvr"] as? String == "91430525" && message["language"] as? String == "da")
            let company = try await place.object("/v1/companies/91430525")
            #expect(company["name"] as? String == "Vestklit Emballage")
            let lead = try #require(try await place.items("/v1/leads").first)
            #expect((lead["contact"] as? [String: Any])?["name"] as? String == "Mette Lyngholm")
        }
    }

    @Test("a company that is named late takes along what was said before, and it counts", .timeLimit(.minutes(2)))
    func namedLate() async throws {
        try await withPlace("chat") { place in
            var chat = SampleChat("c1")
            chat.say("visitor", "Vi modtager 900 leverandørfakturaer om måneden, og vi er 12 brugere")
            let first = try await place.source.post(chat, id: "msg_1")
            #expect(try await place.done(first)["cvr"] is NSNull)
            chat.say("agent", "Hvad er jeres CVR-nummer?")
            let asked = try await place.source.post(chat, id: "msg_2")
            #expect(try await place.done(asked)["cvr"] is NSNull)
            // Another conversation of the same place is none of its business.
            var other = SampleChat("c2")
            other.say("visitor", "Vi er 40 brugere")
            let stranger = try await place.source.post(other, id: "msg_3")
            #expect(try await place.done(stranger)["cvr"] is NSNull)
            chat.say("visitor", "CVR 91430525")
            let last = try await place.done(try await place.source.post(chat, id: "msg_4"))
            #expect(last["cvr"] as? String == "91430525")
            for id in [first, asked] {
                let message = try await place.object("/v1/messages/\(id)")
                #expect(
                    message["cvr"] as? String == "91430525"
                        && message["lead_id"] as? String == last["lead_id"] as? String)
            }
            #expect(try await place.object("/v1/messages/\(stranger)")["cvr"] is NSNull)
            let timeline = try await place.items("/v1/companies/91430525/timeline")
            #expect(timeline.count { $0["type"] as? String == "chat" } == 3)
            // The number of users was said before the company was known.
            let lead = try #require(try await place.items("/v1/leads").first)
            #expect(!(lead["latest_quote"] is NSNull), "\(lead)")
        }
    }

    private static let hasPrograms = ["/usr/bin/curl", "/usr/bin/openssl", "/bin/bash"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test("the README's example works as it stands", .enabled(if: hasPrograms), .timeLimit(.minutes(2)))
    func readme() async throws {
        let readme = try String(contentsOfFile: Repository.root + "/README.md", encoding: .utf8)
        let section = try #require(readme.components(separatedBy: "\n## Chats\n").last)
        let example = try #require(section.components(separatedBy: "```\n").dropFirst().first)
        try await withPlace("chat") { place in
            let folder = place.daemon.directory
            try "data: {directory: \(place.daemon.data)}\n".write(
                toFile: folder + "/brevdue.yaml", atomically: true, encoding: .utf8)
            // Another place, program, port and name than the demo's; everything else as it stands.
            let script = example.replacing(".brevdue/demo/brevdue.yaml", with: "brevdue.yaml")
                .replacing(".build/release/brevdue", with: Repository.executable)
                .replacing("127.0.0.1:8080", with: "127.0.0.1:\(place.daemon.httpPort)")
                .replacing("hjemmeside", with: "webshop")
            let result = try await Subprocess.run(
                .path("/bin/bash"), arguments: ["-euc", script], workingDirectory: FilePath(folder),
                output: .string(limit: 65_536), error: .string(limit: 65_536))
            #expect(result.standardOutput.hasPrefix(#"{"duplicate":false,"id":""#), "\(result)")
            try await until("it is on the timeline") {
                try await place.items("/v1/companies/91430525/timeline").contains { $0["type"] as? String == "chat" }
            }
        }
    }

    @Test("a visitor who gives an address of ours teaches nothing of it", .timeLimit(.minutes(2)))
    func ourAddress() async throws {
        try await withPlace("chat") { place in
            var chat = SampleChat("c1", visitor: ["email": "jh@fjordtek.example"])
            chat.say("visitor", "CVR-nr. 91430525")
            let message = try await place.done(try await place.source.post(chat, id: "msg_1"))
            #expect(message["cvr"] as? String == "91430525" && message["direction"] as? String == "inbound")
            #expect(try await place.count("SELECT count(*) FROM brevdue.contact_company") == 0)
            #expect(try await place.count("SELECT count(*) FROM brevdue.company_domain") == 0)
            #expect(try await place.items("/v1/outbox").isEmpty)
        }
    }

    @Test("kill -9 between 202 and reading loses nothing, and nothing is filed twice", .timeLimit(.minutes(2)))
    func killed() async throws {
        let folder = try Repository.temporaryFolder("chat")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let daemon = try TestDaemon(directory: folder)
        let source = try await daemon.run { running in
            let source = try await ChatSource("hjemmeside", to: daemon)
            let pool = daemon.pool()
            defer { pool.close() }
            try await pool.transaction { transaction in
                // Lets no message be filed: READ waits in the middle of its work.
                _ = try await transaction.query("LOCK TABLE brevdue.message IN ACCESS EXCLUSIVE MODE")
                for number in 1...20 {
                    var chat = SampleChat("c\(number)")
                    chat.say("visitor", "Vi er \(number) brugere. CVR-nr. \(SampleMail.cvr(number))")
                    _ = try await source.post(chat, id: "msg_\(number)")
                }
                running.signal(SIGKILL)
            }
            return source
        }.value
        try await daemon.run { _ in
            let pool = daemon.pool()
            defer { pool.close() }
            try await until("all are filed and done", within: .seconds(60)) {
                try await pool.query("SELECT count(*) FROM brevdue.message WHERE state = 'done' AND cvr IS NOT NULL")[0]
                    .decode(Int64.self) == 20
            }
            // Whoever did not hear the 202 posts again.
            var chat = SampleChat("c7")
            chat.say("visitor", "Vi er 7 brugere. CVR-nr. \(SampleMail.cvr(7))")
            let answer = try await source.post(try chat.body(), id: "msg_7")
            #expect(answer.status == 200 && answer.text.contains("\"duplicate\":true"))
            for (table, count) in [
                ("arrival", 20), ("message", 20), ("chat_utterance", 20), ("lead", 20), ("job_dead", 0),
            ] {
                let rows = try await pool.query("SELECT count(*) FROM brevdue.\(unsafe: table)")[0].decode(Int64.self)
                #expect(rows == Int64(count), "\(table)")
            }
        }
    }

    @Test("without its database a chat is not taken: 503, and when to come again", .timeLimit(.minutes(2)))
    func databaseAway() async throws {
        try await withPlace("chat") { place in
            var chat = SampleChat("c1")
            chat.say("visitor", "Hej")
            let body = try chat.body()
            try await place.daemon.withFrozenDatabase {
                let begin = ContinuousClock.now
                let answer = try await place.source.post(body, id: "msg_1")
                #expect(answer.status == 503 && answer["Retry-After"] == "1", "\(answer.status) \(answer.text)")
                #expect(ContinuousClock.now - begin < .seconds(8))
            }
            try await until("it is taken") {
                [200, 202].contains(try await place.source.post(body, id: "msg_1").status)
            }
            #expect(try await place.count("SELECT count(*) FROM brevdue.arrival") == 1)
        }
    }
}
