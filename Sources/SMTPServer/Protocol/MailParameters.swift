/// Parameters of MAIL (RFC 1870, RFC 4954, RFC 6152, RFC 6531).
enum MailParameters {
    /// Takes them into the envelope.
    static func read(
        _ rest: ArraySlice<UInt8>, into envelope: inout Envelope, offersAuthentication: Bool, limits: SMTPLimits
    ) throws(Refusal) {
        var body: String?
        for word in rest.split(separator: 0x20) {
            let parts = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? parts[1] : nil
            switch String(decoding: parts[0], as: UTF8.self).uppercased() {
            case "SIZE":
                guard let size = value.flatMap(size), envelope.declaredSize ?? size == size else {
                    throw Refusal(.badParameter)
                }
                guard size <= limits.messageSize else { throw Refusal(.tooLarge) }
                envelope.declaredSize = size
            case "BODY":
                let kind = value.map { String(decoding: $0, as: UTF8.self).uppercased() }
                guard kind != "BINARYMIME" else { throw Refusal(.unknownParameter) }
                guard kind == "7BIT" || kind == "8BITMIME", body == nil || body == kind else {
                    throw Refusal(.badParameter)
                }
                body = kind
            case "SMTPUTF8":
                guard value == nil else { throw Refusal(.badParameter) }
                envelope.usesSMTPUTF8 = true
            case "AUTH":
                // What hides control characters is no honest mistake (CVE-2020-28026).
                guard value.map(isCleanXtext) == true else { throw Refusal(.badParameter) }
                // Whom somebody names here is believed in nothing (RFC 4954 section 5).
                guard offersAuthentication else { throw Refusal(.unknownParameter) }
            default: throw Refusal(.unknownParameter)
            }
        }
    }

    /// 1 to 20 digits (RFC 1870 section 3); what an `Int` cannot hold is beyond any limit.
    private static func size(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...20).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self)) ?? .max
    }

    /// Whether the value is xtext (RFC 3461 section 4) that stands for no control character.
    private static func isCleanXtext(_ value: ArraySlice<UInt8>) -> Bool {
        var rest = value
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "+") else { continue }
            guard rest.count >= 2, let decoded = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                decoded >= 0x20, decoded != 0x7F
            else { return false }
            rest = rest.dropFirst(2)
        }
        return true
    }
}
