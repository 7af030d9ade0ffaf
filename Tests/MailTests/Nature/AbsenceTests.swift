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
        ])
    func notes(_ subject: String, _ text: String) {
        #expect(Absences.isNote(subject: subject, text: text))
    }

    @Test(
        "one of them alone does not",
        arguments: [
            ("Pris inden ferien", "Vi vil gerne have en pris."), ("Pris", "Jeg er på ferie til mandag, men ring bare."),
            ("Ferie", "Kan I levere et system til ferieplaner?"), ("", ""),
        ])
    func others(_ subject: String, _ text: String) {
        #expect(!Absences.isNote(subject: subject, text: text))
    }

    @Test("what stands beyond its reach is not looked at")
    func bounded() {
        let long = String(repeating: "Vi vil gerne have en pris. ", count: 40_000) + "Jeg er på ferie."
        #expect(!Absences.isNote(subject: "Autosvar", text: long))
    }
}
