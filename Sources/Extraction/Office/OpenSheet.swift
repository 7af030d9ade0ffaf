/// The tables of a spreadsheet of OpenDocument (ISO/IEC 26300): each by its name, with the values as they are shown.
enum OpenSheet {
    static func text(_ archive: inout Archive) throws(ReadingFailure) -> [UInt8] {
        let content = try OfficeText.openFiles(&archive).content
        var text = SheetText()
        var cell = ""
        var (isCell, hidden, repeated) = (false, 0, 1)
        try XMLWalk.through(content) { (step, walk) throws(ReadingFailure) in
            switch step {
            case .begin("table"): text.begin(sheet: walk.attribute("name") ?? "")
            case .begin("annotation"): hidden += 1
            case .begin("table-cell"), .begin("covered-table-cell"):
                (isCell, cell) = (true, "")
                repeated = walk.attribute("number-columns-repeated").flatMap { Int($0) } ?? 1
            case .begin("p"): if !cell.isEmpty { cell += " " }
            case .begin("s"): if isCell { cell += " " }
            case .text(let words): if isCell, hidden == 0 { cell += words }
            case .end("annotation"): hidden -= 1
            case .end("table-cell"), .end("covered-table-cell"):
                isCell = false
                text.add(cell, times: repeated)
            case .end("table-row"): text.endRow()
            case .begin, .end: break
            }
            return !text.isFull
        }
        return text.octets
    }
}
