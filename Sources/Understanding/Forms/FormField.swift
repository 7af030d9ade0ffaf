/// What a field of an enquiry form on a website asks for.
enum FormField: Hashable {
    case name, givenName, familyName, company, address, phone, title, street, postcode, town

    /// By the letters of the label, whatever their case; `nil` for a label that asks for something else.
    init?(label: Substring) {
        guard label.utf8.count <= 2 * Self.longestLabel else { return nil }
        // `Navn (skal udfyldes)*`.
        let plain = label.prefix { $0 != "(" }.lowercased().filter(\.isLetter)
        guard let field = Self.fields[plain] else { return nil }
        self = field
    }

    /// Labels in Danish, English, Swedish, Norwegian and German as form makers write them, letters alone.
    private static let labels: [(FormField, [String])] = [
        (
            .name,
            [
                "navn", "ditnavn", "fuldenavn", "fuldtnavn", "kontaktperson", "kontaktnavn", "navnpåkontaktperson",
                "forogefternavn", "fornavnogefternavn", "fornavnefternavn", "name", "yourname", "fullname",
                "contactname", "contactperson", "firstandlastname", "namn", "dittnamn", "dittnavn", "ihrname",
                // Of who booked a meeting.
                "invitee", "inviteename",
            ]
        ),
        (.givenName, ["fornavn", "firstname", "givenname", "förnamn", "vorname"]),
        (.familyName, ["efternavn", "lastname", "surname", "familyname", "efternamn", "etternavn", "nachname"]),
        (
            .company,
            [
                "firma", "firmanavn", "virksomhed", "virksomhedsnavn", "virksomhedensnavn", "ditfirma", "dinvirksomhed",
                "firmavirksomhed", "organisation", "forening", "company", "companyname", "yourcompany", "organization",
                "businessname", "företag", "företagsnamn", "bedrift", "bedriftsnavn", "unternehmen",
            ]
        ),
        (
            .address,
            [
                "email", "mail", "dinemail", "dinmail", "emailadresse", "mailadresse", "dinemailadresse", "eemail",
                "emailaddress", "youremail", "youremailaddress", "workemail", "businessemail", "epost", "inviteeemail",
                "epostadresse",
                "epostadress", "dinepost",
            ]
        ),
        (
            .phone,
            [
                "telefon", "telefonnummer", "telefonnr", "dittelefonnummer", "tlf", "tlfnr", "tlfnummer", "mobil",
                "mobilnummer", "mobilnr", "mobiltelefon", "phone", "phonenumber", "yourphone", "yourphonenumber",
                "telephone", "telephonenumber", "mobile", "mobilenumber", "mobilephone", "tel", "telno",
                "telefonnumber",
            ]
        ),
        (.title, ["titel", "stilling", "jobtitel", "jobtitle", "position", "jobposition"]),
        (.street, ["adresse", "vejnavn", "gade", "address", "streetaddress", "street", "adress"]),
        (.postcode, ["postnr", "postnummer", "zip", "zipcode", "postcode", "postalcode"]),
        (.town, ["by", "bynavn", "city", "town", "ort", "poststed", "postnrogby", "postnummerogby", "postnrby"]),
    ]

    private static let fields: [String: FormField] = Dictionary(
        labels.flatMap { field, words in words.map { ($0, field) } }, uniquingKeysWith: { first, _ in first })
    private static let longestLabel = fields.keys.map(\.utf8.count).max() ?? 0
}
