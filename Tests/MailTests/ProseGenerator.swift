/// Business prose by a seed: the same seed writes the same.
struct ProseGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A linear congruential generator (Knuth, MMIX); its upper half is used.
    mutating func next() -> UInt64 {
        var value: UInt64 = 0
        for _ in 0..<2 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            value = value << 32 | state >> 32
        }
        return value
    }

    private static let sentences = [
        "Vi vil gerne have en pris på jeres dokumentlæsning.", "Vi er 18 brugere fordelt på tre afdelinger.",
        "Det skal køre inden udgangen af marts, for så kommer revisorerne.", "Kan I ringe til mig på 70 10 20 30?",
        "We type about 350 purchase invoices a month by hand.", "Could you send a quote by Thursday?",
        "Hvad koster support, og ligger vores data i EU?", "Budgettet er 150.000 kr. ekskl. moms.",
        "See https://lundel.example/krav?id=7&sprog=da for the rest.",
        "Vores ERP hedder Business Central (version 22).",
        "Husk: tilbuddet fra sidste år gjaldt kun Aarhus.", "It's the 2nd time we ask – sorry!",
        "Prisen på 4.200 kr. pr. måned er fin, men opstarten er for dyr.", "Für die Kollegen in Hamburg später auch.",
        "Jeg er på kontoret mandag–onsdag kl. 8.30–15.", "Åbningstiderne ændrer sig: uge 52 holder vi lukket.",
    ]

    /// Lines that look like something else.
    private static let lines = [
        "- 18 licenser", "1) integration til e-conomic", "• undervisning, én dag", "Fra: lageret i Vejle",
        "From: 1 January",
        "Til: alle", "Pris: 500 kr.", "Emne for mødet: godkendelse", "Sendt i går af Birthe.", "* * *",
        "NB: ingen binding",
        "Vi skrev til jer den 3. maj:", "Videresend gerne.", "Dato: følger",
    ]

    /// Paragraphs and lists; no greeting below, no quotation.
    mutating func text() -> String {
        (0..<Int.random(in: 1...4, using: &self)).map { _ in
            let source = Int.random(in: 0...3, using: &self) == 0 ? Self.lines : Self.sentences
            let count = Int.random(in: 1...3, using: &self)
            return (0..<count).map { _ in source.randomElement(using: &self) ?? "" }
                .joined(separator: source.count == Self.lines.count ? "\n" : " ")
        }.joined(separator: "\n\n")
    }

    mutating func mail(from address: String, text: String) -> SentMail {
        let names = ["Mette Lyngholm", "Søren Krag-Østergård", "Oliver Marsh", "Åse Bjørn", "José Núñez", "Bo Lund"]
        let subjects = ["Pris på 18 brugere", "Quote for invoices", "Følgesedler – uge 49", "Re: Møde", "Spørgsmål?"]
        let day = Int.random(in: 13...28, using: &self)
        let hour = Int.random(in: 10...23, using: &self)
        return SentMail(
            name: names.randomElement(using: &self) ?? "", address: address, to: "jh@fjordtek.example",
            subject: subjects.randomElement(using: &self) ?? "", date: "\(day).11.2026 \(hour):37", text: text)
    }
}
