import CVR
import Rules

extension Command {
    /// How a mail of ours shows what may be answered.
    enum Wording {
        /// `CVR 12345678`: the company that the mail belongs to.
        case company
        /// `forkert firma 12345678`: another company than the one it was filed under.
        case wrongCompany

        /// As it is written; without a number with a place for one, which nobody can send off as a number.
        func text(_ number: CVRNumber?, in language: MailLanguage) -> String {
            let digits = number?.description ?? (language == .danish ? "<8 cifre>" : "<8 digits>")
            return switch (self, language) {
            case (.company, _): "CVR \(digits)"
            case (.wrongCompany, .danish): "forkert firma \(digits)"
            case (.wrongCompany, .english): "wrong company \(digits)"
            }
        }
    }
}
