/// Text under the label of base64 that is not, or not only: sent as it is, in several pieces that each end with padding,
/// or with a footer below that a list or a gateway put there.
enum TransferRepair {
    /// The text of such octets, or `nil` where they are sound base64.
    static func text(ofBase64 raw: [UInt8]) -> [UInt8]? {
        guard LineBound.holds(for: raw), isOdd(raw) else { return nil }
        let lines = raw.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // Not a single line of it is base64: it was never encoded.
        guard lines.contains(where: isEncoded) else { return raw }
        var text: [UInt8] = []
        var digits: [UInt8] = []
        var isBelow = false
        for line in lines {
            isBelow = !isEncoded(line) && (isBelow || isPlain(line.trimmingSpaces))
            guard isBelow else {
                take(line, into: &digits, &text)
                continue
            }
            flush(&digits, to: &text)
            if !text.isEmpty, text.last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
            text += line + [UInt8(ascii: "\n")]
        }
        flush(&digits, to: &text)
        return text
    }

    private static func take(_ line: ArraySlice<UInt8>, into digits: inout [UInt8], _ text: inout [UInt8]) {
        for octet in line {
            if octet == UInt8(ascii: "=") {
                flush(&digits, to: &text)
            } else if let digit = digit(octet) {
                digits.append(digit)
            }
        }
    }

    /// Whether anything but padding stands behind padding, or a line has words in it.
    private static func isOdd(_ raw: [UInt8]) -> Bool {
        if let padding = raw.firstIndex(of: UInt8(ascii: "=")),
            raw[padding...].contains(where: { $0 > 0x20 && $0 != UInt8(ascii: "=") })
        {
            return true
        }
        return raw.contains(0x20)
            && raw.split(separator: UInt8(ascii: "\n")).contains { isPlain($0.trimmingSpaces) }
    }

    /// Words with spaces between them are no base64, nor is the line above a footer.
    private static func isPlain(_ line: ArraySlice<UInt8>) -> Bool {
        if line.starts(with: "--".utf8) || line.starts(with: "__".utf8) { return true }
        let words = line.split { $0 == 0x20 || $0 == 0x09 }
        return words.count > 1 && words.contains { $0.count % 4 != 0 || $0.contains { !isDigit($0) } }
    }

    /// A line as long as encoders make them, or one that ends with padding.
    private static func isEncoded(_ line: ArraySlice<UInt8>) -> Bool {
        let content = line.trimmingSpaces
        return (content.count >= 40 || content.last == UInt8(ascii: "=")) && content.allSatisfy(isDigit)
    }

    private static func isDigit(_ octet: UInt8) -> Bool { digit(octet) != nil || octet == UInt8(ascii: "=") }

    private static func flush(_ digits: inout [UInt8], to text: inout [UInt8]) {
        var bits: UInt32 = 0
        var count = 0
        for digit in digits {
            bits = bits << 6 | UInt32(digit)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            text.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        digits.removeAll(keepingCapacity: true)
    }

    private static func digit(_ octet: UInt8) -> UInt8? {
        switch octet {
        case 0x41...0x5A: octet - 0x41
        case 0x61...0x7A: octet - 0x61 + 26
        case 0x30...0x39: octet - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
