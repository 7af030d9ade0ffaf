/// The Return-Path that the delivering server put on top of a mail (RFC 5321 section 4.4).
enum ReturnPathField {
    private static let name = Array("return-path:".utf8)

    /// The address without angle brackets, empty for `<>`; `nil` when the field is not there.
    static func address(in head: ArraySlice<UInt8>) -> String? {
        for line in head.prefix(32 << 10).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if line.isEmpty { return nil }
            let start = line.prefix(name.count).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            guard start == name else { continue }
            guard let open = line.firstIndex(of: UInt8(ascii: "<")), let close = line.lastIndex(of: UInt8(ascii: ">")),
                open < close
            else { return nil }
            return String(decoding: line[(open + 1)..<close], as: UTF8.self)
        }
        return nil
    }
}
