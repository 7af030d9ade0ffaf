import Mail

/// The readers that run in the confined process.
enum Readers {
    /// Text in UTF-8, or a mail's octets where the form holds one.
    static func read(_ octets: [UInt8], as form: AttachmentForm, limit: Int) throws(ReadingFailure) -> [UInt8] {
        switch form {
        case .text: Charset.decode(octets[...], label: TextEncoding.label(of: octets))
        case .html: HTMLText.render(Charset.decode(octets[...], label: nil)).joinedOctets
        case .rtf, .docx, .xlsx, .pptx, .odt, .ods, .tnef, .outlook, .sealed, .compound:
            throw ReadingFailure(.noReader)
        // The one is read elsewhere, the others by programs of their own.
        case .mail, .pdf, .picture: throw ReadingFailure(.noReader)
        }
    }
}
