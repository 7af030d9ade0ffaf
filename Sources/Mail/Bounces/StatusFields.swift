/// The fields of a `message/delivery-status` part (RFC 3464 sections 2.2 and 2.3).
struct StatusFields {
    private(set) var recipients: [DeliveryReport.Recipient] = []
    private(set) var envelopeID: String?

    init(_ octets: [UInt8]) {
        // The first group is about the message; some servers write all in one.
        for group in FieldGroups(octets, limit: DeliveryReport.recipientLimit + 1).groups {
            let value = { (name: StaticString) in group.first { $0.isNamed(name) }?.value }
            if envelopeID == nil { envelopeID = value("Original-Envelope-Id") }
            guard recipients.count < DeliveryReport.recipientLimit, let recipient = Self.recipient(value) else {
                continue
            }
            recipients.append(recipient)
        }
    }

    private static func recipient(_ value: (StaticString) -> String?) -> DeliveryReport.Recipient? {
        let final = value("Final-Recipient").flatMap(address)
        let original = value("Original-Recipient").flatMap(address)
        guard let named = final ?? original else { return nil }
        let words = value("Diagnostic-Code").map(typed).flatMap { $0.isEmpty ? nil : String($0.prefix(1000)) }
        let status = StatusCode.best(of: value("Status"), in: words)
        guard let action = action(value("Action"), status: status) else { return nil }
        return DeliveryReport.Recipient(
            address: named, original: original == named ? nil : original, action: action, status: status, words: words)
    }

    /// What is said, in any case and before any comment; what the status means where nothing usable is.
    private static func action(_ text: String?, status: String?) -> DeliveryReport.Action? {
        let word = text.map { $0.lowercased().prefix { $0.isLetter } }
        if let action = word.flatMap({ DeliveryReport.Action(rawValue: String($0)) }) { return action }
        switch status?.first {
        case "5": return .failed
        case "4": return .delayed
        case "2": return .delivered
        default: return nil
        }
    }

    /// The address of a field such as `rfc822; kim@vangco.example`.
    static func address(_ text: String) -> String? {
        let address = typed(text).filter { $0 != "<" && $0 != ">" && !$0.isWhitespace }
        return address.isEmpty || address.utf8.count > 320 ? nil : address
    }

    /// A value without the type before it: `smtp; 550 no` is `550 no`.
    private static func typed(_ text: String) -> String {
        guard let semicolon = text.firstIndex(of: ";"), text[..<semicolon].allSatisfy({ !$0.isWhitespace }) else {
            return text
        }
        return Repair.line(String(text[text.index(after: semicolon)...]))
    }
}

/// Status codes of RFC 3463, and what the words of servers mean that write none.
enum StatusCode {
    /// The code that says most: a given one, unless it is `x.0.0` and the words know more.
    static func best(of given: String?, in words: String?) -> String? {
        let code = given.flatMap { first(in: $0) }
        guard let code, !code.hasSuffix(".0.0") else {
            guard let words, let known = first(in: words) ?? meaning(of: words) else { return code }
            return code.map { $0.first == known.first ? known : $0 } ?? known
        }
        return code
    }

    /// The first `class.subject.detail` in a text, where no digit or dot stands beside it.
    static func first(in text: String) -> String? {
        let words = text.prefix(4000).split { !$0.isASCII || !($0.isNumber || $0 == ".") }
        return words.lazy.map { $0.hasSuffix(".") ? $0.dropLast() : $0 }.first { word in
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 3 && ["2", "4", "5"].contains(parts[0])
                && parts.dropFirst().allSatisfy { (1...3).contains($0.count) }
        }.map(String.init)
    }

    /// The code for what is said without one.
    static func meaning(of words: String) -> String? {
        let text = Folding.lower(words.utf8.prefix(4000))
        return BouncePhrases.unknownUser.contains { text.contains(octets: $0) } ? "5.1.1" : nil
    }
}
