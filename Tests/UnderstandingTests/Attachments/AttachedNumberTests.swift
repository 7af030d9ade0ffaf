import CVR
import Mail
import Testing
import Understanding

/// Which company a letter belongs to by what is attached to it.
@Suite("Numbers in attachments")
struct AttachedNumberTests {
    private static let own = "94617308"
    private static let signature = "Venlig hilsen\nMette Lyngholm\nVestklit Emballage A/S"

    /// A paper of the lead's.
    private static let profile = """
        VESTKLIT EMBALLAGE A/S
        Havnevej 14, 6950 Ringkøbing
        CVR-nr. 24 25 67 90

        Kravspecifikation
        Vi ønsker at læse ca. 900 leverandørfakturaer om måneden ind i vores økonomisystem.
        """

    /// A supplier's invoice to the lead: it names the lead and holds somebody else's number.
    private static let invoice = """
        Nordlys Kartonnage ApS                                      CVR-nr. 13748136
        Vestklit Emballage A/S
        Att. mly@vestklit.example
        Faktura nr. 20417                        Fakturadato 03-11-2026
        120 kartoner à 14,50                                        1.740,00
        Betalingsfrist 30 dage netto
        """

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var letter = Letter.sample(signature: AttachedNumberTests.signature)
        var files: [ReadAttachment]
        var known = Acquaintance()
        var status: LinkDecision.Status
        var number: String?
        var ground: LinkDecision.Ground?

        init(
            _ description: String, of letter: Letter? = nil, _ files: [(String, String)], known: Acquaintance = .of(),
            _ status: LinkDecision.Status, _ number: String? = nil, _ ground: LinkDecision.Ground? = nil
        ) {
            testDescription = description
            if let letter { self.letter = letter }
            self.files = files.map { ReadAttachment.sample($0.0, $0.1) }
            self.known = known
            (self.status, self.number, self.ground) = (status, number, ground)
        }
    }

    private static let gmail = Mailbox(name: "Ulla", address: "ulla.madsen@gmail.com")

    @Test(
        "only the one number of a paper that names the writer links, and never against a stronger word",
        arguments: [
            Case("their own paper", [("Krav.pdf", profile)], .linked, "24256790", .attachment),
            Case(
                "told by the domain alone", of: .sample(),
                [("Krav.docx", "Krav til løsningen\nwww.vestklit.example\nCVR 24256790")], .linked, "24256790",
                .attachment),
            Case(
                "told by the address of a public provider", of: .sample(from: gmail),
                [("Krav.docx", "Kontakt: ulla.madsen@gmail.com\nCVR 24256790")], .linked, "24256790", .attachment),
            Case(
                "the mail itself says it", of: .sample(signature: "CVR-nr. 10103940"), [("Krav.pdf", profile)], .linked,
                "10103940", .labelled),
            Case(
                "our own people say it", of: .sample(signature: signature, note: "CVR 10103940"),
                [("Krav.pdf", profile)],
                .linked, "10103940", .instruction),
            Case(
                "the thread says it", [("Krav.pdf", profile)], known: .of(threads: ["10103940"]), .linked, "10103940",
                .thread),
            Case(
                "the address agrees", [("Krav.pdf", profile)], known: .of(address: ["24256790"]), .linked, "24256790",
                .attachment),
            Case(
                "the address stands for another", [("Krav.pdf", profile)], known: .of(address: ["10103940"]),
                .ambiguous, nil, .attachment),
            Case(
                "the domain stands for another", [("Krav.pdf", profile)], known: .of(domain: ["10103940"]), .ambiguous,
                nil, .attachment),
            Case(
                "nothing names the writer", of: .sample(), [("Firma.pdf", "Hansens Smedje\nCVR 24256790")], .ambiguous,
                nil,
                .attachment),
            Case(
                "two numbers of equal rank",
                [("Krav.pdf", profile), ("Mere.pdf", "Vestklit Emballage A/S\nCVR-nr. 13748136")], .ambiguous, nil,
                .attachment),
            Case(
                "a list of customers",
                [
                    (
                        "Kunder.xlsx",
                        "Vestklit Emballage A/S\nBo Lund CVR 13748136\nIda Skov CVR 10103940\nOle Hede CVR 22756214"
                    )
                ],
                .ambiguous, nil, .attachment),
            Case("a supplier's invoice", [("20417.pdf", invoice)], .none),
            Case(
                "a supplier's invoice beside a known address", [("20417.pdf", invoice)],
                known: .of(address: ["24256790"]), .linked, "24256790", .knownAddress),
            Case(
                "their own paper beside an invoice", [("20417.pdf", invoice), ("Krav.pdf", profile)], .linked,
                "24256790", .attachment),
            Case(
                "an invoice by its name", [("Faktura 20417.pdf", "Vestklit Emballage A/S\nNordlys CVR 13748136")], .none
            ),
            Case(
                "our own offer",
                [("Tilbud.pdf", "Fjordtek ApS, CVR-nr. 94617308\nVestklit Emballage A/S, CVR-nr. 24256790")],
                .none),
            Case("our own number alone", [("Vilkår.pdf", "Fjordtek ApS CVR 94617308")], .none),
            Case(
                "a list of phones",
                [("Telefonliste.txt", "Vestklit Emballage A/S\nMette 24256790\nBo 13748136\nTlf. 10103940")],
                .none),
            Case(
                "somebody else's by its words",
                [("Krav.pdf", "Vestklit Emballage A/S\nVores leverandør har CVR 13748136.")], .none),
            Case("a number that fails the check", [("Krav.pdf", "Vestklit Emballage A/S\nCVR 24256791")], .none),
            Case(
                "a broken number in the mail, a slip away",
                of: .sample(text: "Vores CVR er 24256791", signature: signature),
                [("Krav.pdf", profile)], .linked, "24256790", .attachment),
            Case(
                "a broken number in the mail, quite another",
                of: .sample(text: "Vores CVR er 13748137", signature: signature),
                [("Krav.pdf", profile)], .invalid),
            Case("a bounce", of: .sample(signature: signature, nature: .bounce), [("Krav.pdf", profile)], .none),
        ])
    func decides(_ test: Case) {
        let own = Set([CVRNumber(Self.own)].compactMap { $0 })
        let decision = LinkDecision.decide(
            letter: test.letter, known: test.known, own: own, attachments: test.files)
        #expect(decision.status == test.status && decision.number?.description == test.number)
        if test.status != .none { #expect(decision.ground == test.ground) }
        if decision.ground == .attachment { #expect(decision.confidence == (test.number == nil ? nil : .medium)) }
        #expect(!decision.teachesSender || decision.ground != .attachment)
        guard let evidence = decision.evidence, evidence.section == .attachment else { return }
        let file = test.files.first { $0.name == evidence.attachment }
        let words = file?.text.utf8.dropFirst(evidence.offset).prefix(evidence.length)
        #expect(words.map { Array($0) == Array(evidence.text.utf8) } ?? false, "the words stand where it says")
    }

    @Test("numbers of attachments are shown as candidates, so that a person can choose")
    func candidates() {
        let decision = LinkDecision.decide(
            letter: .sample(signature: Self.signature), known: Acquaintance(), own: [],
            attachments: [.sample("20417.pdf", Self.invoice)])
        #expect(decision.candidates.map(\.number) == ["13748136"])
    }
}

extension ReadAttachment {
    /// A file with a text.
    static func sample(_ name: String, _ text: String) -> ReadAttachment {
        ReadAttachment(
            Letter.Attachment(
                filename: name, contentType: "application/octet-stream", size: text.utf8.count, sha256: name,
                inline: false), outcome: .text, text: text)
    }
}
