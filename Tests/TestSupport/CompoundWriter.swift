/// A compound file (MS-CFB, version 3): storages and streams, small ones in the mini stream, as Outlook writes them.
package struct CompoundWriter {
    package indirect enum Entry: Sendable {
        case stream(String, [UInt8])
        case storage(String, [Entry])

        var name: String {
            switch self {
            case .stream(let name, _), .storage(let name, _): name
            }
        }
    }

    private static let (free, end, tables): (Int, Int, Int) = (0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD)

    private var directory: [[UInt8]] = []
    private var sectors: [UInt8] = []
    private var allocation: [Int] = []
    private var mini: [UInt8] = []
    private var miniAllocation: [Int] = []

    package static func file(_ entries: [Entry]) -> [UInt8] {
        var writer = CompoundWriter()
        return writer.write(entries)
    }

    private mutating func write(_ entries: [Entry]) -> [UInt8] {
        directory.append([])
        let child = addTree(entries)
        let (miniStart, miniSize) = (mini.isEmpty ? Self.end : addSectors(mini), mini.count)
        directory[0] = Self.record("Root Entry", kind: 5, child: child, start: miniStart, size: miniSize)
        var table: [UInt8] = []
        for next in miniAllocation { table.add32(next) }
        table.pad(to: 512, with: 0xFF)
        let miniTable = table.isEmpty ? Self.end : addSectors(table)
        while directory.count % 4 != 0 { directory.append(Self.record("", kind: 0)) }
        let directoryStart = addSectors(Array(directory.joined()))
        // The table of sectors has entries for its own sectors too.
        var count = 0
        while count * 128 < allocation.count + count { count += 1 }
        let first = allocation.count
        allocation += Array(repeating: Self.tables, count: count)
        var sectorTable: [UInt8] = []
        for next in allocation { sectorTable.add32(next) }
        sectorTable.pad(to: 512, with: 0xFF)
        return header(first, count, directoryStart, miniTable, table.count / 512) + sectors + sectorTable
    }

    private func header(_ table: Int, _ count: Int, _ directory: Int, _ miniTable: Int, _ miniCount: Int) -> [UInt8] {
        var header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
        for number in [0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0] { header.add16(number) }
        for number in [0, count, directory, 0, 4096, miniTable, miniCount, Self.end, 0] { header.add32(number) }
        for index in 0..<109 { header.add32(index < count ? table + index : Self.free) }
        return header
    }

    /// A tree in order of the names' length, then of the names (section 2.6.4); gives back the number of its top.
    private mutating func addTree(_ entries: [Entry]) -> Int {
        let sorted = entries.sorted {
            ($0.name.utf16.count, $0.name.uppercased()) < ($1.name.utf16.count, $1.name.uppercased())
        }
        return addTree(sorted[...])
    }

    private mutating func addTree(_ sorted: ArraySlice<Entry>) -> Int {
        guard !sorted.isEmpty else { return Self.free }
        let middle = sorted.startIndex + sorted.count / 2
        let number = directory.count
        directory.append([])
        let (left, right) = (addTree(sorted[..<middle]), addTree(sorted[(middle + 1)...]))
        switch sorted[middle] {
        case .storage(let name, let entries):
            let child = addTree(entries)
            directory[number] = Self.record(name, kind: 1, left: left, right: right, child: child)
        case .stream(let name, let octets):
            let start = octets.isEmpty ? Self.end : octets.count < 4096 ? addMini(octets) : addSectors(octets)
            directory[number] = Self.record(
                name, kind: 2, left: left, right: right, start: start, size: octets.count)
        }
        return number
    }

    private static func record(
        _ name: String, kind: UInt8, left: Int = free, right: Int = free, child: Int = free, start: Int = 0,
        size: Int = 0
    ) -> [UInt8] {
        var record = [UInt8](wide: name)
        let length = kind == 0 ? 0 : record.count + 2
        record += [UInt8](repeating: 0, count: 64 - record.count)
        record.add16(length)
        record += [kind, 1]
        for number in [left, right, child] { record.add32(number) }
        record += [UInt8](repeating: 0, count: 36)
        for number in [start, size, 0] { record.add32(number) }
        return record
    }

    private mutating func addSectors(_ octets: [UInt8]) -> Int {
        let first = allocation.count
        let count = (octets.count + 511) / 512
        for index in 0..<count { allocation.append(index + 1 < count ? first + index + 1 : Self.end) }
        sectors += octets
        sectors.pad(to: 512)
        return first
    }

    private mutating func addMini(_ octets: [UInt8]) -> Int {
        let first = miniAllocation.count
        let count = (octets.count + 63) / 64
        for index in 0..<count { miniAllocation.append(index + 1 < count ? first + index + 1 : Self.end) }
        mini += octets
        mini.pad(to: 64)
        return first
    }
}
