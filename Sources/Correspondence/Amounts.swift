import Quoting
import Rules
import Understanding

/// Money as the reader of a mail expects it.
enum Amounts {
    /// `12.500,00 kr.` in Danish, `DKK 12,500.00` in English.
    static func money(_ money: Money, in language: MailLanguage) -> String {
        currency(Wording.amount(ore: money.ore, in: language), in: language)
    }

    /// `101.250 kr. + 5.012 kr./md.`: one-off and recurring apart, without needless decimals.
    static func short(_ quote: Quote, in language: MailLanguage) -> String {
        quote.totals.map { total in
            let amount = currency(withoutDecimals(total.subtotal, in: language), in: language)
            return switch (total.recurring, language) {
            case (nil, _): amount
            case (.month, .danish): amount + "/md."
            case (.month, .english): amount + "/month"
            case (.year, .danish): amount + "/år"
            case (.year, .english): amount + "/year"
            }
        }.joined(separator: " + ")
    }

    /// Sum, tax and what they make: `101.250,00 + 25 % moms 25.312,50 = 126.562,50 kr.`.
    static func withVAT(_ subtotal: Money, _ vat: Money, _ total: Money, percent: Int, in language: MailLanguage)
        -> String
    {
        let amount = { (money: Money) in Wording.amount(ore: money.ore, in: language) }
        let tax = language == .danish ? "moms" : "VAT"
        return "\(amount(subtotal)) + \(percent) % \(tax) \(amount(vat)) = \(money(total, in: language))"
    }

    /// How often an amount falls due, behind it.
    static func each(_ period: Quote.Period?, in language: MailLanguage) -> String {
        switch (period, language) {
        case (nil, _): ""
        case (.month, .danish): " pr. måned"
        case (.month, .english): " a month"
        case (.year, .danish): " pr. år"
        case (.year, .english): " a year"
        }
    }

    private static func withoutDecimals(_ money: Money, in language: MailLanguage) -> String {
        let amount = Wording.amount(ore: money.ore, in: language)
        return money.ore % 100 == 0 ? String(amount.dropLast(3)) : amount
    }

    private static func currency(_ amount: String, in language: MailLanguage) -> String {
        language == .danish ? "\(amount) kr." : "DKK \(amount)"
    }
}
