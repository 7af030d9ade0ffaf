/// Words that say whose a number is, in lower case.
enum OwnerWords {
    /// Right before the label.
    static let ours: Set<String> = ["vores", "vort", "mit", "min", "our", "my"]
    static let theirs: Set<String> = [
        "deres", "hans", "hendes", "dennes", "kundens", "leverandørens", "their", "his", "its",
    ]
    /// One of the two words before the label.
    static let former: Set<String> = [
        "ikke", "tidligere", "gammelt", "gamle", "forrige", "forkert", "forkerte", "ophørt", "not", "old", "former",
        "previous", "wrong",
    ]
    /// Companies that the lead deals with.
    static let partners: Set<String> = [
        "leverandør", "leverandøren", "leverandører", "leverandørerne", "leverandørens", "underleverandør",
        "underleverandøren", "samarbejdspartner", "samarbejdspartneren", "forhandler", "forhandleren", "revisor",
        "revisoren", "bank", "banken", "advokat", "advokaten", "konkurrent", "konkurrenten",
        "konkurrenter", "konkurrenterne", "konkurrents", "konkurrentens", "mægler", "mægleren", "mæglere", "udlejer",
        "udlejeren",
        "arbejdsgiver", "transportør", "transportøren", "speditør", "speditøren", "supplier",
        "suppliers", "vendor", "vendors", "subcontractor", "reseller", "accountant", "accountants", "auditor",
        "auditors", "lawyer", "competitor", "competitors",
        "competitor's", "supplier's", "landlord", "broker", "carrier", "employer", "bookkeeper",
    ]
    static let customers: Set<String> = [
        "kunde", "kunden", "kunder", "kunderne", "kundens", "klient", "klienten", "klienter", "customer", "customers",
        "client", "clients",
    ]
    static let dealtWith = partners.union(customers)
    /// What another company sends: `På fakturaen står CVR …`, but `Fakturaen skal stiles til …`.
    static let papers: Set<String> = ["fakturaen", "regningen", "kreditnotaen", "kvitteringen"]
    static let receivers: Set<String> = ["til", "to"]
    /// Phrases for companies that own the lead's, belong to it, or are spoken for.
    static let groups: [[String]] = [
        "på vegne af", "on behalf of", "moderselskab", "moderselskabet", "moderselskabets", "datterselskab",
        "datterselskabet", "koncernen", "ejer vi", "ejerselskabet", "the parent", "holding company",
        "søsterselskab", "søsterselskabet", "holdingselskab", "holdingselskabet", "parent company", "subsidiary",
        "sister company", "ejes af", "ejet af", "owned by", "en del af", "part of", "member of", "revisor for",
        "bogholder for", "konsulent for", "accountant for",
    ].map { $0.split(separator: " ").map(String.init) }
    /// Phrases for who made or carried the mail.
    static let makers: [[String]] = [
        "powered by", "leveret af", "sendt via", "sendt med", "sent via", "sent with", "udviklet af", "lavet af",
        "scannet af", "scanned by", "hosted by", "hostet af", "protected by", "beskyttet af", "drives af",
    ].map { $0.split(separator: " ").map(String.init) }
    /// What stands between a number and the word that says whose it is: `CVR 24256790 er vores leverandør`.
    static let articles: Set<String> = ["vores", "vor", "en", "et", "our", "a", "an", "one"]
    /// Makes the words behind it the writer's own: `Vi er leverandør af …`.
    static let selves: Set<String> = ["vi", "jeg", "we", "i", "we're", "i'm"]
    static let being: Set<String> = ["er", "are", "am", "arbejder", "work", "som", "as"]

    // MARK: Dealings

    /// What somebody has done with another company.
    static let dealt: [[String]] = phrases([
        "brugt", "brugte", "benyttet", "benyttede", "anvendt", "handlet", "handlede", "skiftet", "skiftede",
        "anbefalet",
        "anbefalede", "hørt", "konkurrerer", "opsagt", "used", "switched", "recommended", "heard", "dealt", "competes",
        "compete", "cancelled",
    ])
    /// What somebody does with a company that is named.
    static let deals: Set<String> = [
        "bruger", "benytter", "anvender", "handler", "køber", "købte", "lejer", "leaser", "modtager", "får", "fik",
        "fået",
        "modtaget", "using", "buy", "bought", "rent", "lease", "receive", "received", "get", "got",
    ]
    /// Phrases before the name of such a company.
    static let dealings: [[String]] =
        dealt
        + phrases([
            "kunde hos", "kunder hos", "leverandør til", "leverandører til", "medlem af", "forhandler for",
            "forhandler af",
            "samarbejder med", "samarbejde med", "samarbejdet med", "aftale med", "kontrakt med", "skifter fra",
            "skifte fra", "flytter fra", "flytte fra", "går fra", "gå fra", "tilbud fra", "tilbuddet fra", "pris fra",
            "faktura fra", "fakturaer fra", "fakturaerne fra", "regning fra", "mail fra", "svar fra", "i stedet for",
            "købt af", "købt hos", "lejet af", "lavet af", "leveret af", "hostet hos", "ligger hos", "konkurrenten",
            "customer of", "customers of", "client of", "clients of", "supplier to", "suppliers to",
            "member of", "distributor for", "work with", "working with", "worked with", "agreement with",
            "contract with", "switching from", "switch from", "moving from", "move from", "quote from", "offer from",
            "invoice from", "invoices from", "mail from", "reply from", "instead of", "bought from", "hosted by",
            "made by", "provided by",
        ])
    /// Behind such a phrase: the business is with us.
    static let us: Set<String> = ["jer", "jeres", "you", "yours", "your"]
    /// Phrases with which people say who they are.
    static let selfDescriptions: [[String]] = phrases([
        "vi er", "er vi", "vi hedder", "jeg er fra", "skriver fra", "skriver for", "kommer fra", "ringer fra",
        "ansat hos",
        "ansat i", "arbejder hos", "arbejder i", "mit firma", "min virksomhed", "mit selskab", "vores firma",
        "vores virksomhed", "vores selskab", "vores forretning", "vores butik", "firmaet hedder", "firmaet er",
        "virksomheden hedder", "virksomheden er", "selskabet hedder", "jeg ejer", "jeg driver", "vi driver", "we are",
        "we're", "i am from", "i'm from", "i am with", "i'm with", "i work at", "i work for", "writing from",
        "writing for", "our company", "my company", "our firm", "our business", "i own", "i run", "we run",
        "we trade as",
        "company is called", "company name is", "hedder", "og er", "stiles til", "udstedes til", "faktureres til",
        "faktureres", "fakturere", "fakturaadresse", "faktureringsadresse", "made out to", "addressed to", "billed to",
        "bill to", "invoice to", "invoicing address", "billing address",
    ])

    private static func phrases(_ texts: [String]) -> [[String]] {
        texts.map { $0.split(separator: " ").map(String.init) }
    }

    /// Where eight digits are a company's number of another register.
    static let abroad: [[String]] = phrases([
        "england", "wales", "scotland", "united kingdom", "uk", "london", "ltd", "limited", "plc", "ireland", "cyprus",
        "malta",
    ])
}
