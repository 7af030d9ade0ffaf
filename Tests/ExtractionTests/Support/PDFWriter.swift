/// A PDF with pages of text (ISO 32000-1), written object by object.
struct PDFWriter {
    private var octets = Array("%PDF-1.4\n".utf8)
    private var places: [Int] = []

    /// A document of pages that are lines, with further entries of its catalogue and its trailer.
    static func document(_ pages: [[String]], catalogue: String = "", trailer: String = "") -> [UInt8] {
        var writer = PDFWriter()
        let numbers = pages.indices.map { 4 + $0 * 2 }
        writer.add("<< /Type /Catalog /Pages 2 0 R \(catalogue) >>")
        let kids = numbers.map { "\($0) 0 R" }.joined(separator: " ")
        writer.add("<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>")
        writer.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
        for (number, lines) in zip(numbers, pages) {
            writer.add(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(number + 1) 0 R "
                    + "/Resources << /Font << /F1 3 0 R >> >> >>")
            var content = "BT /F1 12 Tf 14 TL 72 770 Td\n"
            for line in lines { content += "(\(line)) Tj T*\n" }
            content += "ET"
            writer.add("<< /Length \(content.unicodeScalars.count) >>\nstream\n\(content)\nendstream")
        }
        return writer.finish(trailer)
    }

    /// A document whose pages are pictures (JPEG) of that many dots, as a scanner makes it.
    static func scan(_ pictures: [[UInt8]], width: Int, height: Int) -> [UInt8] {
        var writer = PDFWriter()
        let numbers = pictures.indices.map { 3 + $0 * 3 }
        writer.add("<< /Type /Catalog /Pages 2 0 R >>")
        let kids = numbers.map { "\($0) 0 R" }.joined(separator: " ")
        writer.add("<< /Type /Pages /Kids [\(kids)] /Count \(pictures.count) >>")
        for (number, picture) in zip(numbers, pictures) {
            writer.add(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(number + 1) 0 R "
                    + "/Resources << /XObject << /I \(number + 2) 0 R >> >> >>")
            let content = "q 595 0 0 842 0 0 cm /I Do Q"
            writer.add("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
            writer.add(
                "<< /Type /XObject /Subtype /Image /Width \(width) /Height \(height) /ColorSpace /DeviceRGB "
                    + "/BitsPerComponent 8 /Filter /DCTDecode /Length \(picture.count) >>\nstream\n", picture,
                "\nendstream")
        }
        return writer.finish("")
    }

    private mutating func add(_ object: String, _ stream: [UInt8] = [], _ end: String = "") {
        places.append(octets.count)
        octets += latin("\(places.count) 0 obj\n\(object)") + stream + latin("\(end)\nendobj\n")
    }

    private func latin(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }

    private func finish(_ trailer: String) -> [UInt8] {
        var table = "xref\n0 \(places.count + 1)\n0000000000 65535 f \n"
        for place in places {
            let digits = String(place)
            table += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        table += "trailer\n<< /Size \(places.count + 1) /Root 1 0 R \(trailer) >>\nstartxref\n\(octets.count)\n%%EOF\n"
        return octets + table.utf8
    }
}
