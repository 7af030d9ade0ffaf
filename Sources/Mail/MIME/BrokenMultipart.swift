/// The parts of a multipart whose boundary is missing, false, or closed before its time.
///
/// A line that begins with `--` and has a field such as `Content-Type:` below it is a boundary, whatever the header says.
/// Where there is none, what stands there is text.
enum BrokenMultipart {
    /// A boundary has 70 characters at most (RFC 2046 section 5.1.1); some clients write longer ones.
    private static let longest = 200
    /// Lines that are looked at; a false boundary shows at the start.
    private static let reach = 200

    /// The boundary that the lines show.
    static func boundary(in octets: [UInt8]) -> [UInt8]? {
        let lines = octets.split(
            separator: UInt8(ascii: "\n"), maxSplits: reach, omittingEmptySubsequences: false
        ).prefix(reach)
        for index in lines.indices.dropLast() where lines[index].starts(with: "--".utf8) {
            let token = lines[index].dropFirst(2).trimmingSpacesAtEnd
            let next = Folding.lower(lines[index + 1].prefix(32))
            guard !token.isEmpty, token.count <= longest, !token.contains(UInt8(ascii: "\"")),
                next.starts(with: "content-".utf8), next.contains(UInt8(ascii: ":"))
            else { continue }
            return Array(token)
        }
        return nil
    }

    /// A mail with these octets as its body, in parts between these boundaries.
    static func mail(_ octets: [UInt8], type: String, boundary: [UInt8]) -> [UInt8] {
        Array("Content-Type: \(type); boundary=\"".utf8) + boundary + Array("\"\n\n".utf8) + octets
    }
}
