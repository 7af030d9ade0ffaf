/// Numbers as formats of Windows and ZIP write them.
extension [UInt8] {
    package mutating func add16(_ number: Int) {
        for shift in [0, 8] { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    package mutating func add32(_ number: Int) {
        for shift in [0, 8, 16, 24] { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    /// Fills up to a multiple.
    package mutating func pad(to multiple: Int, with octet: UInt8 = 0) {
        while count % multiple != 0 { append(octet) }
    }

    package init(wide text: String) { self = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
}
