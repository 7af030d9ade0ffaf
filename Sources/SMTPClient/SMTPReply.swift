/// A reply of a mail server (RFC 5321 section 4.2), its text bounded and fit to be shown.
package struct SMTPReply: Hashable, Sendable {
    /// Three digits; the first says accepted (2), go on (3), try again (4) or never (5).
    package var code: Int
    /// Enhanced status code such as `5.1.1` (RFC 3463), where the server gives one.
    package var enhanced: String?
    /// The server's words in one line, at most 2,048 octets, without control characters.
    package var text: String

    package init(code: Int, enhanced: String? = nil, text: String) {
        self.code = code
        self.enhanced = enhanced
        self.text = text
    }

    package var isPositive: Bool { code / 100 == 2 }
    package var isRefusal: Bool { code / 100 == 4 || code / 100 == 5 }
    /// Whether the same mail would be refused again.
    package var isPermanent: Bool { code / 100 == 5 }
}

extension SMTPReply: CustomStringConvertible {
    /// As the server said it, in one line: `550 5.1.1 No such user`.
    package var description: String {
        ["\(code)", enhanced ?? "", text].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
