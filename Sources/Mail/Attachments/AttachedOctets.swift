extension Letter {
    /// The decoded octets of attachments of a mail, by their digests; those that are not in it are missing.
    ///
    /// The mail is parsed once, with the options that gave the digests. Memory is that of the mail and of what is asked for:
    /// whoever wants more than fits asks for some at a time (``Attachment/size``).
    package static func contents(
        of digests: Set<String>, in octets: [UInt8], reading options: ReadingOptions
    ) -> [String: [UInt8]] {
        guard !digests.isEmpty else { return [:] }
        var reader = MIMEReader(options, keeping: digests)
        _ = reader.read(octets)
        return reader.kept
    }
}
