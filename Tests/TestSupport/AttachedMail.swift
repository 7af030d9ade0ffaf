import Foundation

/// A mail with files.
package struct AttachedMail: Sendable {
    package struct File: Sendable {
        package var name: String?
        package var type: String
        package var octets: [UInt8]

        package init(_ name: String?, _ type: String, _ octets: [UInt8]) {
            self.name = name
            self.type = type
            self.octets = octets
        }

        package init(_ name: String, _ text: String) {
            self.init(name, "text/plain; charset=utf-8", Array(text.utf8))
        }
    }

    package var mail: PlainMail
    package var files: [File]

    package init(_ mail: PlainMail, _ files: [File]) {
        self.mail = mail
        self.files = files
    }

    package var octets: [UInt8] {
        let plain = String(decoding: mail.octets, as: UTF8.self)
        let head = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        let parts = files.map { file in
            let name = file.name.map { "; filename=\"\($0)\"" } ?? ""
            let text = Data(file.octets).base64EncodedString(options: [.lineLength76Characters])
            return "--del\r\nContent-Type: \(file.type)\r\nContent-Disposition: attachment\(name)\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n\(text)\r\n"
        }
        let start = plain.replacing(head, with: "Content-Type: multipart/mixed; boundary=del\r\n")
            .replacing("\r\n\r\n", with: "\r\n\r\n--del\r\n\(head)\r\n", maxReplacements: 1)
        return Array((start + "\r\n" + parts.joined() + "--del--\r\n").utf8)
    }

    /// A PDF of one page with these lines, in letters of Latin-1.
    package static func pdf(_ lines: [String]) -> [UInt8] {
        let escaped = lines.map {
            $0.replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)")
        }
        let text = "BT /F1 12 Tf 14 TL 50 780 Td " + escaped.map { "(\($0)) Tj T*" }.joined(separator: " ") + " ET"
        let content = Array(text.data(using: .isoLatin1) ?? Data())
        let objects: [[UInt8]] = [
            Array("<< /Type /Catalog /Pages 2 0 R >>".utf8),
            Array("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".utf8),
            Array(
                ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                    + "/Resources << /Font << /F1 5 0 R >> >> >>").utf8),
            Array("<< /Length \(content.count) >>\nstream\n".utf8) + content + Array("\nendstream".utf8),
            Array("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".utf8),
        ]
        var octets = Array("%PDF-1.4\n".utf8)
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(octets.count)
            octets += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let table = places.map { String(format: "%010d 00000 n \n", $0) }.joined()
        let end =
            "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n\(table)"
            + "trailer << /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(octets.count)\n%%EOF\n"
        return octets + Array(end.utf8)
    }
}
