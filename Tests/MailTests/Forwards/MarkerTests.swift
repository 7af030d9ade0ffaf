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
            "----- Mail transféré -----", "Start på videresendt melding:",
        ])
    func forwards(_ line: String) {
        #expect(ForwardMarkers.meaning(of: TextLine(octets: line.octets)) == .forward)
    }

    @Test(
        "those of Outlook say forward and reply alike",
        arguments: [
            "-----Original Message-----", "-----Oprindelig meddelelse-----", "-----Ursprüngliche Nachricht-----",
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
