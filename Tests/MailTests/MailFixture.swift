import Mail

/// A mail in a few lines.
func letter(
    _ text: String, own: [String] = [], returnPath: String? = nil, unpacked: [String: [UInt8]] = [:]
) throws -> Letter {
    try Letter(
        Array(text.replacing("\n", with: "\r\n").utf8),
        reading: ReadingOptions(own: OwnPeople(domains: Set(own)), returnPath: returnPath, unpacked: unpacked))
}

/// A mail of one of us that sends something on.
func forward(_ text: String, subject: String = "VS: Pris") throws -> Letter {
    try letter(
        """
        From: Jonas Holm <jh@fjordtek.example>
        Date: Tue, 24 Nov 2026 08:00:00 +0100
        Subject: \(subject)
        Content-Type: text/plain; charset=utf-8

        \(text)
        """, own: ["fjordtek.example"])
}

extension String {
    /// Its octets as the reader takes them.
    var octets: ArraySlice<UInt8> { Array(utf8)[...] }
}
