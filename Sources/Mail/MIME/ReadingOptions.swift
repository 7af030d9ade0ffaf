/// How a mail is read, and the bounds of doing so.
package struct ReadingOptions: Sendable {
    /// Bounds that hostile mail meets; what lies beyond is left out and noted among the letter's defects.
    package struct Limits: Sendable {
        package var parts = 1000
        package var depth = 50
        package var headerFields = 1000
        package var headerName = 256
        package var headerValue = 64 << 10
        /// Mailboxes of one field.
        package var addresses = 1000
        /// Octets of decoded text of a part that are looked at.
        package var text = 1 << 20
        /// Octets of decoded text of all parts together.
        package var allText = 8 << 20
        /// Octets of what was taken out of containers, of all together.
        package var unpacked = 64 << 20

        package init() {}
    }

    package var own: OwnPeople
    /// Whether a From of ours may be believed; without it no forward is unwrapped, whoever it claims to be from.
    package var trustsSender: Bool
    /// Reverse-path of the envelope: "" is the null path, `nil` not known.
    package var returnPath: String?
    package var limits: Limits
    /// What was taken out of containers (`winmail.dat`, `.msg`, opaque S/MIME) before, as MIME (RFC 5322, 2045), by the
    /// SHA-256 of the container's octets in lower-case hexadecimal; empty octets for one that holds nothing.
    package var unpacked: [String: [UInt8]]

    package init(
        own: OwnPeople = OwnPeople(), trustsSender: Bool = true, returnPath: String? = nil,
        limits: Limits = Limits(), unpacked: [String: [UInt8]] = [:]
    ) {
        self.own = own
        self.trustsSender = trustsSender
        self.returnPath = returnPath
        self.limits = limits
        self.unpacked = unpacked
    }
}

/// Octets that are no mail at all.
package struct UnreadableMail: Error, Hashable, Sendable {
    /// In a few words.
    package var title: String
    /// What was found, and where.
    package var detail: String

    package init(title: String, detail: String) {
        self.title = title
        self.detail = detail
    }
}
