/// A path of the envelope (RFC 5321 section 4.1.2), by its meaning: quotes and source routes taken off.
package struct MailPath: Hashable, Sendable {
    /// Without quotes.
    package var localPart: String
    /// In lower case; an address literal with its brackets; empty for `<Postmaster>` and `<>`.
    package var domain: String

    package init(localPart: String, domain: String) {
        self.localPart = localPart
        self.domain = domain
    }

    /// The null reverse-path.
    package static let null = Self(localPart: "", domain: "")
    package var isNull: Bool { localPart.isEmpty && domain.isEmpty }

    /// `local@domain`, quoted again where it must be; empty for the null path.
    package var address: String {
        guard !isNull else { return "" }
        let local = isDotString ? localPart : "\"" + escaped + "\""
        return domain.isEmpty ? local : "\(local)@\(domain)"
    }

    /// `leads` of `leads+CVR12345678`, and what stands behind the plus.
    package var subaddress: (base: Substring, detail: Substring?) {
        guard let plus = localPart.firstIndex(of: "+") else { return (localPart[...], nil) }
        return (localPart[..<plus], localPart[localPart.index(after: plus)...])
    }

    var isASCII: Bool { localPart.utf8.allSatisfy { $0 < 0x80 } && domain.utf8.allSatisfy { $0 < 0x80 } }

    /// Atoms with single dots between them need no quotes.
    private var isDotString: Bool {
        localPart.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0.allSatisfy(PathParser.isAtom)
        }
    }

    private var escaped: String { localPart.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined() }
}
