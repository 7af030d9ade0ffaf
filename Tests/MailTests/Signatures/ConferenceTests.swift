import Testing

@testable import Mail

@Suite("Blocks of programs for meetings")
struct ConferenceTests {
    private static let long = String(repeating: "_", count: 80)
    private static let short = String(repeating: "_", count: 32)
    private static let said = "Jeg har sat 30 minutter af. Vi er 15 brugere."

    private static let blocks = [
        "\(long)\nMicrosoft Teams Har du brug for hjælp?\nDeltag i mødet nu\nMøde-id: 311 604 977 12\nAdgangskode: Kq7Wx2\n\(short)\nRing op via telefon\n+45 32 70 11 22,,704113642# Denmark, All locations\nFind et lokalt nummer\nTelefonkonference-id: 704 113 642#\nTil organisatorer: Mødeindstillinger | Nulstil PIN-kode til opkald\n\(long)",
        "\(long)\nMicrosoft Teams Need help?<https://aka.example/JoinTeamsMeeting>\nJoin the meeting now<https://teams.example/l/1>\nMeeting ID: 311 604 977 12\nPasscode: Kq7Wx2\n\(short)\nDial in by phone\n+45 32 70 11 22,,704113642# Denmark, Copenhagen\nFind a local number\nPhone conference ID: 704 113 642#\nFor organizers: Meeting options | Reset dial-in PIN\n\(long)",
        "\(short)\nMicrosoft Teams-møde\nDeltag på din computer, mobilapp eller lokaleenhed\nKlik her for at deltage i mødet\nMødets id: 311 604 977 12\nAdgangskode: Kq7Wx2\nDownload Teams | Deltag på internettet\nFå mere at vide | Mødeindstillinger\n\(short)",
        // All rules of one length.
        "\(short)\nMicrosoft Teams-møde\nDeltag i mødet nu\nMøde-id: 311 604 977 12\n\(short)\nRing op via telefon\n+45 32 70 11 22,,704113642#\nFind et lokalt nummer\n\(short)",
        // In a language that no table knows, between its rules.
        "\(long)\nMicrosoft Teams Potrzebujesz pomocy?\nDołącz do spotkania teraz\nhttps://teams.example/l/1\nIdentyfikator: 311 604 977 12\n+48 22 101 22 33,,704113642# Poland\n\(long)",
        // Without rules, as some programs leave them out.
        "Microsoft Teams\nDeltag i mødet nu\nMøde-id: 311 604 977 12\nAdgangskode: Kq7Wx2",
        "Deltag med Google Meet\nhttps://meet.example/abc-defg-hij\n\nDeltag via telefon\n+45 70 71 47 11 (pinkode: 233418)\n\nFlere telefonnumre",
        "Eva Krag inviterer dig til et planlagt Zoom-møde.\n\nEmne: Bilag\nTid: 3. dec. 2026 09:00\n\nDeltag i Zoom-møde\nhttps://zoom.example/j/83314455667\n\nMøde-id: 833 1445 5667\nAdgangskode: 418822\n\n---\n\nÉt-tryks mobil\n+4532701122,,83314455667# Danmark",
        "Join Zoom Meeting\nhttps://zoom.example/j/83314455667\n\nMeeting ID: 833 1445 5667\nPasscode: 418822\n\nDial by your location\n+45 32 70 11 22 Denmark\n+45 32 70 11 33 Denmark\nFind your local number: https://zoom.example/u/kd",
    ]

    @Test("nobody says them, and the signature above is found as without them", arguments: blocks)
    func below(_ block: String) throws {
        for signature in ["Venlig hilsen\nEva Krag\nØkonomichef\nKrag Foder A/S\nTlf. 71 82 93 08", "Vh Eva"] {
            let read = try reply("\(Self.said)\n\n\(signature)\n\n\(block)")
            #expect(read.text == Self.said && read.signature == "\(signature)\n\n\(block)")
            let start = try #require(read.noticeStart)
            #expect(String(decoding: Array(read.signature.utf8)[start...], as: UTF8.self) == block)
        }
        let unsigned = try reply("\(Self.said)\n\n\(block)")
        #expect(unsigned.text == Self.said && unsigned.signature == block)
    }

    @Test("what stands below goes on", arguments: blocks)
    func above(_ block: String) throws {
        let signature = "Venlig hilsen\nEva Krag\nTlf. 71 82 93 08"
        let read = try reply("\(Self.said)\n\n\(block)\n\nMona er også med.\n\n\(signature)")
        #expect(read.text.filter { !$0.isWhitespace } == (Self.said + "Mona er også med.").filter { !$0.isWhitespace })
        #expect(read.signature == "\(signature)\n\n\(block)")
    }

    @Test("a text that is nothing else stays what is said")
    func alone() throws {
        let text = "Microsoft Teams\nDeltag i mødet nu\nMøde-id: 311 604 977 12"
        #expect(try reply(text).text == text)
    }

    @Test(
        "people speak of such programs, too",
        arguments: [
            "Microsoft Teams bruger vi allerede.", "Microsoft Teams\n\nKan jeres system sende beskeder dertil?",
            "\(long)\nMicrosoft Teams er vigtigt for os.\nVi er 15 brugere.\n\(long)\nMere følger.",
            "Deltag via Google Meet på torsdag.",
        ])
    func people(_ text: String) {
        let lines = TextLine.lines(of: Array("Ja tak.\n\n\(text)\n\nHvad koster det?".utf8))
        #expect(Conferences.first(in: lines) == nil)
    }
}
