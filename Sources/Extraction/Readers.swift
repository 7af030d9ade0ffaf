import Mail

/// The readers that run in the confined process.
enum Readers {
    /// Text in UTF-8, or a mail's octets where the form holds one.
    static func read(_ octets: [UInt8], as form: AttachmentForm, limit: Int) throws(ReadingFailure) -> [UInt8] {
        switch form {
        // More than is kept, in any charset.
        case .text:
            Charset.decode(octets.prefix(AttachmentReading.textLimit * 8), label: TextEncoding.label(of: octets))
        case .html: HTMLText.render(Charset.decode(octets[...], label: nil)).joinedOctets
        case .rtf: try RTFText.read(octets)
        case .docx, .xlsx, .pptx, .odt, .ods: try OfficeText.read(octets, as: form, limit: limit)
        case .tnef: try TNEFMessage.read(octets).mail
        case .outlook: try CompoundMessage.read(octets).mail
        case .sealed: try SealedMessage.read(octets, limit: limit)
        case .compound:
            throw ReadingFailure(octets.contains(wide: "EncryptedPackage") ? .encrypted : .oldForm)
        // The one is read elsewhere, the others by programs of their own.
        case .mail, .pdf, .picture: throw ReadingFailure(.noReader)
        }
    }
}
