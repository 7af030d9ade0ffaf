/// What a field of an enquiry form on a website asks for.
enum FormField: Hashable {
    case name, givenName, familyName, company, companyNumber, address, phone, title, street, postcode, town, message
    /// Name and address in one, or the number that was called from.
    case sender

    /// Whether the field says who somebody is.
    var tellsName: Bool { [.name, .givenName, .familyName, .company, .sender].contains(self) }

    /// By the letters of the label, whatever their case; `nil` for a label that asks for something else.
    init?(label: Substring) {
        guard label.utf8.count <= 2 * Self.longestLabel else { return nil }
        // `Navn (skal udfyldes)*`.
        let plain = label.prefix { $0 != "(" }.lowercased().filter(\.isLetter)
        if let field = Self.fields[plain] {
            self = field
        } else if Self.messages.contains(where: { plain.hasPrefix($0) || plain.hasSuffix($0) }) {
            self = .message
        } else {
            return nil
        }
    }

    /// Labels in Danish, English, Swedish, Norwegian and German as form makers write them, letters alone.
    private static let labels: [(FormField, String)] = [
        (
            .name,
            """
            navn kontakt contact ditnavn fuldenavn fuldtnavn kontaktperson kontaktnavn navnpåkontaktperson forogefternavn kundenavn
            fornavnogefternavn fornavnefternavn name yourname fullname contactname contactperson firstandlastname whatsyourname
            customername namn dittnamn dittnavn ihrname invitee inviteename
            """
        ),
        (.givenName, "fornavn firstname givenname förnamn vorname"),
        (.familyName, "efternavn lastname surname familyname efternamn etternavn nachname"),
        (
            .company,
            """
            firma firmanavn virksomhed virksomhedsnavn virksomhedensnavn ditfirma dinvirksomhed firmavirksomhed organisation
            forening company companyname yourcompany organization businessname företag företagsnamn bedrift bedriftsnavn
            unternehmen
            """
        ),
        (
            .companyNumber,
            """
            cvr cvrnr cvrnummer cvrno cvrnumber firmacvr virksomhedenscvr virksomhedenscvrnummer firmaetscvrnummer momsnr
            momsnummer cvrmomsnr cvrsenr cvrse vat vatno vatid vatnumber vatregistrationnumber companycvr
            """
        ),
        (
            .address,
            """
            email mail dinemail dinmail emailadresse mailadresse dinemailadresse kundensmail kundensemail emailaddress youremail
            youremailaddress workemail workemailaddress businessemail andyouremail customeremail epost inviteeemail
            epostadresse epostadress dinepost
            """
        ),
        (
            .phone,
            """
            telefon telefonnummer telefonnr dittelefonnummer tlf tlfnr tlfnummer mobil mobilnummer mobilnr mobiltelefon
            kundenstelefon phone phonenumber yourphone yourphonenumber customerphone telephone telephonenumber mobile
            mobilenumber mobilephone tel telno telefonnumber
            """
        ),
        (.title, "titel stilling jobtitel jobtitle position jobposition"),
        (.street, "adresse vejnavn gade address streetaddress street adress"),
        (.postcode, "postnr postnummer zip zipcode postcode postalcode"),
        (.town, "by bynavn city town ort poststed postnrogby postnummerogby postnrby"),
        (.message, "bemærkninger henvendelse enquiry inquiry meddelande melding nachricht"),
        (
            .sender,
            "fra from afsender sender opkaldfra ubesvaretopkaldfra callfrom missedcallfrom caller callerid från von"
        ),
    ]

    /// Words that the label of a message begins or ends with: `Din besked`, `Comment or Message`.
    private static let messages = [
        "besked", "meddelelse", "kommentar", "kommentarer", "message", "comment", "comments",
    ]
    private static let fields: [String: FormField] = Dictionary(
        labels.flatMap { field, words in words.split(whereSeparator: \.isWhitespace).map { (String($0), field) } },
        uniquingKeysWith: { first, _ in first })
    private static let longestLabel = fields.keys.map(\.utf8.count).max() ?? 0
}
