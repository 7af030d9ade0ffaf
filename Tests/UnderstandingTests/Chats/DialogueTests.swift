import CVR
import Chat
import Foundation
import Mail
import Rules
import TestSupport
import Testing
import Understanding

@Suite("Chats as letters")
struct DialogueTests {
    /// A transcript of who said what, a minute apart.
    private func transcript(_ said: [(String, String)], visitor: [String: String] = [:]) throws -> Transcript {
        let messages: [[String: Any]] = said.enumerated().map { minute, said in
            ["id": "\(minute)", "at": "2026-11-24T10:0\(minute):00+01:00", "role": said.0, "text": said.1]
        }
        let event: [String: Any] = [
            "type": "chat.transcript.created", "timestamp": "2026-11-24T10:30:00+01:00",
            "data": ["conversation_id": "c", "visitor": visitor, "messages": messages],
        ]
        let octets = Array(try JSONSerialization.data(withJSONObject: event))
        guard case .transcript(let transcript) = try ChatEvent(octets).content else {
            throw TestFailure("no transcript")
        }
        return transcript
    }

    private func letter(_ said: [(String, String)], visitor: [String: String] = [:]) throws -> Letter {
        let transcript = try transcript(said, visitor: visitor)
        return Letter(transcript.utterances, of: transcript)
    }

    @Test("the visitor's words alone are the text, written at the first thing said")
    func text() throws {
        let letter = try letter(
            [("bot", "Hej"), ("visitor", "Vi er 12 brugere "), ("agent", "Fint"), ("visitor", "Hvad koster det?")],
            visitor: ["name": "Mette Lyngholm", "email": " Mette@VESTKLIT.example"])
        #expect(letter.text == "Vi er 12 brugere\n\nHvad koster det?")
        #expect(letter.form == .direct && letter.nature == .person && !letter.autoReply.allowed)
        #expect(letter.original.from == Mailbox(name: "Mette Lyngholm", address: "Mette@vestklit.example"))
        #expect(letter.from == [letter.original.from] && letter.messageID == nil && letter.language == "da")
        #expect(letter.original.date.text == "2026-11-24T10:00:00+01:00" && letter.original.date.offset == 3600)
    }

    @Test("facts are read of the visitor alone, and their words stand in the dialogue")
    func facts() throws {
        let rules = try RuleFolder.load(Repository.rules)
        let transcript = try transcript([
            ("bot", "Vil I have en chatbot? De fleste har 50 brugere."),
            ("visitor", "Nej tak. Vi modtager 900 fakturaer om måneden,\nog vi er 12\nbrugere"),
        ])
        let facts = FactFinder(rules).facts(in: Letter(transcript.utterances, of: transcript))
        let dialogue = Dialogue(transcript.utterances, of: transcript.visitor).text
        #expect(facts.first { $0.name == "users" }?.value == .number(thousandths: 12_000))
        #expect(facts.first { $0.name == "service.chatbot" }?.value != .flag(true))
        for fact in facts { #expect(dialogue.contains(fact.evidence.text), "\(fact.name)") }
    }

    static let forgeries = [
        "hej\n(agent): I får 90 procent", "hej\r\n(agent): x", "hej\r(agent): x", "hej\u{2028}(agent): x",
        "hej\u{85}(agent): x",
        "hej\u{B}(agent): x", "\n\n(agent): x", "hej\n\n\n\n(agent): x\n",
    ]

    @Test("nobody can write a line that looks like another's", arguments: forgeries)
    func forged(_ text: String) throws {
        let transcript = try transcript([("visitor", text), ("agent", "Nej")])
        let lines = Dialogue(transcript.utterances, of: transcript.visitor).text.split(whereSeparator: \.isNewline)
        #expect(lines.filter { $0.hasPrefix("(") }.count == 2)
        #expect(lines.first?.hasPrefix("(visitor): ") == true && lines.last == "(agent): Nej")
        var named = transcript
        named.visitor.name = "Mette\n(agent)"
        #expect(Dialogue(named.utterances, of: named.visitor).text.hasPrefix("Mette (agent) (visitor): "))
    }

    @Test("the headline is the first words of the visitor, of the others only where there are none")
    func headline() throws {
        func headline(_ said: [(String, String)]) throws -> String {
            let transcript = try transcript(said)
            return Dialogue(transcript.utterances, of: transcript.visitor).headline
        }
        #expect(try headline([("bot", "Hej"), ("visitor", "Hvad koster det?\nVi er to")]) == "Chat: Hvad koster det?")
        #expect(try headline([("bot", "Hej")]) == "Chat: Hej" && headline([("visitor", "")]) == "Chat: ")
        let long = try headline([("visitor", String(repeating: "og så videre ", count: 20))])
        #expect(long.count <= 87 && long.hasSuffix("videre…"), "\(long)")
    }

    @Test("what the visitor said of themselves is read as a signature is")
    func visitor() throws {
        let letter = try letter(
            [("visitor", "Hej")],
            visitor: [
                "name": "Mette Lyngholm", "company": "Vestklit Emballage", "phone": "+45 97 00 12 34",
                "cvr": "dk-91 43 05 25",
                "locale": "sv_SE",
            ])
        let contact = ContactReader.read(letter)
        #expect(contact.contact.name == "Mette Lyngholm" && contact.company.name == "Vestklit Emballage")
        #expect(contact.contact.phone == "+45 97 00 12 34" && letter.original.from == nil && letter.language == "sv")
        let link = LinkDecision.decide(letter: letter, known: Acquaintance(), own: [])
        #expect(link.number == CVRNumber("91430525") && link.evidence?.text == "CVR-nr. 91430525")
        #expect(link.confidence == .high)
    }

    /// The number in the form, what the visitor wrote, and what becomes of it.
    static let links: [(String, String, LinkDecision.Status, String?)] = [
        ("", "Vores CVR er 91430525", .linked, "91430525"), ("91430525", "CVR 91430525", .linked, "91430525"),
        ("91430525", "CVR 24256790", .ambiguous, nil), ("12345678", "Hej", .invalid, nil), ("æ", "Hej", .none, nil),
        ("", "Vores leverandør har CVR 24256790", .none, nil), ("", "91430525", .none, nil),
    ]

    @Test("numbers of the form and of the text count as in a mail", arguments: links)
    func link(_ form: String, _ text: String, _ status: LinkDecision.Status, _ number: String?) throws {
        let letter = try letter([("bot", "Vores CVR er 33962452"), ("visitor", text)], visitor: ["cvr": form])
        let link = LinkDecision.decide(letter: letter, known: Acquaintance(), own: [])
        #expect(link.status == status && link.number?.description == number)
    }

    @Test(
        "what is no address is none",
        arguments: ["mette", "@x.dk", "a@b", "a b@c.dk", "a@b.dk>", "a@@b.dk", "a@.dk", "a@b."])
    func noAddress(_ text: String) throws {
        #expect(try transcript([("visitor", "Hej")], visitor: ["email": text]).visitor.mailbox == nil)
    }

    @Test("an endless chat is shown and read up to a bound", .timeLimit(.minutes(1)))
    func long() throws {
        let words = String(repeating: "æ ", count: 10_000)
        let messages: [[String: Any]] = (0..<160).map {
            ["at": "2026-11-24T10:00:00.\($0)Z", "role": $0 % 2 == 0 ? "visitor" : "agent", "text": words]
        }
        let event: [String: Any] = [
            "type": "chat.transcript.created", "timestamp": "2026-11-24T10:30:00+01:00",
            "data": ["conversation_id": "c", "messages": messages],
        ]
        guard
            case .transcript(let transcript) = try ChatEvent(Array(try JSONSerialization.data(withJSONObject: event)))
                .content
        else { return }
        let dialogue = Dialogue(transcript.utterances, of: transcript.visitor)
        #expect((900_000...1_100_000).contains(dialogue.text.utf8.count) && dialogue.text.hasSuffix("\n…"))
        #expect(dialogue.visitorText.utf8.count < dialogue.text.utf8.count)
    }
}
