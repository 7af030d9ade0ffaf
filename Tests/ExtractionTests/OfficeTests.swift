import Extraction
import TestSupport
import Testing

@Suite("Office documents as attachments", .timeLimit(.minutes(1)))
struct OfficeTests {
    @Test("Word: paragraphs, tables, the letterhead first and the foot last; what was deleted is left out")
    func word() async {
        let body =
            OfficeFixture.paragraph("Kravspecifikation") + OfficeFixture.paragraph("Vi skal bruge:")
            + OfficeFixture.table([["Vare", "Antal"], ["Hævebord, eg", "12"], ["", "3"]])
            + "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>Levering:</w:t><w:tab/><w:t>uge 42</w:t></w:r>"
            + "<w:del><w:r><w:delText>uge 40</w:delText></w:r></w:del><w:r><w:br/><w:t>senest fredag</w:t></w:r></w:p>"
            + "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        let octets = OfficeFixture.docx(
            body: body,
            others: [
                ("word/footer1.xml", OfficeFixture.paragraph("CVR-nr. 13585628")),
                ("word/header2.xml", OfficeFixture.paragraph("Side to")),
                ("word/header1.xml", OfficeFixture.paragraph("Nordlys Ejendomme A/S")),
            ])
        let reading = await reading(octets, named: "krav.docx")
        #expect(
            reading.text == """
                Nordlys Ejendomme A/S
                Side to
                Kravspecifikation
                Vi skal bruge:
                Vare\tAntal
                Hævebord, eg\t12
                \t3
                Levering:\tuge 42
                senest fredag

                CVR-nr. 13585628
                """, "\(reading)")
    }

    @Test("Excel: sheets that are shown, by name, with their days as days")
    func excel() async {
        let rows = """
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Rabat</t></is></c></row>
            <row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>46352</v></c><c r="C2" s="2"><v>0.125</v></c></row>
            <row r="4"><c r="A4"><f>SUM(A1)</f><v>1450.5</v></c><c r="C4" s="3"><v>46352.354166666664</v></c><c r="D4" t="b"><v>1</v></c></row>
            <row r="5"><c r="A5" s="4"><v>0.30000000000000004</v></c><c r="B5" s="5"><v>12</v></c></row>
            """
        let octets = OfficeFixture.xlsx(
            sheets: [("Priser", "visible", rows), ("Lister", "hidden", "<row><c><v>7</v></c></row>")],
            strings: ["Vare", "Fra", "Hævebord &amp; stol"],
            formats: ["0", "14", "9", "dd-mm-yyyy hh:mm", "#,##0.00\\ &quot;dkk.&quot;", "[Red]0;General"])
        let reading = await reading(octets, "application/octet-stream", named: "priser.xlsx")
        #expect(
            reading.text == """
                Priser
                Vare\tFra\tRabat
                Hævebord & stol\t2026-11-26\t12.5 %
                1450.5\t\t2026-11-26 08:30\tTRUE
                0.3\t12
                """, "\(reading)")
    }

    @Test("Excel of a Mac counts days from 1904")
    func macintosh() async {
        let rows = "<row><c s=\"0\"><v>44890</v></c><c s=\"1\"><v>0.75</v></c></row>"
        let octets = OfficeFixture.xlsx(
            sheets: [("Ark1", "visible", rows)], formats: ["d. mmmm yyyy", "hh:mm"], countsFrom1904: true)
        #expect(await reading(octets, named: "a.xlsx").text == "Ark1\n2026-11-26\t18:00")
    }

    @Test("OpenDocument text: headings, tables and the page's head and foot; comments are left out")
    func openText() async {
        let body = """
            <office:text><text:tracked-changes><text:p>slettet</text:p></text:tracked-changes>
            <text:h>Ønsker</text:h><text:p>Vi<text:s text:c="2"/>er <text:span>25</text:span> ansatte<text:line-break/>i Aarhus.\
            <office:annotation><text:p>intern note</text:p></office:annotation></text:p>
            <table:table><table:table-row><table:table-cell><text:p>Licens</text:p></table:table-cell>\
            <table:table-cell><text:p>25</text:p></table:table-cell></table:table-row></table:table></office:text>
            """
        let styles =
            "<style:master-page><style:header><text:p>Lund &amp; Co ApS</text:p></style:header><style:footer>"
            + "<text:p>Tlf. 86 12 34 56</text:p></style:footer></style:master-page>"
        let reading = await reading(OfficeFixture.openDocument("text", body: body, styles: styles), named: "a.odt")
        #expect(
            reading.text == "Lund & Co ApS\nØnsker\nVi  er 25 ansatte\ni Aarhus.\nLicens\t25\nTlf. 86 12 34 56",
            "\(reading)")
    }

    @Test("OpenDocument tables: values as they are shown, empty ones left out")
    func openSheet() async {
        let body = """
            <office:spreadsheet><table:table table:name="Bestilling"><table:table-row table:number-rows-repeated="3">\
            <table:table-cell table:number-columns-repeated="1024"/></table:table-row>
            <table:table-row><table:table-cell><text:p>Stol</text:p></table:table-cell>\
            <table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value="46352"><text:p>26-11-2026</text:p>\
            </table:table-cell></table:table-row></table:table></office:spreadsheet>
            """
        let reading = await reading(OfficeFixture.openDocument("spreadsheet", body: body), named: "a.ods")
        #expect(reading.text == "Bestilling\nStol\t\t\t26-11-2026", "\(reading)")
    }

    @Test("PowerPoint: slides in their order")
    func slides() async {
        let slide = { (text: String) in
            "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>\(text)</a:t></a:r></a:p></p:sld>"
        }
        let octets = ZIPWriter.archive([
            ("ppt/presentation.xml", "<p:presentation xmlns:p=\"p\"/>"), ("ppt/slides/slide10.xml", slide("Ti")),
            ("ppt/slides/slide2.xml", slide("To")),
        ])
        #expect(await reading(octets, named: "a.pptx").text == "To\nTi")
    }

    @Test("Rich text: letters, tables and what is no text")
    func rich() async {
        let rtf = """
            {\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Calibri;}}{\\*\\generator Riched20;}\\uc1
            \\pard Vi \\'f8nsker et tilbud p\\'e5 \\u248?l\\par
            Pris:\\tab 1.450 \\u8364 ?\\par{\\pict\\pngblip 89504e47}\\{slut\\}\\u-10179?\\u-8704?}
            """
        let reading = await reading(Array(rtf.utf8), "application/rtf", named: "a.rtf")
        #expect(reading.text == "Vi ønsker et tilbud på øl\nPris:\t1.450 €\n{slut}\u{1F600}", "\(reading)")
    }

    @Test("old forms and encrypted documents are said to be so")
    func old() async {
        let old = CompoundWriter.file([.stream("WordDocument", [UInt8](repeating: 1, count: 5000))])
        #expect(await reading(old, "application/msword", named: "brev.doc").reason?.code == .oldForm)
        let sealed = CompoundWriter.file([.stream("EncryptedPackage", [1, 2, 3]), .stream("EncryptionInfo", [4])])
        #expect(await reading(sealed, named: "brev.docx").reason?.code == .encrypted)
        let open = OfficeFixture.openDocument(
            "text", body: "", manifest: "<file-entry><encryption-data/></file-entry>")
        #expect(await reading(open, named: "brev.odt").reason?.code == .encrypted)
    }
}
