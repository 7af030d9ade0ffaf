import Mail

/// What the lead's company is called, as far as sender, form and signature tell; a name beside a number is compared with it.
///
/// Read when the first number asks for it, as most mails have none.
final class LeadNames {
    enum Likeness {
        /// It is the lead's company.
        case same
        /// The lead's company is called something else.
        case other
        case unknown
    }

    private let letter: Letter
    private lazy var form = letter.webForm
    /// The form, where a website sent it.
    private(set) lazy var passedOn = form.flatMap { letter.isPassedOn($0) ? $0 : nil }
    private lazy var sender = SenderName(letter.writer)
    /// Words of the names in display name, form and signature.
    private lazy var companies: [Set<String>] = {
        let signed = SignatureSegments.all(in: letter.signature).compactMap {
            CompanyNames.read($0) ?? CompanyNames.labelled($0)
        }
        return ([sender.company, form?.company].compactMap { $0 } + signed).map(Self.words)
    }()
    /// `vestklit` of `mly@vestklit.dk`.
    private lazy var label = letter.writer.flatMap { NoteCompany.label($0.address) }
    private lazy var person = Set((sender.person ?? "").split(separator: " ").map { CompanyNames.folded($0) })

    /// Whether a machine wrote, and passes no form on.
    private(set) lazy var isMachine = letter.isOfMachine && form == nil
    /// Words of the display name.
    private lazy var displayed = Self.words(letter.original.from?.name ?? "").subtracting(Self.common)

    init(_ letter: Letter) { self.letter = letter }

    /// Whether a number beside a company's name may be the sender's own: of a machine's only where its display name says that it
    /// speaks for that company.
    func mayBeSenders(_ company: String?) -> Bool {
        guard isMachine else { return true }
        let names = company.map { [Self.words($0)] } ?? companies
        return names.contains { !$0.isDisjoint(with: displayed) }
    }

    func likeness(of name: String) -> Likeness {
        let words = Self.words(name)
        let isRelative = words.contains { word in
            Self.relatives.contains(word) && !companies.contains { $0.contains(word) }
        }
        let own = words.subtracting(Self.common).subtracting(Self.relatives)
        let isSame =
            companies.contains { !$0.isDisjoint(with: own) }
            || label.map { label in own.contains { $0.utf8.count >= 4 && label.contains($0) || $0 == label } } ?? false
            // A sole trader's company bears the whole name.
            || person.count > 1 && person.isSubset(of: words)
        if isSame { return isRelative ? .other : .same }
        return companies.isEmpty ? .unknown : .other
    }

    /// Words of so many names that they tell none from another.
    private static let common: Set<String> = [
        "byg", "transport", "danmark", "denmark", "service", "consult", "consulting", "international", "nordic",
        "nordisk",
        "entreprise", "it", "team", "center", "handel", "maskiner", "vvs", "el", "revision", "firma", "firmaet",
        "design",
        "solutions", "teknik", "industri", "partner", "partners", "the", "og", "and", "co", "company",
    ]
    /// Words that tell a company from others of the same owner.
    private static let relatives: Set<String> = [
        "holding", "invest", "ejendomme", "ejendom", "properties", "gruppen", "group",
    ]

    private static func words(_ name: String) -> Set<String> {
        Set(
            name.split { $0 == " " || $0 == "-" || $0 == "/" }.filter { !CompanyNames.isForm($0) }
                .map { CompanyNames.folded($0) }.filter { $0.utf8.count > 1 })
    }
}
