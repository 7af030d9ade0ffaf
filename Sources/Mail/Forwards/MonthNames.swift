/// What the names of the months begin with, by language, January first; a new language is a row.
enum MonthNames {
    /// Several beginnings of one month are divided by `|`; the longest that fits wins.
    private static let rows: [String: String] = [
        "da": "jan feb mar apr maj jun jul aug sep okt nov dec",
        "en": "jan feb mar apr may jun jul aug sep oct nov dec",
        "nb": "jan feb mar apr mai jun jul aug sep okt nov des",
        "sv": "jan feb mar apr maj jun jul aug sep okt nov dec",
        "de": "jan|jän feb mär|mar|mrz apr mai jun jul aug sep okt nov dez",
        "nl": "jan feb maa|mrt apr mei jun jul aug sep okt nov dec",
        "fr": "janv|jan fév|fev mars|mar avr mai juin juil aoû|aou sep oct nov déc|dec",
        "es": "ene feb mar abr may jun jul ago sep|set oct nov dic",
        "pt": "jan fev mar abr mai jun jul ago set out nov dez",
        "it": "gen feb mar apr mag giu lug ago set ott nov dic",
        "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "fi": "tam hel maa huh tou kes hei elo syy lok mar jou",
        "et": "jaa vee mär apr mai jun jul aug sep okt nov det",
        "hr": "sij velj ožu tra svi lip srp kol ruj lis stu pro",
        "hu": "jan feb már ápr máj jún júl aug szep okt nov dec",
        "ro": "ian feb mar apr mai iun iul aug sep oct noi|nov dec",
        "ru": "янв фев мар апр ма|май июн июл авг сен окт ноя дек",
        "uk": "січ лют бер кві тра чер лип сер вер жов лис гру",
        "sk": "jan feb mar apr máj|maj jún|jun júl|jul aug sep okt nov dec",
        "cs": "led únor|úno břez|bře dub kvě čvn|červn|červen čvc|červenc|červene srp zář říj lis pro",
        "tr": "oca şub mar nis may haz tem ağu eyl eki kas ara",
    ]

    private static let table: [String: [(beginning: [UInt8], month: Int)]] = rows.mapValues { row in
        row.split(separator: " ").enumerated().flatMap { index, beginnings in
            beginnings.split(separator: "|").map { (Array($0.utf8), index + 1) }
        }
    }

    /// All languages, for text whose own is not known, the likeliest first.
    private static let all = (["da", "en"] + rows.keys.filter { $0 != "da" && $0 != "en" }.sorted())
        .flatMap { table[$0] ?? [] }

    /// The month (1 to 12) that a word in lower case names.
    static func month(_ word: ArraySlice<UInt8>, language: String?) -> Int? {
        if let own = language.flatMap({ table[$0] }), let month = longest(of: own, beginning: word) {
            return month
        }
        return all.first { word.starts(with: $0.beginning) }?.month
    }

    private static func longest(
        of months: [(beginning: [UInt8], month: Int)], beginning word: ArraySlice<UInt8>
    ) -> Int? {
        months.filter { word.starts(with: $0.beginning) }.max {
            $0.beginning.count < $1.beginning.count
        }?.month
    }
}
