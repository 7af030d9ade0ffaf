import CVR
import Mail
import Testing
import Understanding

@Suite("Which evidence counts more")
struct RankTests {
    private static let signature = "Venlig hilsen\nMette Lyngholm\nVestklit Emballage A/S\nCVR-nr. 24 25 67 90"
    private static let gmail = Mailbox(name: "Ulla Bro", address: "ulla@gmail.com")

    @Test(
        "the text where it claims the number, then the signature",
        arguments: [
            LinkCase(
                "our number in the text", .sample(text: "Brug vores CVR 13748136.", signature: signature), "13748136",
                .labelled, .medium, evidence: "CVR 13748136"),
            LinkCase(
                "we are", .sample(text: "Vi er Klitgruppen ApS, CVR 13748136.", from: gmail), "13748136", .labelled,
                evidence: "CVR 13748136"),
            LinkCase(
                "the company's name", .sample(text: "Vestklit Emballage A/S\nCVR 13748136"), "13748136", .labelled,
                evidence: "CVR 13748136"),
            LinkCase(
                "to whom the invoice goes",
                .sample(text: "Fakturaen skal stiles til Bro Byg ApS, CVR 13748136.", from: gmail),
                "13748136", .labelled, evidence: "CVR 13748136"),
            LinkCase(
                "a claim beside a name", .sample(text: "Vores CVR er 13748136. Hansen Byg ApS, CVR 22756214."),
                "13748136",
                .labelled, evidence: "CVR er 13748136"),
            LinkCase(
                "two claims", .sample(text: "Vores CVR er 13748136. Vi er CVR 22756214."), .ambiguous,
                ground: .labelled,
                evidence: "CVR er 13748136"),
            LinkCase(
                "heard of us", .sample(text: "Vi har hørt om jer og er Bro Byg ApS, CVR 13748136.", from: gmail),
                "13748136",
                .labelled, evidence: "CVR 13748136"),
        ])
    func textAndSignature(_ test: LinkCase) { test.check() }

    private static let record = CVRNumber("24256790").map {
        RegisterEntry(
            number: $0, name: "VESTKLIT EMBALLAGE A/S", secondaryNames: ["Klitpak A/S"], phones: ["10405033"],
            domains: ["vestklit.example"])
    }
    private static let other = CVRNumber("13748136").map {
        RegisterEntry(number: $0, name: "Klitgruppen ApS", domains: ["klitgruppen.example"])
    }
    private static let records = [record, other].compactMap { $0 }
    private static var ceased: [RegisterEntry] {
        records.map {
            var record = $0
            record.hasCeased = true
            return record
        }
    }

    @Test(
        "a record of the register last of all",
        arguments: [
            LinkCase(
                "by domain", .sample(), known: .of(register: records), "24256790", .register, .low,
                evidence: "mly@vestklit.example"),
            LinkCase(
                "by name, whatever its case", .sample(signature: "Ulla\nVestklit Emballage A/S", from: gmail),
                known: .of(register: records), "24256790", .register, .low, evidence: "Vestklit Emballage A/S"),
            LinkCase(
                "by a secondary name and a bare number", .sample(text: "Vi er klitpak a/s, 24256790.", from: gmail),
                known: .of(register: records), "24256790", .register, .medium, evidence: "klitpak a/s"),
            LinkCase(
                "by telephone", .sample(signature: "Ulla\nTlf. +45 10 40 50 33", from: gmail),
                known: .of(register: records), "24256790", .register, .low, evidence: "Tlf. +45 10 40 50 33"),
            LinkCase(
                "by two points", .sample(signature: "Mette\nVestklit Emballage A/S"), known: .of(register: records),
                "24256790", .register, .medium, evidence: "mly@vestklit.example"),
            LinkCase(
                "two records", .sample(text: "Klitgruppen ApS spørger."), known: .of(register: records), .ambiguous,
                ground: .register, evidence: "mly@vestklit.example"),
            LinkCase("none that agrees", .sample(from: gmail), known: .of(register: records), .none),
            LinkCase("one that has ceased", .sample(), known: .of(register: ceased), .none),
            LinkCase(
                "behind the domain", .sample(), known: .of(domain: ["22756214"], register: records), "22756214",
                .knownDomain, .low, evidence: "mly@vestklit.example"),
            LinkCase(
                "of another name than the mail's", .sample(signature: "Ulla\nBro Byg ApS\nCVR 24256790", from: gmail),
                known: .of(register: records), "24256790", .labelled, .medium, evidence: "CVR 24256790"),
        ])
    func register(_ test: LinkCase) { test.check() }

    @Test(
        "separators and signs that show nothing",
        arguments: [
            "CVR-nr. 24\u{A0}25\u{A0}67\u{A0}90", "CVR-nr. 24\u{200B}25\u{200B}67\u{200B}90", "CVR-nr. 24\u{AD}256790",
            "CVR-nr. ２４２５６７９０", "CVR：24256790", "CVR 24\u{2060}25\u{FEFF}6790", "CVR 24–25–67–90",
            "CVR-nr.\u{200B}24\u{2009}25\u{2009}67\u{2009}90",
        ])
    func separators(_ words: String) {
        LinkCase(words, .sample(signature: words), "24256790", .labelled, evidence: words).check()
    }
}
