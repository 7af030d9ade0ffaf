import Foundation
import Mail

/// Parts of a mail as octets (RFC 2045, RFC 2046).
enum MailOctets {
    static func lines(_ lines: [String]) -> [UInt8] { lines.flatMap { Array($0.utf8) + [0x0D, 0x0A] } }

    /// A leaf in base64.
    static func part(_ type: String, _ octets: [UInt8], _ fields: [String] = []) -> [UInt8] {
        let head = ["Content-Type: \(type)", "Content-Transfer-Encoding: base64"] + fields + [""]
        let content = Data(octets).base64EncodedString(
            options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
        return lines(head + [content])
    }

    /// Parts between boundaries, which are unlike anything in base64.
    static func multipart(_ kind: String, _ parts: [[UInt8]], _ name: String) -> [UInt8] {
        let boundary = "=_\(name)"
        let head = lines(["Content-Type: multipart/\(kind); boundary=\"\(boundary)\""])
        return head + parts.flatMap { lines(["", "--\(boundary)"]) + $0 } + lines(["", "--\(boundary)--"])
    }

    /// A part that has its own header, of which only what describes the content is kept; `nil` where it has none.
    static func entity(_ octets: [UInt8]) -> [UInt8]? {
        let all = octets.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard let end = all.firstIndex(where: { $0.isEmpty || $0.elementsEqual([0x0D]) }) else { return nil }
        var fields: [UInt8] = []
        var isKept = false
        for line in all[..<end] {
            let isMore = line.first == 0x20 || line.first == 0x09
            isKept = isMore ? isKept : line.prefix(8).map { $0 | 0x20 }.starts(with: "content-".utf8)
            if isKept { fields += line + [0x0A] }
        }
        return fields.isEmpty ? nil : fields + [0x0A] + all[(end + 1)...].joined(separator: [0x0A])
    }

    /// A media type as it may stand in a header; `nil` where it is none, or none of a leaf.
    static func leafType(_ text: String) -> String? {
        let text = text.lowercased()
        let isPlain = text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x2B...0x39).contains($0) || $0 == 0x5F }
        let isLeaf = !text.hasPrefix("multipart/") && !text.hasPrefix("message/")
        return isPlain && isLeaf && text.utf8.count < 128 && text.split(separator: "/").count == 2 ? text : nil
    }

    /// With the name of the file in any letters (RFC 2231).
    static func disposition(isInline: Bool, filename: String?) -> String {
        let field = "Content-Disposition: " + (isInline ? "inline" : "attachment")
        guard let filename else { return field }
        let digits = Array("0123456789ABCDEF")
        let encoded = WrittenHeader.clean(String(filename.prefix(200))).utf8.map { octet -> String in
            let isPlain =
                (0x30...0x39).contains(octet) || (0x61...0x7A).contains(octet | 0x20) || octet == 0x2D || octet == 0x2E
                || octet == 0x5F
            return isPlain ? String(UnicodeScalar(octet)) : "%\(digits[Int(octet >> 4)])\(digits[Int(octet & 15)])"
        }
        return field + ";\r\n filename*=utf-8''" + encoded.joined()
    }
}
