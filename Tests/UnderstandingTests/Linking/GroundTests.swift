import Mail
import Testing
import Understanding

@Suite("Linking by every ground")
struct GroundTests {
    private static let signature = "Venlig hilsen\nMette Lyngholm\nVestklit Emballage A/S\nCVR-nr. 24 25 67 90"
    private static let gmail = Mailbox(name: "Ulla", address: "ulla@gmail.com")

    @Test(
        "our own people's instruction is strongest",
        arguments: [
            LinkCase(
                "a labelled number in the note", .sample(signature: signature, note: "Nyt firma, CVR 13748136."),
                known: .of(threads: ["22756214"], address: ["10103940"]), "13748136", .instruction,
                evidence: "CVR 13748136"),
            LinkCase(
                "a number behind DK in the note", .sample(note: "Det er DK13748136."), "13748136", .instruction,
                evidence: "DK13748136"),
            LinkCase(
                "their number in the note", .sample(note: "Kunden er Vestklit, deres CVR er 13748136"), "13748136",
                .instruction, evidence: "CVR er 13748136"),
            LinkCase(
                "in the note's first line, although it begins with our own name",
                .sample(note: "Jonas Holm her: brug CVR 13748136."), "13748136", .instruction, evidence: "CVR 13748136"),
            LinkCase(
                "a tag in the subject", .sample(signature: signature, outerSubject: "VS: Forespørgsel [CVR 13748136]"),
                "13748136", .instruction, evidence: "CVR 13748136"),
            LinkCase(
                "a plus-address or a command", .sample(signature: signature), known: .of(instruction: "13748136"),
                "13748136", .instruction),
        ])
    func instruction(_ test: LinkCase) { test.check() }

    @Test(
        "a thread comes next",
        arguments: [
            LinkCase("nothing else", .sample(), known: .of(threads: ["24256790"]), "24256790", .thread),
            LinkCase(
                "the same number in the signature", .sample(signature: signature), known: .of(threads: ["24256790"]),
                "24256790", .thread),
            LinkCase(
                "stronger than the address", .sample(), known: .of(threads: ["24256790"], address: ["13748136"]),
                "24256790", .thread),
            LinkCase(
                "one of two numbers in the signature", .sample(signature: signature + "\nCVR-nr. 13748136"),
                known: .of(threads: ["24256790"]), "24256790", .thread),
            LinkCase(
                "two threads, and the signature says which", .sample(signature: signature),
                known: .of(threads: ["24256790", "13748136"]), "24256790", .labelled, evidence: "CVR-nr. 24 25 67 90"),
            LinkCase(
                "two threads", .sample(), known: .of(threads: ["24256790", "13748136"]), .ambiguous, ground: .thread),
            LinkCase(
                "another company's number in the signature", .sample(signature: signature),
                known: .of(threads: ["13748136"]), .ambiguous, ground: .thread, evidence: "CVR-nr. 24 25 67 90"),
        ])
    func thread(_ test: LinkCase) { test.check() }

    @Test(
        "a labelled number of the lead's",
        arguments: [
            LinkCase(
                "in the signature", .sample(signature: signature), "24256790", .labelled,
                evidence: "CVR-nr. 24 25 67 90"),
            LinkCase(
                "in the text", .sample(text: "Vores CVR-nr. er 24256790, og vi er 12 ansatte."), "24256790", .labelled,
                evidence: "CVR-nr. er 24256790"),
            LinkCase(
                "in the subject",
                .sample(subject: "Tilbud til CVR 24256790", outerSubject: "VS: Tilbud til CVR 24256790"),
                "24256790", .labelled, evidence: "CVR 24256790"),
            LinkCase(
                "and not a parent's in the notice below",
                .sample(
                    signature: signature
                        + "\n\nDenne e-mail er fortrolig og kun til rette modtager. Lund Gruppen A/S, CVR 13748136."),
                "24256790", .labelled, evidence: "CVR-nr. 24 25 67 90"),
            LinkCase(
                "in the notice alone",
                .sample(
                    signature: "Mvh Mette\n\nThis e-mail is intended for the addressee. Vestklit A/S, CVR 24256790."),
                "24256790", .labelled, evidence: "CVR 24256790"),
            LinkCase(
                "twice the same", .sample(text: "CVR 24256790", signature: signature), "24256790", .labelled,
                evidence: "CVR 24256790"),
            LinkCase(
                "a web address of the register", .sample(text: "Se https://cvr.example/enhed/virksomhed/24256790"),
                "24256790", .labelled, evidence: "https://cvr.example/enhed/virksomhed/24256790"),
            LinkCase(
                "the address is known for another company", .sample(signature: signature),
                known: .of(address: ["13748136"]), "24256790", .labelled, .medium, evidence: "CVR-nr. 24 25 67 90"),
            LinkCase(
                "the domain is known for another company", .sample(signature: signature),
                known: .of(domain: ["13748136"]), "24256790", .labelled, .medium, evidence: "CVR-nr. 24 25 67 90"),
            LinkCase(
                "the address is known for this and another", .sample(signature: signature),
                known: .of(address: ["24256790", "13748136"]), "24256790", .labelled, evidence: "CVR-nr. 24 25 67 90"),
            LinkCase(
                "another number of the lead's is broken", .sample(text: "CVR 99999999", signature: signature),
                "24256790",
                .labelled, .medium, evidence: "CVR-nr. 24 25 67 90"),
            LinkCase(
                "the same number mistyped above", .sample(text: "CVR 24256970", signature: signature), "24256790",
                .labelled, evidence: "CVR-nr. 24 25 67 90"),
            LinkCase(
                "a CVR number and an SE number", .sample(signature: "CVR-nr. 24256790\nSE-nr. 13748136"), "24256790",
                .labelled, evidence: "CVR-nr. 24256790"),
            LinkCase(
                "a labelled number beats one behind DK", .sample(signature: "CVR 24256790\nDK13748136"), "24256790",
                .labelled, evidence: "CVR 24256790"),
        ])
    func labelled(_ test: LinkCase) { test.check() }

    @Test(
        "a number behind DK",
        arguments: [
            LinkCase(
                "alone", .sample(signature: "Vestklit A/S\nDK-24256790"), "24256790", .prefixed, evidence: "DK-24256790"
            ),
            LinkCase(
                "stronger than the address", .sample(signature: "DK24256790"), known: .of(address: ["24256790"]),
                "24256790", .prefixed, evidence: "DK24256790"),
            LinkCase(
                "two of them", .sample(signature: "DK24256790\nDK13748136"), .ambiguous, ground: .prefixed,
                evidence: "DK24256790"),
        ])
    func prefixed(_ test: LinkCase) { test.check() }

    @Test(
        "what the directory knows",
        arguments: [
            LinkCase(
                "the address", .sample(), known: .of(address: ["24256790"], domain: ["13748136"]), "24256790",
                .knownAddress, .medium, evidence: "mly@vestklit.example"),
            LinkCase(
                "an address at a public provider", .sample(from: gmail), known: .of(address: ["24256790"]), "24256790",
                .knownAddress, .medium, evidence: "ulla@gmail.com"),
            LinkCase(
                "an address of two companies", .sample(), known: .of(address: ["24256790", "13748136"]), .ambiguous,
                ground: .knownAddress),
            LinkCase(
                "the domain", .sample(), known: .of(domain: ["24256790"]), "24256790", .knownDomain, .low,
                evidence: "mly@vestklit.example"),
            LinkCase(
                "never the domain of a public provider", .sample(from: gmail), known: .of(domain: ["24256790"]), .none),
            LinkCase("no sender", .sample(from: nil), known: .of(domain: ["24256790"]), .none),
            LinkCase(
                "the address, where the number given is this one mistyped", .sample(signature: "CVR 24256970"),
                known: .of(address: ["24256790"]), "24256790", .knownAddress, .medium, evidence: "mly@vestklit.example"),
            LinkCase(
                "not the address, where the broken number is quite another", .sample(signature: "CVR 99999999"),
                known: .of(address: ["24256790"]), .invalid, evidence: "CVR 99999999"),
        ])
    func directory(_ test: LinkCase) { test.check() }

    @Test(
        "what the lead said in a mail quoted here is weak",
        arguments: [
            LinkCase(
                "below the lead's header",
                .sample(quoted: "Fra: Mette <mly@vestklit.example>\nSendt: 1. maj 2026\n\nHej\nCVR-nr. 24256790"),
                "24256790", .labelled, .low, evidence: "CVR-nr. 24256790"),
            LinkCase(
                "below an introduction",
                .sample(quoted: "Den 1. maj 2026 skrev Mette <mly@vestklit.example>:\n> Hej\n> CVR-nr. 24256790"),
                "24256790", .labelled, .low, evidence: "CVR-nr. 24256790"),
            LinkCase(
                "below an introduction in two lines",
                .sample(quoted: "On Fri, May 1, 2026 Mette wrote\n<mly@vestklit.example>:\n> CVR-nr. 24256790"),
                "24256790", .labelled, .low, evidence: "CVR-nr. 24256790"),
            LinkCase(
                "a colleague's", .sample(quoted: "Fra: Bo <bo@vestklit.example>\n\nCVR-nr. 24256790"), "24256790",
                .labelled, .low, evidence: "CVR-nr. 24256790"),
            LinkCase(
                "the newest statement wins",
                .sample(signature: signature, quoted: "Fra: Mette <mly@vestklit.example>\n\nCVR-nr. 13748136"),
                "24256790",
                .labelled, evidence: "CVR-nr. 24 25 67 90"),
            LinkCase("somebody else's", .sample(quoted: "Fra: Kim <kim@hansen.example>\n\nCVR-nr. 24256790"), .none),
            LinkCase(
                "ours below the lead's",
                .sample(
                    quoted: "Fra: Mette <mly@vestklit.example>\nTak\n\nFra: Jonas <jh@fjordtek.example>\nCVR 24256790"),
                .none),
            LinkCase(
                "a colleague's in a mail straight to us, which may be of our own house",
                .sample(quoted: "Fra: Bo <bo@vestklit.example>\n\nCVR-nr. 24256790", form: .reply), .none),
            LinkCase("nobody's", .sample(quoted: "> CVR-nr. 24256790"), .none),
            LinkCase(
                "another's at the same public provider",
                .sample(quoted: "Fra: Bo <bo@gmail.com>\n\nCVR-nr. 24256790", from: gmail), .none),
            LinkCase(
                "another than the address is known for",
                .sample(quoted: "Fra: Mette <mly@vestklit.example>\n\nCVR-nr. 24256790"),
                known: .of(address: ["13748136"]), .ambiguous, ground: .labelled, evidence: "CVR-nr. 24256790"),
        ])
    func quoted(_ test: LinkCase) { test.check() }
}
