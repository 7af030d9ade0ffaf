import FoundationEssentials
package import MailAuthentication

/// Puts our domain's signatures on outgoing mail (RFC 6376), when its octets are fixed: every attempt sends the same.
package struct MailSignatures: Sendable {
    private let signers: [DKIMSigner]

    /// One for each key: some readers know RSA alone, others want Ed25519 (RFC 8463 section 3).
    package init(_ signers: [DKIMSigner]) { self.signers = signers }

    /// The mail with a field for each key on top.
    ///
    /// A mail that we made can be signed; one that cannot leaves without a signature rather than not at all.
    func sign(_ octets: [UInt8], at instant: Date) -> [UInt8] {
        signers.compactMap { try? $0.signature(for: octets, at: instant) }.reduce([], +) + octets
    }
}
