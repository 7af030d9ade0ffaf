/// The only lines that RCPT may be: its path and nothing else, or the path and the wish that nobody reports on the mail.
///
/// libcurl forms the line, in a way that it does not promise; what it really was is compared before anything of the mail
/// leaves.
struct RecipientLines: Sendable {
    let plain: [UInt8]
    /// With the wish; `nil` where there is none.
    let silent: [UInt8]?

    init(_ address: String, isSilent: Bool) {
        plain = Array("RCPT TO:<\(address)>\r\n".utf8)
        silent = isSilent ? Self.wish(for: address).map { Array("RCPT TO:<\(address)>\($0)\r\n".utf8) } : nil
    }

    /// Whether the line is as it was meant; a wish is meant only for a relay that offers to follow it.
    func allow(_ line: some Collection<UInt8>, offersReports: Bool) -> Bool {
        line.elementsEqual(plain) || offersReports && silent.map { line.elementsEqual($0) } ?? false
    }

    /// `NOTIFY=NEVER` (RFC 3461 section 4.1); an address beyond ASCII has no form in ORCPT that every relay knows.
    static func wish(for address: String) -> String? {
        guard address.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let original = address.replacing("+", with: "+2B").replacing("=", with: "+3D")
        return " NOTIFY=NEVER ORCPT=rfc822;<\(original)>"
    }
}
