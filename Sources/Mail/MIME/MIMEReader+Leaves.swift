import CGMime
import Cryptography

extension MIMEReader {
    /// A part that holds no others: text to be read, or a file.
    mutating func leaf(_ leaf: UnsafeMutablePointer<GMimePart>, into part: inout MIMEPart, depth: Int) {
        part.filename = GMimeAccess.filename(of: leaf)
        let octets = GMimeAccess.decoded(leaf)
        if part.isBody { return body(leaf, octets, into: &part) }
        describe(&part, by: octets)
        part.container = ContainerKind(contentType: part.contentType, filename: part.filename)
        if part.container == .sealed { part.seal = SealKind(octets) ?? SealedParts.named(part) }
        if part.container != nil, let inside = unpacked[part.sha256] {
            return open(&part, by: inside, depth: depth)
        }
        if ReportParts.fieldTypes.contains(part.contentType) || ReadingReceipt.types.contains(part.contentType) {
            part.content = .fields(Array(octets.prefix(limits.text)))
        }
        if part.isCalendar { part.content = .calendar(readable(octets, label: part.parameters["charset"])) }
        // Some clients attach mails as plain files.
        if part.filename?.lowercased().hasSuffix(".eml") ?? false, files < Self.savedDepth,
            let message = file(octets, depth: depth), !message.from.isEmpty
        {
            part.content = .message(message)
        }
    }

    /// Text to be read, the files that stand in it apart.
    private mutating func body(_ leaf: UnsafeMutablePointer<GMimePart>, _ octets: [UInt8], into part: inout MIMEPart) {
        let isBase64 = g_mime_part_get_content_encoding(leaf) == GMIME_CONTENT_ENCODING_BASE64
        let repaired =
            isBase64 && octets.count <= limits.text ? TransferRepair.text(ofBase64: GMimeAccess.raw(leaf)) : nil
        if repaired != nil { note("base64 with something else in it") }
        let label = part.parameters["charset"]
        guard part.contentType == "text/plain", let enclosed = EnclosedFiles(repaired ?? octets) else {
            let text = readable(repaired ?? octets, label: label)
            part.content = .text(part.contentType == "text/html" ? bounded(html: text) : text)
            return
        }
        var text = part
        text.content = .text(readable(enclosed.text, label: label))
        part.content = .multipart([text] + enclosed.files.map { file($0) })
    }

    /// A file that stood in a text.
    private mutating func file(_ file: EnclosedFiles.File) -> MIMEPart {
        partsLeft -= 1
        var part = MIMEPart(contentType: file.contentType, content: .octets)
        part.filename = file.name
        part.disposition = "attachment"
        describe(&part, by: file.octets)
        return part
    }

    private mutating func bounded(html: [UInt8]) -> [UInt8] {
        guard let bounded = HTMLBounds(html) else { return html }
        bounded.faults.forEach { note($0) }
        return bounded.html
    }

    /// Puts what was taken out of a container in its place: parts of this mail, or a mail of its own.
    private mutating func open(_ part: inout MIMEPart, by inside: [UInt8], depth: Int) {
        guard !inside.isEmpty else {
            // Nothing is in it: it is a file like others, such as a certificate.
            (part.container, part.seal) = (nil, nil)
            return
        }
        guard files < Self.savedDepth, inside.count <= unpackedLeft else {
            return note("more in containers than \(Self.savedDepth) deep or \(limits.unpacked) octets")
        }
        unpackedLeft -= inside.count
        guard let message = file(inside, depth: depth) else { return }
        part.content = part.container == .outlookMessage ? .message(message) : .multipart([message.root])
        part.seal = nil
    }

    /// What a list of attachments says of a part.
    mutating func describe(_ part: inout MIMEPart, by octets: [UInt8]) {
        part.size = octets.count
        part.sha256 = SHA256.hash(octets).hex
        if wanted.contains(part.sha256) { kept[part.sha256] = octets }
    }

    /// Text of a part as far as it is looked at.
    mutating func readable(_ octets: [UInt8], label: String?) -> [UInt8] {
        if octets.count > limits.text { note("more than \(limits.text) octets of text in a part") }
        if let label, CharsetNames.isStrange(label) { note("a charset that is not known") }
        let wanted = min(octets.count, limits.text)
        if wanted > textLeft { note("more than \(limits.allText) octets of text") }
        let text = Charset.decode(octets.prefix(min(wanted, textLeft)), label: label)
        textLeft = max(0, textLeft - wanted)
        return text
    }
}
