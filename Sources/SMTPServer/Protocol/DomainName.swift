/// Domain names as people write them and as DNS holds them (RFC 5890).
package enum DomainName {
    /// The form in which two spellings of one domain are equal: lower case, A-labels (`xn--…`) read as what they stand
    /// for, the addresses of literals (`[IPv6:…]`) in their shortest form.
    ///
    /// For comparison only; what cannot be read stays as it is.
    package static func comparable(_ domain: String) -> String {
        let domain = domain.lowercased()
        if domain.hasPrefix("[") { return AddressLiteral.comparable(domain) }
        guard domain.contains("xn--") else { return domain }
        return domain.split(separator: ".", omittingEmptySubsequences: false).map { label in
            label.hasPrefix("xn--") ? unicode(label.dropFirst(4)) ?? String(label) : String(label)
        }.joined(separator: ".")
    }

    /// Reads Punycode (RFC 3492 section 6.2); `nil` when it is none.
    private static func unicode(_ label: Substring) -> String? {
        let delimiter = label.utf8.lastIndex(of: UInt8(ascii: "-"))
        var output = delimiter.map { Array(label[..<$0].unicodeScalars) } ?? []
        var input = delimiter.map { label.utf8[label.utf8.index(after: $0)...] } ?? label.utf8[...]
        // A label of DNS has 63 octets at most, which also bounds the work.
        guard label.utf8.count < 60, label.utf8.allSatisfy({ $0 < 0x80 }), !input.isEmpty else { return nil }
        var (code, index, bias) = (0x80, 0, 72)
        while !input.isEmpty {
            guard let delta = variableLengthInteger(&input, bias: bias) else { return nil }
            let length = output.count + 1
            bias = adapt(delta, length: length, isFirst: index == 0)
            index += delta
            code += index / length
            index %= length
            guard (0xA0...0x10FFFF).contains(code), let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init)
            else { return nil }
            output.insert(scalar, at: index)
            index += 1
        }
        return String(String.UnicodeScalarView(output))
    }

    private static func variableLengthInteger(_ input: inout Substring.UTF8View, bias: Int) -> Int? {
        var (value, weight, position) = (0, 1, 36)
        while let octet = input.popFirst() {
            let digit: Int
            switch octet {
            case 0x61...0x7A: digit = Int(octet) - 0x61
            case 0x30...0x39: digit = Int(octet) - 0x30 + 26
            default: return nil
            }
            value += digit * weight
            let threshold = min(max(position - bias, 1), 26)
            guard digit >= threshold else { return value }
            weight *= 36 - threshold
            position += 36
            guard value < 1 << 28, weight < 1 << 28 else { return nil }
        }
        return nil
    }

    private static func adapt(_ delta: Int, length: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / length
        var bias = 0
        while delta > 35 * 26 / 2 {
            delta /= 35
            bias += 36
        }
        return bias + 36 * delta / (delta + 38)
    }
}
