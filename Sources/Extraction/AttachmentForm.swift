/// The forms of attachments that are read.
package enum AttachmentForm: String, Sendable, CaseIterable {
    case text, html, rtf, pdf, docx, xlsx, pptx, odt, ods, picture
    /// A mail as a file (RFC 5322).
    case mail
    /// `winmail.dat`: what Outlook makes of a mail for its own kind (MS-OXTNEF).
    case tnef
    /// A message of Outlook's as a file, `.msg` (MS-OXMSG).
    case outlook
    /// Content enclosed in a signature, or compressed (RFC 5652, RFC 3274).
    case sealed
    /// Compound files that are no message: Word, Excel and PowerPoint until 2003, and encrypted ones of later.
    case compound

    /// Whether what is in it is a mail rather than text.
    package var holdsMessage: Bool {
        switch self {
        case .mail, .tnef, .outlook, .sealed: true
        case .text, .html, .rtf, .pdf, .docx, .xlsx, .pptx, .odt, .ods, .picture, .compound: false
        }
    }

    /// Told by the octets first, then by the type, then by the name; `nil` for nothing that is read.
    package static func of(_ octets: [UInt8], contentType: String, filename: String?) -> AttachmentForm? {
        let type = contentType.lowercased()
        let ending = filename.map(FileEnding.of) ?? ""
        if let form = Magic.form(of: octets) {
            // Text that begins like something else is still the text it says it is.
            return form == .html && type == "text/plain" && !["htm", "html"].contains(ending) ? .text : form
        }
        if let named = byType[type] ?? byEnding[ending] { return named }
        if type.hasPrefix("image/") { return .picture }
        return type.hasPrefix("text/") ? .text : nil
    }

    private static let byType: [String: AttachmentForm] = [
        "text/plain": .text, "text/csv": .text, "text/tab-separated-values": .text, "application/csv": .text,
        "text/html": .html, "application/xhtml+xml": .html, "text/rtf": .rtf, "application/rtf": .rtf,
        "application/pdf": .pdf, "application/x-pdf": .pdf,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": .docx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": .xlsx,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": .pptx,
        "application/vnd.oasis.opendocument.text": .odt, "application/vnd.oasis.opendocument.spreadsheet": .ods,
        "application/msword": .compound, "application/vnd.ms-powerpoint": .compound,
        "message/rfc822": .mail, "application/ms-tnef": .tnef, "application/vnd.ms-tnef": .tnef,
        "application/vnd.ms-outlook": .outlook,
        "application/pkcs7-mime": .sealed, "application/x-pkcs7-mime": .sealed,
    ]

    private static let byEnding: [String: AttachmentForm] = [
        "txt": .text, "csv": .text, "tsv": .text, "log": .text, "md": .text, "vcf": .text, "htm": .html, "html": .html,
        "rtf": .rtf, "pdf": .pdf, "docx": .docx, "docm": .docx, "dotx": .docx, "xlsx": .xlsx, "xlsm": .xlsx,
        "pptx": .pptx, "odt": .odt, "ott": .odt, "ods": .ods, "doc": .compound, "xls": .compound, "ppt": .compound,
        "eml": .mail, "msg": .outlook, "p7m": .sealed,
    ]
}

/// The ending of a file's name, in lower case without its dot.
enum FileEnding {
    static func of(_ name: String) -> String {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
        return String(name[name.index(after: dot)...]).lowercased()
    }
}
