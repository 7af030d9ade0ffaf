/// The sheets of a workbook of SpreadsheetML (ISO/IEC 29500-1 section 18) that are shown, with their cells.
enum Workbook {
    static func text(_ archive: inout Archive) throws(ReadingFailure) -> [UInt8] {
        guard let book = try archive.file("xl/workbook.xml") else {
            throw ReadingFailure(.damaged, "no workbook in it")
        }
        let (sheets, countsFrom1904) = try contents(book)
        let targets = try archive.file("xl/_rels/workbook.xml.rels").map(relations) ?? [:]
        let strings = try archive.file("xl/sharedStrings.xml").map(sharedStrings) ?? []
        let styles = try archive.sideFile("xl/styles.xml")
        let formats = try CellFormats(styles: styles, countsFrom1904: countsFrom1904)
        var text = SheetText()
        for sheet in sheets where !text.isFull {
            // Relative to the workbook's folder, unless it begins at the archive's root.
            guard let target = targets[sheet.relation] else { continue }
            let path = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
            guard let file = try archive.file(path) else { continue }
            text.begin(sheet: sheet.name)
            try append(file, strings, formats, to: &text)
        }
        return text.octets
    }

    private struct Sheet {
        var name: String
        var relation: String
    }

    /// The sheets in their order, and whether days are counted from 1904.
    private static func contents(_ book: [UInt8]) throws(ReadingFailure) -> ([Sheet], Bool) {
        var sheets: [Sheet] = []
        var countsFrom1904 = false
        try XMLWalk.through(book) { (step, walk) throws(ReadingFailure) in
            switch step {
            case .begin("workbookPr"): countsFrom1904 = ["1", "true"].contains(walk.attribute("date1904") ?? "")
            case .begin("sheet"):
                // What is hidden is not meant for the reader.
                guard walk.attribute("state") ?? "visible" == "visible", let relation = walk.attribute("id") else {
                    break
                }
                sheets.append(Sheet(name: walk.attribute("name") ?? "", relation: relation))
            case .begin, .text, .end: break
            }
            return sheets.count < 1000
        }
        return (sheets, countsFrom1904)
    }

    private static func relations(_ file: [UInt8]) throws(ReadingFailure) -> [String: String] {
        var targets: [String: String] = [:]
        try XMLWalk.through(file) { (step, walk) throws(ReadingFailure) in
            if case .begin("Relationship") = step, let id = walk.attribute("Id") {
                targets[id] = walk.attribute("Target")
            }
            return true
        }
        return targets
    }

    /// The texts that cells refer to by number.
    private static func sharedStrings(_ file: [UInt8]) throws(ReadingFailure) -> [String] {
        var strings: [String] = []
        var (string, isText, isReading) = ("", false, true)
        try XMLWalk.through(file) { (step, _) throws(ReadingFailure) in
            switch step {
            case .begin("si"): string = ""
            case .begin("t"): isText = true
            // How East Asian words are spoken is no part of them.
            case .begin("rPh"): isReading = false
            case .text(let words): if isText, isReading { string += words }
            case .end("t"): isText = false
            case .end("rPh"): isReading = true
            case .end("si"): strings.append(string)
            case .begin, .end: break
            }
            return true
        }
        return strings
    }

    private static func append(
        _ sheet: [UInt8], _ strings: [String], _ formats: borrowing CellFormats, to text: inout SheetText
    ) throws(ReadingFailure) {
        var cell = Cell()
        var isValue = false
        try XMLWalk.through(sheet) { (step, walk) throws(ReadingFailure) in
            switch step {
            case .begin("c"):
                cell = Cell(
                    column: walk.attribute("r").flatMap(Cell.column) ?? cell.column + 1,
                    type: walk.attribute("t") ?? "n", style: walk.attribute("s").flatMap { Int($0) } ?? 0)
            // A value, or text in the cell itself.
            case .begin("v"), .begin("t"): isValue = true
            case .text(let words): if isValue { cell.value += words }
            case .end("v"), .end("t"): isValue = false
            case .end("c"): text.set(cell.shown(strings, formats), column: cell.column)
            case .end("row"):
                text.endRow()
                cell.column = -1
            case .begin, .end: break
            }
            return !text.isFull
        }
        text.endRow()
    }
}

/// A cell as it is written.
private struct Cell {
    var column = -1
    var type = "n"
    var style = 0
    var value = ""

    /// The column of a reference such as `AB12`, counted from 0.
    static func column(_ reference: String) -> Int? {
        let letters = reference.utf8.prefix { (0x41...0x5A).contains($0) }
        guard !letters.isEmpty, letters.count <= 3 else { return nil }
        return letters.reduce(0) { $0 * 26 + Int($1) - 0x40 } - 1
    }

    /// What a reader sees, but for how numbers are set.
    func shown(_ strings: [String], _ formats: CellFormats) -> String {
        switch type {
        case "s":
            guard let index = Int(value), strings.indices.contains(index) else { return "" }
            return strings[index]
        case "b": return value == "1" ? "TRUE" : "FALSE"
        case "n": return formats.shown(value, style: style)
        // Text of a formula, text in the cell, an error such as #N/A, a date of ISO 8601.
        default: return value
        }
    }
}
