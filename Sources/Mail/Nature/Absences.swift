/// Absence notes that carry no header saying so: subject and text together give them away; a new phrase is an entry.
enum Absences {
    private static let subjects = octets([
        "autosvar", "automatisk svar", "automatic reply", "automatic response", "auto reply",
        "auto-reply",
        "autoreply", "auto response", "out of office", "out of the office", "fravær",
        "ikke på kontoret", "ferie",
        "vacation", "absence", "barsel", "abwesenheit", "automatische antwort", "frånvaro",
        "fraværende",
    ])

    private static let texts = octets([
        "jeg er på ferie", "jeg holder ferie", "er på ferie", "ferie frem til", "er ikke på kontoret",
        "ude af kontoret", "ude af huset", "tilbage på kontoret", "tilbage igen", "er retur",
        "er tilbage",
        "begrænset adgang til", "ikke adgang til min mail", "på barsel", "på orlov",
        "out of the office",
        "out of office", "on vacation", "on holiday", "on leave", "annual leave", "limited access to",
        "will be back",
        "will return", "i am away", "i'm away", "läser inte", "åter på kontoret", "inte på kontoret",
        "nicht im büro",
        "nicht im hause", "nicht erreichbar",
    ])

    /// Octets of the text that are looked at.
    private static let reach = 2000

    static func isNote(subject: String, text: String) -> Bool {
        let subject = Folding.lower(subject.utf8.prefix(500))
        guard subjects.contains(where: { subject.contains(octets: $0) }) else { return false }
        let text = Folding.lower(text.utf8.prefix(reach))
        return texts.contains { text.contains(octets: $0) }
    }

    private static func octets(_ phrases: [String]) -> [[UInt8]] { phrases.map { Array($0.utf8) } }
}
