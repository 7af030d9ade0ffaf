/// The charset of a text file, which says nothing of it but by a mark in front.
enum TextEncoding {
    /// `nil` for UTF-8, and for what is none and then windows-1252.
    static func label(of octets: [UInt8]) -> String? {
        if octets.starts(with: [0xFF, 0xFE]) || octets.starts(with: [0xFE, 0xFF]) { return "utf-16" }
        // Excel and Notepad write UTF-16 without a mark too: then every second octet of its ASCII is zero.
        let sample = octets.prefix(512)
        guard sample.count >= 8 else { return nil }
        let zeros = (0...1).map { parity in sample.indices.count { $0 % 2 == parity && sample[$0] == 0 } }
        if zeros[1] > sample.count / 4, zeros[0] == 0 { return "utf-16le" }
        if zeros[0] > sample.count / 4, zeros[1] == 0 { return "utf-16be" }
        return nil
    }
}
