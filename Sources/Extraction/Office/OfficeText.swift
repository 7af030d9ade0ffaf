import Mail

/// The text of documents that are ZIP archives of XML: which files of the archive hold it, in which order.
enum OfficeText {
    static func read(_ octets: [UInt8], as form: AttachmentForm, limit: Int) throws(ReadingFailure) -> [UInt8] {
        var archive = try Archive(octets, limit: limit)
        switch form {
        case .docx: return try word(&archive)
        case .pptx: return try slides(&archive)
        case .odt: return try openDocument(&archive)
        case .xlsx: return try Workbook.text(&archive)
        default: return try OpenSheet.text(&archive)
        }
    }

    /// Heads and feet hold what a letter is printed on: the company's name, address and number.
    private static func word(_ archive: inout Archive) throws(ReadingFailure) -> [UInt8] {
        guard let body = try archive.file("word/document.xml") else {
            throw ReadingFailure(.damaged, "no document in it")
        }
        var text = TableText()
        for name in numbered("word/header", in: archive.names) { try add(name, &archive, &text) }
        try DocumentText.append(body, DocumentText.openXML, to: &text)
        let behind = ["word/footnotes.xml", "word/endnotes.xml"] + numbered("word/footer", in: archive.names)
        for name in behind { try add(name, &archive, &text) }
        return text.octets
    }

    private static func slides(_ archive: inout Archive) throws(ReadingFailure) -> [UInt8] {
        var text = TableText()
        for name in numbered("ppt/slides/slide", in: archive.names) { try add(name, &archive, &text) }
        return text.octets
    }

    private static func add(
        _ name: String, _ archive: inout Archive, _ text: inout TableText
    ) throws(ReadingFailure) {
        guard !text.isFull, let file = try archive.sideFile(name) else { return }
        try DocumentText.append(file, DocumentText.openXML, to: &text)
    }

    private static func openDocument(_ archive: inout Archive) throws(ReadingFailure) -> [UInt8] {
        let (content, styles) = try openFiles(&archive)
        var text = TableText()
        let (head, foot): (Set, Set) = (["header", "header-first"], ["footer", "footer-first"])
        if let styles { try DocumentText.append(styles, DocumentText.openDocument, within: head, to: &text) }
        try DocumentText.append(content, DocumentText.openDocument, within: ["body"], to: &text)
        if let styles { try DocumentText.append(styles, DocumentText.openDocument, within: foot, to: &text) }
        return text.octets
    }

    /// Content and styles of an OpenDocument file that is not encrypted (ISO/IEC 26300-3 section 3.4).
    static func openFiles(_ archive: inout Archive) throws(ReadingFailure) -> (content: [UInt8], styles: [UInt8]?) {
        if let manifest = try archive.sideFile("META-INF/manifest.xml"),
            manifest.contains(octets: "encryption-data".utf8)
        {
            throw ReadingFailure(.encrypted)
        }
        guard let content = try archive.file("content.xml") else { throw ReadingFailure(.damaged, "no document in it") }
        return (content, try archive.sideFile("styles.xml"))
    }

    /// `…1.xml`, `…2.xml`, … by their number.
    private static func numbered(_ beginning: String, in names: [String]) -> [String] {
        let numbered = names.compactMap { name -> (Int, String)? in
            guard name.hasPrefix(beginning), name.hasSuffix(".xml"),
                let number = Int(name.dropFirst(beginning.count).dropLast(4))
            else { return nil }
            return (number, name)
        }
        return numbered.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
