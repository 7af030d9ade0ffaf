/// Names of folders between people and servers (RFC 3501 section 5.1.3, RFC 6855).
package enum FolderName {
    /// The name as people write it: modified UTF-7 decoded; what is not that, and all names under `UTF8=ACCEPT`, is UTF-8.
    package static func decode(_ octets: [UInt8], isUTF8: Bool) -> String {
        if !isUTF8, octets.allSatisfy({ $0 < 0x80 }), let text = ModifiedUTF7.decode(octets) { return text }
        return String(decoding: octets, as: UTF8.self)
    }

    package static func encode(_ name: String, isUTF8: Bool) -> [UInt8] {
        isUTF8 ? Array(name.utf8) : ModifiedUTF7.encode(name)
    }

    /// Which of the listed folders somebody means by `name`.
    ///
    /// Levels may be written with slashes or with the server's delimiter, with or without the prefix `INBOX`; `INBOX` is
    /// the same in any case. An exact name wins.
    package static func find(_ name: String, among folders: [ListedFolder], isUTF8: Bool) -> ListedFolder? {
        let usable = folders.filter {
            !$0.attributes.contains("\\noselect") && !$0.attributes.contains("\\nonexistent")
        }
        func first(_ isMeant: ([String], [String]) -> Bool) -> ListedFolder? {
            usable.first { folder in
                let levels = Self.levels(decode(folder.name, isUTF8: isUTF8), delimiter: folder.delimiter)
                return [folder.delimiter, "/"].contains { isMeant(levels, Self.levels(name, delimiter: $0)) }
            }
        }
        return first { $0 == $1 } ?? first { $0 == ["INBOX"] + $1 || ["INBOX"] + $0 == $1 }
    }

    private static func levels(_ name: String, delimiter: Character?) -> [String] {
        var levels = delimiter.map { name.split(separator: $0).map(String.init) } ?? [name]
        if levels.first?.uppercased() == "INBOX" { levels[0] = "INBOX" }
        return levels
    }
}

/// Modified UTF-7 (RFC 3501 section 5.1.3): `&` begins UTF-16 in a Base64 with `,` for `/`, `-` ends it.
enum ModifiedUTF7 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

    static func encode(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        var wide: [UInt16] = []
        func flush() {
            guard !wide.isEmpty else { return }
            output.append(UInt8(ascii: "&"))
            output += base64(wide)
            output.append(UInt8(ascii: "-"))
            wide = []
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&":
                flush()
                output += Array("&-".utf8)
            case " "..."~":
                flush()
                output.append(UInt8(scalar.value))
            default: wide += Array(String(scalar).utf16)
            }
        }
        flush()
        return output
    }

    /// `nil` when it is no modified UTF-7.
    static func decode(_ octets: [UInt8]) -> String? {
        var text = ""
        var rest = octets[...]
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "&") else {
                text.unicodeScalars.append(Unicode.Scalar(octet))
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "-")) else { return nil }
            if end == rest.startIndex {
                text += "&"
            } else {
                guard let wide = units(rest[..<end]), let part = string(wide) else { return nil }
                text += part
            }
            rest = rest[(end + 1)...]
        }
        return text
    }

    private static func base64(_ units: [UInt16]) -> [UInt8] {
        var output: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for octet in units.flatMap({ [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) {
            bits = bits << 8 | UInt32(octet)
            count += 8
            while count >= 6 {
                count -= 6
                output.append(alphabet[Int(bits >> UInt32(count) & 63)])
            }
        }
        if count > 0 { output.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
        return output
    }

    private static func units(_ digits: ArraySlice<UInt8>) -> [UInt16]? {
        var units: [UInt16] = []
        var bits: UInt32 = 0
        var count = 0
        for digit in digits {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0x3F_FFFF
            count += 6
            if count >= 16 {
                count -= 16
                units.append(UInt16(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return units
    }

    private static func string(_ units: [UInt16]) -> String? {
        var text = ""
        var decoder = UTF16()
        var iterator = units.makeIterator()
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): text.unicodeScalars.append(scalar)
            case .emptyInput: return text
            case .error: return nil
            }
        }
    }
}
