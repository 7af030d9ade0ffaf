import Mail

/// The signs by which a form is known, whatever it is called.
enum Magic {
    static func form(of octets: [UInt8]) -> AttachmentForm? {
        for (sign, form) in beginnings where octets.starts(with: sign) { return form }
        if octets.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return archive(octets) }
        if octets.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            return octets.contains(wide: "__properties_version1.0") ? .outlook : .compound
        }
        // Readers take a header that stands a little further on (ISO 32000-1, annex H.3, note 13).
        if octets.prefix(1024).contains(octets: "%PDF-".utf8) { return .pdf }
        // The type of content stands in front (RFC 5652 section 3); the rest is for the confined process to look at.
        if octets.first == 0x30, sealed.contains(where: octets.prefix(32).contains(octets:)) { return .sealed }
        return isHTML(octets) ? .html : nil
    }

    private static let beginnings: [([UInt8], AttachmentForm)] = [
        ([0x78, 0x9F, 0x3E, 0x22], .tnef), (Array("{\\rtf".utf8), .rtf),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .picture), ([0xFF, 0xD8, 0xFF], .picture),
        (Array("GIF87a".utf8), .picture), (Array("GIF89a".utf8), .picture),
        ([0x49, 0x49, 0x2A, 0x00], .picture), ([0x4D, 0x4D, 0x00, 0x2A], .picture),
    ]

    /// 1.2.840.113549.1.7 and 1.2.840.113549.1.9.16.1, with the octet that says how long they are.
    private static let sealed: [[UInt8]] = [
        [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07],
        [0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01],
    ]

    /// By the names of what is in it, which stand in clear in front of each entry and at the end.
    private static func archive(_ octets: [UInt8]) -> AttachmentForm? {
        let names = [octets.prefix(512), octets.suffix(64 << 10)]
        let parts: [(String, AttachmentForm)] = [
            ("application/vnd.oasis.opendocument.text", .odt),
            ("application/vnd.oasis.opendocument.spreadsheet", .ods), ("word/document.xml", .docx),
            ("xl/workbook.", .xlsx), ("ppt/presentation.xml", .pptx),
        ]
        return parts.first { part in names.contains { $0.contains(octets: part.0.utf8) } }?.1
    }

    private static func isHTML(_ octets: [UInt8]) -> Bool {
        let text = octets.prefix(256).drop { $0 <= 0x20 || $0 >= 0x80 }.map {
            (0x41...0x5A).contains($0) ? $0 | 0x20 : $0
        }
        return text.starts(with: "<!doctype html".utf8) || text.starts(with: "<html".utf8)
    }
}

extension [UInt8] {
    /// Whether ASCII text stands in them as UTF-16.
    func contains(wide text: String) -> Bool {
        contains(octets: text.utf8.flatMap { [$0, 0] })
    }
}
