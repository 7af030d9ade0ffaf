import Testing

@testable import Mail

@Suite("Absence notes without a header")
struct AbsenceTests {
    @Test(
        "subject and text together give them away",
        arguments: [
            ("Autosvar: Pris", "Jeg er på ferie til mandag."),
            ("Automatisk svar: Tilbud", "Jeg er tilbage på kontoret den 3."),
            ("Out of Office: quote", "I am out of the office until Monday."),
            ("Automatic reply: Hi", "I will be back on 3 May."),
            ("Abwesenheit", "Ich bin nicht im Büro."), ("Fravær", "Jeg er på barsel."),
            ("Ferie til 5. august", "Jeg er tilbage den 6. august."), ("SV: Ferie i uge 30", "Jeg holder ferie."),
            ("Re: Tilbud (Out of office)", "I will be back on Monday."), ("Fravær: Tilbud", "Jeg er ude af huset."),
            ("[EXTERN] Re: [Tilbud] På ferie", "Jeg er retur mandag."), ("Out-of-Office", "I am on annual leave."),
            ("Bo Lund is out of the office", "I will be back on Monday. Is it urgent? Call Eva."),
            ("Ferie – Bo Lund", "Jeg er retur mandag."),
            ("Sommerferie", "Jeg er på ferie. Se https://lundel.example/?p=ferie."),
        ])
    func notes(_ subject: String, _ text: String) {
        #expect(Absences.isNote(subject: subject, text: text))
    }

    @Test(
        "one of them alone does not",
        arguments: [
            ("Pris inden ferien", "Vi vil gerne have en pris."), ("Pris", "Jeg er på ferie til mandag, men ring bare."),
            ("Ferie", "Kan I levere et system til ferieplaner?"), ("", ""),
            ("Bilag og ferieregnskab", "Jeg er ude af huset torsdag, men er tilbage igen fredag."),
            ("Fraværsregistrering", "Vi er 40 ansatte. Jeg er tilbage igen mandag."),
            ("Spørgsmål før ferien", "Vi er tilbage igen i uge 32."),
            ("Ferie- og bilagssystem", "Jeg er tilbage mandag."), ("Ferie/fravær", "Jeg er tilbage mandag."),
            ("Ferie og fravær", "Vi skifter system. Jeg er tilbage mandag."),
            ("Pris på modul til fravær", "Ring, når jeg er tilbage på kontoret."),
            ("Ferie: pris", "Hvad koster modulet? Jeg er tilbage igen mandag."),
            ("Autosvarfunktion", "Jeg er tilbage igen mandag."), ("Absence management", "I will be back on Monday."),
            ("VS: Automatisk svar: Tilbud", "Prøv Bo, når han er tilbage."),
        ])
    func others(_ subject: String, _ text: String) {
        #expect(!Absences.isNote(subject: subject, text: text))
    }

    @Test("whoever sends a note of absence on is a person, but for a header that says otherwise")
    func forwards() throws {
        let text = """
            Fra: Eva Krag <ek@kraghave.example>
            Sendt: 23. november 2026 14:37
            Til: Jonas Holm <jh@fjordtek.example>
            Emne: Ferie

            Jeg er på ferie til mandag.
            """
        #expect(try forward(text, subject: "Automatisk svar: Tilbud").nature == .person)
        let read = try letter(
            "From: jh@fjordtek.example\nSubject: VS: Ferie\nAuto-Submitted: auto-replied\n\n\(text)",
            own: ["fjordtek.example"])
        #expect(read.form == .forwardInline && read.nature == .autoReply)
    }

    @Test("what stands beyond its reach is not looked at")
    func bounded() {
        let long = String(repeating: "Vi vil gerne have en pris. ", count: 40_000) + "Jeg er på ferie."
        #expect(!Absences.isNote(subject: "Autosvar", text: long))
    }
}
