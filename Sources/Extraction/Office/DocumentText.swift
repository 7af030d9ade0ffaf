/// The text of a document of WordprocessingML or DrawingML (ISO/IEC 29500), or of OpenDocument (ISO/IEC 26300).
///
/// What an element does is a table; elements that are not in it are passed through.
enum DocumentText {
    enum Role {
        case paragraph, table, row, cell, tab, lineBreak
        /// Its text counts; elsewhere text between elements is only layout of the file.
        case text
        /// Nothing in it is shown: what was deleted, codes, the same once more for older readers.
        case hidden
        /// A number of spaces.
        case spaces
    }

    /// What the elements of a kind of document do, and within which of them text counts.
    struct Vocabulary {
        var roles: [String: Role]
        var texts: Role
    }

    /// WordprocessingML and DrawingML.
    static let openXML = Vocabulary(
        roles: [
            "p": .paragraph, "tbl": .table, "tr": .row, "tc": .cell, "t": .text, "tab": .tab, "ptab": .tab,
            "br": .lineBreak, "cr": .lineBreak, "Fallback": .hidden, "del": .hidden, "moveFrom": .hidden,
            // Tab stops of a paragraph's layout are no tabs.
            "pPr": .hidden, "rPr": .hidden, "sectPr": .hidden, "tblPr": .hidden,
        ], texts: .text)

    /// OpenDocument text.
    static let openDocument = Vocabulary(
        roles: [
            "p": .paragraph, "h": .paragraph, "table": .table, "table-row": .row, "table-cell": .cell, "tab": .tab,
            "line-break": .lineBreak, "s": .spaces, "tracked-changes": .hidden, "annotation": .hidden,
            "font-face-decls": .hidden, "automatic-styles": .hidden, "scripts": .hidden, "meta": .hidden,
            "binary-data": .hidden, "desc": .hidden,
        ], texts: .paragraph)

    /// Appends a document's text, or that of some of its elements where they are named.
    static func append(
        _ document: [UInt8], _ vocabulary: Vocabulary, within: Set<String> = [], to text: inout TableText
    ) throws(ReadingFailure) {
        var hidden = 0
        var open = 0
        var outer = 0
        try XMLWalk.through(document) { (step, walk) throws(ReadingFailure) in
            switch step {
            case .begin(let name):
                if within.contains(name) { outer += 1 }
                let role = vocabulary.roles[name]
                if role == .hidden || hidden > 0 {
                    hidden += 1
                    return true
                }
                guard within.isEmpty || outer > 0, let role else { return true }
                if role == vocabulary.texts { open += 1 }
                begin(role, walk, &text)
            case .text(let words):
                if hidden == 0, open > 0 { text.text(words) }
            case .end(let name):
                if within.contains(name) { outer -= 1 }
                if hidden > 0 {
                    hidden -= 1
                    return true
                }
                guard within.isEmpty || outer > 0, let role = vocabulary.roles[name] else { return true }
                if role == vocabulary.texts { open -= 1 }
                end(role, &text)
            }
            return !text.isFull
        }
    }

    private static func begin(_ role: Role, _ walk: borrowing XMLWalk, _ text: inout TableText) {
        switch role {
        case .table: text.beginTable()
        case .tab: text.text("\t")
        case .lineBreak: text.line()
        case .spaces:
            let count = walk.attribute("c").flatMap { Int($0) } ?? 1
            text.text(String(repeating: " ", count: min(max(count, 1), 20)))
        case .paragraph, .row, .cell, .text, .hidden: break
        }
    }

    private static func end(_ role: Role, _ text: inout TableText) {
        switch role {
        case .paragraph: text.line()
        case .table: text.endTable()
        case .row: text.endRow()
        case .cell: text.endCell()
        case .tab, .lineBreak, .text, .hidden, .spaces: break
        }
    }
}
