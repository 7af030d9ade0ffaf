/// Text as it is put together from paragraphs and tables: rows are lines, cells stand apart by tabs.
struct TableText {
    private(set) var octets: [UInt8] = []
    /// Octets after which no more is taken.
    private static let limit = AttachmentReading.textLimit * 2

    /// How deep in tables: in one, paragraphs of a cell stand on one line.
    private var tables = 0
    /// Whether a paragraph ended in this cell, so that what follows is set off.
    private var isSetOff = false
    /// Tabs of cells without text, written when something follows them.
    private var pendingTabs = 0

    var isFull: Bool { octets.count > Self.limit }

    mutating func text(_ text: some StringProtocol) {
        guard !isFull, !text.isEmpty else { return }
        if isSetOff, let last = octets.last, last != 0x0A, last != 0x09, pendingTabs == 0 { octets.append(0x20) }
        isSetOff = false
        for _ in 0..<pendingTabs { octets.append(0x09) }
        pendingTabs = 0
        octets.append(contentsOf: text.utf8)
    }

    /// A line of its own begins, unless in a cell.
    mutating func line() {
        guard tables == 0 else { return isSetOff = true }
        newLine()
    }

    mutating func beginTable() {
        if tables == 0, let last = octets.last, last != 0x0A { newLine() }
        tables += 1
    }

    mutating func endTable() {
        tables = max(0, tables - 1)
        if tables > 0 { isSetOff = true }
    }

    /// The cell is at its end; rows of tables within cells stand on the line of the outer one.
    mutating func endCell() {
        isSetOff = false
        pendingTabs += 1
    }

    mutating func endRow() {
        guard tables <= 1 else { return isSetOff = true }
        newLine()
    }

    private mutating func newLine() {
        pendingTabs = 0
        isSetOff = false
        if !isFull { octets.append(0x0A) }
    }
}
