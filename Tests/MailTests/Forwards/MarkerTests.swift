import Testing

@testable import Mail

@Suite("Lines above a forwarded mail")
struct MarkerTests {
    @Test(
        "in the languages and forms of clients",
        arguments: [
            "---------- Forwarded message ---------", "---------- Videresendt meddelelse ---------",
            "Begin forwarded message:",
            "Start på videresendt besked:", "-------- Videresendt e-mail --------",
            "---------- Weitergeleitete Nachricht ----------",
            "---------- Vidarebefordrat meddelande ----------", "Début du message réexpédié :",
            "Начало переадресованного сообщения:",
            "---------- Doorgestuurd bericht ---------", "*---------- Forwarded message ----------*",
            "İleti başlangıcı:", "---------- İletilmiş mesaj ---------",
            "-------- Treść przekazanej wiadomości --------",
            "----- Mail transféré -----", "Start på videresendt melding:", "-------- İletilen İleti --------",
        ])
    func forwards(_ line: String) {
        #expect(ForwardMarkers.meaning(of: TextLine(octets: line.octets)) == .forward)
    }

    @Test(
        "those of Outlook say forward and reply alike",
        arguments: [
            "-----Original Message-----", "-----Oprindelig meddelelse-----", "-----Ursprüngliche Nachricht-----",
            "-----Antwort Nachricht-----",
        ])
    func originals(_ line: String) {
        #expect(ForwardMarkers.meaning(of: TextLine(octets: line.octets)) == .original)
    }

    @Test(
        "prose about a forward is none",
        arguments: [
            "Forwarded message", "Se den videresendte meddelelse:", "- videresendt til Mette", "-----", ":", "",
        ])
    func others(_ line: String) {
        #expect(ForwardMarkers.meaning(of: TextLine(octets: line.octets)) == nil)
    }

    @Test("a line of a client that no table knows is no word of the forwarder, where a header follows it")
    func unknown() throws {
        let block = "Fra: Bo Lund <bo@lundel.example>\nSendt: 23. november 2026 14:37\nEmne: Pris\n\nHej"
        for marker in ["----- Sendt videre -----", "-------- Preposlané / Fwd.Msg --------"] {
            let read = try forward("Ring til ham.\n\n\(marker)\n\(block)")
            #expect(read.original.from?.name == "Bo Lund" && read.note == "Ring til ham." && read.text == "Hej")
        }
        // What no header follows is said.
        #expect(try forward("----- Vigtigt -----\nRing til ham.\n\n\(block)").note.hasPrefix("----- Vigtigt -----"))
    }

    @Test(
        "Outlook's rule has ten underscores or more",
        arguments: [("__________", true), ("____", false), ("____x_____", false)])
    func rules(_ line: String, _ isRule: Bool) {
        #expect(ForwardMarkers.isRule(TextLine(octets: line.octets)) == isRule)
    }
}

@Suite("Prefixes of a subject")
struct SubjectPrefixTests {
    @Test(
        "tell a forward from a reply",
        arguments: [
            ("VS: Pris", SubjectPrefixes.Meaning.forward), ("FW: Price", .forward), ("Fwd: Price", .forward),
            ("WG: Preis", .forward), ("VB: Pris", .forward), ("Doorst: prijs", .forward), ("TR: prix", .forward),
            ("[EXTERN] VS: Pris", .forward), ("[Fwd: Price]", .forward), ("Vs : Pris", .forward), ("SV: Pris", .reply),
            ("Re: Price", .reply), ("RE[2]: Price", .reply), ("Re (3): Price", .reply), ("AW: Preis", .reply),
            ("Svar: Pris", .reply), ("SV: VS: Pris", .reply), ("VS: SV: Pris", .forward),
        ])
    func meaning(_ subject: String, _ meaning: SubjectPrefixes.Meaning) {
        #expect(SubjectPrefixes.meaning(of: subject) == meaning)
    }

    @Test(
        "other words are none",
        arguments: ["Pris", "Pris: 500 kr.", "", ":", "[EXTERN]", "[", "Vedr. tilbud: VS: Pris"])
    func none(_ subject: String) {
        #expect(SubjectPrefixes.meaning(of: subject) == nil)
    }

    @Test(
        "those of forwards are taken off, a reply's stays",
        arguments: [
            ("VS: Pris", "Pris"), ("VS: FW: Fwd: Pris", "Pris"), ("VS: SV: Pris", "SV: Pris"), ("Pris", "Pris"),
            ("[Fwd: Price]", "Price"), ("[EXTERN] VS: Pris", "Pris"),
        ])
    func withoutForwards(_ subject: String, _ bare: String) {
        #expect(SubjectPrefixes.withoutForwards(subject) == bare)
    }
}
