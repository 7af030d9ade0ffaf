/// Rows of a spreadsheet: cells stand apart by tabs, empty ends of rows and empty rows are left out.
struct SheetText {
    private(set) var octets: [UInt8] = []
    private var row: [UInt8] = []
    private var column = 0
    /// Columns that text stands in.
    private var filled = 0
    private var heading: String?

    /// Octets after which no more is taken.
    private static let limit = AttachmentReading.textLimit * 2
    /// Columns that are looked at; a program's own limit is 16,384.
    private static let columns = 1000

    var isFull: Bool { octets.count > Self.limit }

    /// The sheet's name stands above its first row.
    mutating func begin(sheet name: String) {
        endRow()
        heading = name
    }

    /// Cells behind each other that hold the same.
    mutating func add(_ value: String, times: Int = 1) {
        guard !value.isEmpty else { return column += min(times, Self.columns) }
        for _ in 0..<min(times, Self.columns) { set(value, column: column) }
    }

    /// A cell, which must not stand before one that was set.
    mutating func set(_ value: String, column: Int) {
        guard column < Self.columns, column >= filled, row.count <= Self.limit else { return }
        self.column = column + 1
        // Lines within a cell would look like rows.
        let value = value.utf8.map { $0 < 0x20 ? 0x20 : $0 }
        guard value.contains(where: { $0 != 0x20 }) else { return }
        row.append(contentsOf: repeatElement(0x09, count: row.isEmpty ? column : column - filled + 1))
        row.append(contentsOf: value)
        filled = column + 1
    }

    mutating func endRow() {
        defer { (column, filled) = (0, 0) }
        guard !row.isEmpty else { return }
        if let heading {
            if !octets.isEmpty { octets.append(0x0A) }
            octets.append(contentsOf: (heading + "\n").utf8)
            self.heading = nil
        }
        octets.append(contentsOf: row)
        octets.append(0x0A)
        row.removeAll(keepingCapacity: true)
    }
}
