/// Reads whose name a message bears: the domain of the only address in its only From field.
///
/// Stricter than a reader of mail has to be: where two readers could see two authors, there is none.
struct AuthorDomain {
    /// In lower case and A-labels.
    let domain: String

    /// Octets of a From field that are looked at.
    private static let longestField = 65_536

    init(_ message: SignedMessage) throws(DKIMDefect) {
        if let defect = message.defect { throw .permanent(defect) }
        let fields = message.fields(named: "from")
        guard fields.count == 1 else { throw .permanent("there are \(fields.count) From fields") }
        guard fields[0].value.count <= Self.longestField else { throw .permanent("From is too long") }
        guard let mailboxes = Self.mailboxes(fields[0].value), mailboxes.count == 1 else {
            throw .permanent("From is not one address")
        }
        guard let domain = Self.domain(mailboxes[0]) else { throw .permanent("From is not one address") }
        self.domain = domain
    }

    /// What stands between commas, without comments and display names; `nil` where that is not certain.
    private static func mailboxes(_ value: ArraySlice<UInt8>) -> [[UInt8]]? {
        var mailboxes: [[UInt8]] = []
        var plain: [UInt8] = []
        var angle: [UInt8]?
        var isAfterAngle = false
        var rest = value
        func finished() -> [UInt8]? {
            let outside = plain.trimmed
            guard let angle else { return Array(outside) }
            // An address outside the angle brackets would be somebody else's.
            return outside.contains(UInt8(ascii: "@")) ? nil : Array(angle.trimmed)
        }
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "("):
                guard rest.skipComment() else { return nil }
                plain.append(Octet.space)
            case UInt8(ascii: "\""):
                guard let quoted = quotedString(&rest), !isAfterAngle else { return nil }
                // Before "@" it is a local part, which counts; in a name it says nothing.
                plain += rest.first == UInt8(ascii: "@") ? quoted : []
            case UInt8(ascii: "<"):
                guard angle == nil, let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
                angle = Array(rest[..<end])
                rest = rest[(end + 1)...]
                isAfterAngle = true
            case UInt8(ascii: ","):
                guard let mailbox = finished() else { return nil }
                if !mailbox.isEmpty || angle != nil { mailboxes.append(mailbox) }
                (plain, angle, isAfterAngle) = ([], nil, false)
            case Octet.space, Octet.tab, Octet.cr, Octet.lf:
                plain.append(Octet.space)
            case 0...0x1F, 0x7F, UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: ")"),
                UInt8(ascii: "\\"):
                return nil
            default:
                guard !isAfterAngle else { return nil }
                plain.append(octet)
            }
        }
        guard let last = finished() else { return nil }
        if !last.isEmpty || angle != nil { mailboxes.append(last) }
        return mailboxes
    }

    /// A quoted string as a word that stands for it: what it says does not matter here.
    private static func quotedString(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "\""): return [UInt8(ascii: "q")]
            case UInt8(ascii: "\\"): rest = rest.dropFirst()
            default: break
            }
        }
        return nil
    }

    /// The domain of `local@domain`.
    private static func domain(_ mailbox: [UInt8]) -> String? {
        let parts = mailbox.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty,
            parts[0].allSatisfy({ $0 > 0x20 && $0 != 0x7F && !"<>(),;:\\[]".utf8.contains($0) })
        else {
            // A quoted local part inside angle brackets may hold an "@" of its own.
            return quotedDomain(mailbox)
        }
        return DomainText.name(parts[1].text)
    }

    private static func quotedDomain(_ mailbox: [UInt8]) -> String? {
        guard mailbox.first == UInt8(ascii: "\"") else { return nil }
        var rest = mailbox.dropFirst()
        guard quotedString(&rest) != nil, rest.popFirst() == UInt8(ascii: "@") else { return nil }
        return DomainText.name(rest.text)
    }
}
