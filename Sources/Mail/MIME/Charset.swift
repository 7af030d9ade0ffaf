import Foundation

/// Octets to text by the label they carry, which is often missing and sometimes wrong.
enum Charset {
    /// The text as UTF-8 in NFC, whatever the octets hold.
    ///
    /// Valid UTF-8 that is more than ASCII is UTF-8 whatever the label says: text of another charset hardly ever is.
    static func decode(_ octets: ArraySlice<UInt8>, label: String?) -> [UInt8] {
        let label = label?.lowercased() ?? ""
        let isStateful =
            label.hasPrefix("iso-2022") || label.hasPrefix("utf-16") || label == "utf-7"
            || label == "hz-gb-2312"
        if !isStateful, isASCII(octets) || String(validating: octets, as: UTF8.self) != nil {
            return Repair.octets(Array(octets))
        }
        return Repair.octets(Array(transcoded(octets, label: label).utf8))
    }

    private static func isASCII(_ octets: ArraySlice<UInt8>) -> Bool {
        octets.withUnsafeBufferPointer { octets in
            var seen: UInt8 = 0
            for octet in octets { seen |= octet }
            return seen < 0x80
        }
    }

    private static func transcoded(_ octets: ArraySlice<UInt8>, label: String) -> String {
        switch label {
        case "", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "cp1252", "unknown-8bit",
            "x-unknown":
            windows1252(octets)
        case "utf-8", "utf8":
            String(decoding: octets, as: UTF8.self)
        default:
            converted(octets, from: label) ?? windows1252(octets)
        }
    }

    /// The superset of ISO 8859-1 that mail under either label is written in.
    private static func windows1252(_ octets: ArraySlice<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for octet in octets {
            let code = (0x80...0x9F).contains(octet) ? upperControls[Int(octet) - 0x80] : UInt32(octet)
            text.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        }
        return String(text)
    }

    /// 0x80 to 0x9F of windows-1252 (Unicode, CP1252.TXT).
    private static let upperControls: [UInt32] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
        0x0152, 0xFFFD,
        0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
        0x0161, 0x203A,
        0x0153, 0xFFFD, 0x017E, 0x0178,
    ]

    /// By iconv(3); octets that mean nothing become U+FFFD.
    ///
    /// `nil` for a charset it does not know.
    private static func converted(_ octets: ArraySlice<UInt8>, from label: String) -> String? {
        guard label.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }),
            label.utf8.count < 64,
            let converter = iconv_open("UTF-8", label), converter != iconv_t(bitPattern: -1)
        else { return nil }
        defer { iconv_close(converter) }
        var input = octets.map(CChar.init(bitPattern:))
        var output = [CChar](repeating: 0, count: 4096)
        var text: [UInt8] = []
        input.withUnsafeMutableBufferPointer { input in
            var source = input.baseAddress
            var sourceLeft = input.count
            while sourceLeft > 0 {
                let failure = output.withUnsafeMutableBufferPointer { output -> Int32 in
                    var target = output.baseAddress
                    var targetLeft = output.count
                    let code = iconv(converter, &source, &sourceLeft, &target, &targetLeft)
                    let failure = code == -1 ? errno : 0
                    text += output.prefix(output.count - targetLeft).map(UInt8.init(bitPattern:))
                    return failure
                }
                if failure == EILSEQ || failure == EINVAL {
                    text += [0xEF, 0xBF, 0xBD]
                    source = source?.advanced(by: 1)
                    sourceLeft -= 1
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
