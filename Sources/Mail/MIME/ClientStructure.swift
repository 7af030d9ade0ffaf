/// What mail clients mark in HTML: where a quotation or the signature begins; a new client is an entry.
enum ClientStructure {
    private static let identifiers: [String: TextLine.Mark] = [
        // Outlook on the web, new Outlook, Outlook for phones
        "divrplyfwdmsg": .quotation, "x_divrplyfwdmsg": .quotation, "appendonsend": .quotation,
        "mail-editor-reference-message-container": .quotation,
        "ms-outlook-mobile-signature": .signature,
        "signature": .signature,
        // Outlook for Mac
        "olk_src_body_section": .quotation,
        // Hotmail
        "stopspelling": .quotation,
        // Apple Mail
        "applemailsignature": .signature,
    ]

    private static let classes: [String: TextLine.Mark] = [
        "gmail_quote": .quotation, "gmail_quote_container": .quotation,
        "gmail_signature": .signature, "moz-cite-prefix": .quotation,
        "moz-forward-container": .quotation,
        "moz-signature": .signature, "yahoo_quoted": .quotation, "protonmail_quote": .quotation,
        "protonmail_signature_block": .signature, "zmail_extra": .quotation,
        "tutanota_quote": .quotation,
        "front-blockquote": .quotation,
    ]

    static func mark(of element: HTMLElement) -> TextLine.Mark {
        if let identifier = element["id"], let mark = identifiers[identifier.lowercased()] {
            return mark
        }
        if let names = element["class"] {
            for name in names.split(separator: " ") {
                if let mark = classes[name.lowercased()], mark != .none { return mark }
            }
        }
        return element.name == "div" && element.hasRuleAbove ? .quotation : .none
    }
}
