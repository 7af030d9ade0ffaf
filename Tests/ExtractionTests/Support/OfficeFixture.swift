/// Documents of office programs, of the files that matter for reading.
enum OfficeFixture {
    private static let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

    static func docx(body: String, others: [(String, String)] = []) -> [UInt8] {
        let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
        return ZIPWriter.archive(
            [
                ("[Content_Types].xml", xml + "<Types/>"),
                ("word/document.xml", xml + "<w:document \(space)><w:body>\(body)</w:body></w:document>"),
            ] + others.map { ($0.0, xml + "<w:part \(space)>\($0.1)</w:part>") })
    }

    static func paragraph(_ text: String) -> String {
        "<w:p><w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r></w:p>"
    }

    static func table(_ rows: [[String]]) -> String {
        let rows = rows.map { "<w:tr>" + $0.map { "<w:tc>\(paragraph($0))</w:tc>" }.joined() + "</w:tr>" }
        return "<w:tbl><w:tblPr/>\(rows.joined())</w:tbl>"
    }

    /// A workbook of sheets by name, state and rows; formats are those of the styles 0, 1, …: codes, or numbers of built-in ones.
    static func xlsx(
        sheets: [(name: String, state: String, rows: String)], strings: [String] = [], formats: [String] = ["0"],
        countsFrom1904: Bool = false
    ) -> [UInt8] {
        var names = ""
        var relations = ""
        var files: [(String, String)] = []
        for (index, sheet) in sheets.enumerated() {
            names +=
                "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" state=\"\(sheet.state)\" r:id=\"rId\(index)\"/>"
            relations += "<Relationship Id=\"rId\(index)\" Target=\"worksheets/sheet\(index).xml\"/>"
            files.append(
                ("xl/worksheets/sheet\(index).xml", xml + "<worksheet><sheetData>\(sheet.rows)</sheetData></worksheet>")
            )
        }
        let codes = formats.enumerated().filter { Int($0.element) == nil }
            .map { "<numFmt numFmtId=\"\(164 + $0.offset)\" formatCode=\"\($0.element)\"/>" }.joined()
        let cells = formats.enumerated().map { "<xf numFmtId=\"\(Int($0.element) ?? 164 + $0.offset)\"/>" }.joined()
        let shared = strings.map { "<si><t>\($0)</t></si>" }.joined()
        return ZIPWriter.archive(
            files + [
                (
                    "xl/workbook.xml",
                    xml
                        + "<workbook xmlns:r=\"r\"><workbookPr date1904=\"\(countsFrom1904)\"/><sheets>\(names)</sheets></workbook>"
                ),
                ("xl/_rels/workbook.xml.rels", xml + "<Relationships>\(relations)</Relationships>"),
                ("xl/sharedStrings.xml", xml + "<sst>\(shared)</sst>"),
                (
                    "xl/styles.xml",
                    xml + "<styleSheet><numFmts>\(codes)</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                        + "<cellXfs>\(cells)</cellXfs></styleSheet>"
                ),
            ])
    }

    static func openDocument(_ kind: String, body: String, styles: String = "", manifest: String = "") -> [UInt8] {
        let space = "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\" xmlns:style=\"s\""
        var writer = ZIPWriter()
        writer.add("mimetype", Array("application/vnd.oasis.opendocument.\(kind)".utf8), stored: true)
        writer.add(
            "content.xml",
            Array(
                (xml + "<office:document-content \(space)><office:body>\(body)</office:body></office:document-content>")
                    .utf8))
        writer.add(
            "styles.xml", Array((xml + "<office:document-styles \(space)>\(styles)</office:document-styles>").utf8))
        writer.add("META-INF/manifest.xml", Array((xml + "<manifest>\(manifest)</manifest>").utf8))
        return writer.finish()
    }
}
