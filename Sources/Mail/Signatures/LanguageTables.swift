/// What tells languages apart: their commonest words, and how longer words begin and end.
///
/// Words and endings that are common in one of the languages and rare or absent in the others; a word of several languages
/// stands with each. A new language is a row.
enum LanguageTables {
    static let words: [String: String] = [
        "da": """
        jeg ikke og det vi har til af hvad jer jeres også kunne gerne et fra med er på hej kan vil hvor noget mig os \
        bliver der som i for to en at de den skal om have brug vores denne eller men når hos din hvordan kære tak \
        venlig hilsen nogle hvis så efter være blive skulle få får går igen uge uger hvornår venligst inden \
        medarbejdere tilbud pris koster brugere levere hører snarest du du'er min mit sig dig nu op ud ind uden mere \
        meget mange sende sendt ringe ses fint godt gør gøre lad tage tager travlt stadig måned måneden næste morgen \
        virksomhed bruger vedhæftet vedlagt følger undskyld muligt møde fået mellem kun lige selv siger sagde \
        spørgsmål tilbagemelding vender henvendelse adgang derfor altid allerede bestemt kontakt håber snart sammen \
        tænker bedste hilsner lyder fakturaer ansatte hvem hvilken hvilke ville blevet bekræft taler talt tid lang år \
        dage nogen ingen anden andet fremover mandag tirsdag onsdag torsdag fredag kigget komme modtager omkring \
        hånden haft køre hver giver glemte desværre bruge bare over lange godkendt klager oplysninger kunderne kunder \
        krav regnskab mangler skriv hermed høj høje forbi glad glade sige nytår ugen ugens aflyst afbud ændrer ændre ændret \
        finder
        """,
        "en": """
        the and we is are you of to would your our with for have please what this that can i hi it be not us in on \
        from at thanks dear regards but need any do like could quote price how much when users call was were has had \
        will there which their they them he she his if or an as all more about so no some get got send sent next week \
        hello sorry also just looking forward best kind who where why been than then because after before by me my see \
        find attached does take long come today tomorrow many using news month company employees fine good sounds let \
        thank late reply hand type receive cost say shall responsible high too day
        """,
        "sv": """
        i om den de en jag inte och det vi har till av vad er också kunna ett från är att hej som för med på kan \
        skulle vill vår någon behöver tack hälsningar hos oss mig ska vecka pris kostar offert användare innan när du \
        ni era min sig nu upp ut in utan mer mycket många skicka skickat ringa ses bra gör göra låt ta tar tid lång \
        fortfarande månad månaden nästa morgon företag använder bifogat bifogar möjligt möte fått mellan bara själv \
        säger fråga frågor svar återkommer där här så då hur vilken vilka eller men gärna vänliga vänlig hälsning \
        komma fakturor anställda några varit ungefär våra vårt idag samtalet låter efter ursäkta haft köra krav glömde \
        saknas alla igen mot något klagar långa kunderna kunder godkänd saknar bokföring hög högt nöjda säga priset \
        ansvarar
        """,
        "no": """
        i for om den de en at skal vil kan med er på som jeg ikke og det vi har til av hva dere også kunne gjerne et \
        fra hei noe meg oss blir noen deres etter hvordan vennlig når takk uke uker ansatte tilbud pris koster brukere \
        du min seg deg nå opp ut inn uten mer mye mange sende sendt ringe sees bra godt gjør gjøre la ta tar tid lang \
        travelt fortsatt måned måneden neste morgen bedrift bruker vedlagt beklager mulig møte fått mellom bare selv \
        sier spørsmål svar kommer tilbake henvendelse tilgang derfor alltid allerede kontakt håper snart sammen tenker \
        beste hilsen høres fakturaer hvem hvilken hvilke vår våre vårt å trenger snakket snakke praten tusen nyttår \
        ønsker integrasjon men eller hvor innen fint vært sjefen lagt ved hos omtrent mottar nettsiden mot dem hatt må \
        kjøre gir glemte spørre dessverre over lange klager godkjent opplysninger kundene kunder regnskap \
        regnskapsavdelingen tilbudet benytte mangler skriv krav igjen hver høy høye innom si ansvaret
        """,
        "de": """
        den ich nicht und das wir haben zu von was sie auch ist mit der die für ein hallo eine einen bitte uns unser \
        können auf im am sind wird danke grüße sehr geehrte guten tag könnten angebot benutzer mitarbeiter damen \
        herren vielen dank freundlichen grüßen unsere werden noch bei nach wie zum zur dem des es als aber wenn nur \
        oder rechnung rechnungen frage fragen preis woche nächste morgen mich mir heute kostet erhalten etwa anbei \
        melden hätten gerne monat gespräch schicken anrufen
        """,
        "nl": """
        om den of ik niet en het wij hebben van wat u ook is met de een voor aan dat kunnen graag onze bij we op te \
        zijn er maar kunt jullie ons naar uit als dan nog wel geen heeft je beste geachte groet groeten vriendelijke \
        dank bedankt factuur facturen offerte medewerkers week hoeveel kost mij morgen vandaag prijs gebruikers willen \
        sturen hoe lang per maand ongeveer ontvangen gesprek laten daarvoor klanten klagen hoog verantwoordelijk
        """,
        "fr": """
        je ne pas et le la nous avons de vous aussi est avec les pour un une des votre notre bonjour merci que qui \
        dans vos nos sur par ce cette il elle on au aux du plus pouvez pourriez cordialement madame monsieur facture \
        factures devis utilisateurs êtes sommes souhaitons voudrions prix besoin combien demain mois en à
        """,
        "es": """
        yo no y el la nosotros de que usted también es con los para un una por hola gracias su nuestro podría precio \
        oferta enviarnos buenos días factura facturas somos tenemos cuánto en
        """,
        "it": """
        non e il la noi abbiamo di che anche è con per un una le grazie vostro nostro buongiorno potreste preventivo \
        prezzo fattura fatture siamo quanto costa vorremmo gentile saluti cordiali
        """,
        "pl": """
        nie i w z na to jest się do że dla mamy proszę dziękuję oraz jak czy dzień dobry ofertę naszej o pozdrawiam
        """,
        "fi": """
        ja on ei että me olemme sekä kanssa hei kiitos voi tämä mutta tai ole meille voisitteko terveisin hinta lasku \
        tarjouksen paljonko
        """,
    ]

    /// How much the end of a word that is not in the list speaks for a language.
    static let endings: [(end: String, codes: String, weight: Double)] = [
        ("kk", "no sv", 0.15), ("pp", "no sv", 0.15), ("tt", "no sv", 0.15), ("ll", "no sv", 0.1),
        (
            "sjon",
            "no", 0.7
        ), ("sjoner", "no", 0.7), ("sjonen", "no", 0.7), ("het", "no sv", 0.3),
        (
            "heten", "no sv",
            0.3
        ), ("heter", "no sv", 0.3), ("hed", "da", 0.6), ("heden", "da", 0.6), ("heder", "da", 0.6),
        ("tion", "da", 0.3), ("tioner", "da", 0.3), ("tionen", "da", 0.3), ("tion", "sv en de fr", 0.15),
        ("ede", "da no", 0.1), ("eret", "da", 0.15), ("erede", "da", 0.2), ("skap", "no sv", 0.4),
        (
            "skab",
            "da", 0.5
        ), ("skabet", "da", 0.5), ("skapet", "no sv", 0.4), ("erna", "sv", 0.4),
        (
            "orna", "sv",
            0.4
        ), ("arna", "sv", 0.4), ("ar", "sv", 0.2), ("ade", "sv", 0.3), ("ene", "no", 0.3),
        (
            "erne", "da",
            0.3
        ), ("ing", "en", 0.1), ("ly", "en", 0.2), ("ed", "en", 0.1), ("ung", "de", 0.4),
        (
            "ungen", "de",
            0.4
        ), ("keit", "de", 0.4), ("lich", "de", 0.4), ("isch", "de", 0.4), ("eux", "fr", 0.3),
        (
            "ment",
            "fr", 0.2
        ), ("ait", "fr", 0.3), ("ez", "fr", 0.3), ("ijk", "nl", 0.5), ("ij", "nl", 0.4),
        (
            "heid",
            "nl", 0.4
        ),
    ]

    /// The same of its beginning.
    static let beginnings: [(beginning: String, codes: String, weight: Double)] = [
        ("kj", "no", 0.5), ("gj", "no", 0.3), ("skj", "no", 0.3), ("af", "da", 0.2), ("av", "no sv", 0.2),
        ("d'", "fr", 0.4), ("l'", "fr", 0.4), ("qu'", "fr", 0.4), ("n'", "fr", 0.4), ("s'", "fr", 0.4),
        ("m'", "fr", 0.4), ("j'", "fr", 0.4), ("ge", "de nl", 0.05), ("ij", "nl", 0.3), ("uit", "nl", 0.2),
        ("ver", "de nl", 0.05), ("medarbejd", "da", 0.6), ("medarbeid", "no", 0.6), ("medarbet", "sv", 0.6),
    ]

    /// Letters that only some write, by the octets of UTF-8 behind 0xC3.
    static let letters: [UInt8: [(code: String, weight: Double)]] = [
        0xA6: [("da", 0.3), ("no", 0.2)], 0xB8: [("da", 0.3), ("no", 0.25)],
        0xA5: [("da", 0.1), ("no", 0.1), ("sv", 0.15)],
        0xA4: [("sv", 0.25), ("de", 0.2), ("fi", 0.25)],
        0xB6: [("sv", 0.25), ("de", 0.2)], 0x9F: [("de", 0.5)], 0xBC: [("de", 0.3)],
    ]
}
