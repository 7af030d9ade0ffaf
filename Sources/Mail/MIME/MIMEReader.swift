import CGMime

/// Parses octets with GMime and hands out a value; nothing of the library lives longer than the call.
struct MIMEReader {
    /// Mails attached to mails attached to mails are written or read as files so deep only, as each holds all below it.
    static let savedDepth = 4

    let limits: ReadingOptions.Limits
    let unpacked: [String: [UInt8]]
    var partsLeft: Int
    /// Octets of decoded text that are still looked at.
    var textLeft: Int
    /// Octets of what was in containers that may still be read.
    var unpackedLeft: Int
    /// Digests of what is to be kept, and what was.
    let wanted: Set<String>
    var kept: [String: [UInt8]] = [:]
    /// How many files that are mails hold the part being read.
    private(set) var files = 0
    /// What was cut off or found broken.
    private(set) var defects: [String] = []

    /// `keeping`: digests of attachments whose octets are asked for.
    init(_ options: ReadingOptions, keeping digests: Set<String> = []) {
        limits = options.limits
        unpacked = options.unpacked
        partsLeft = limits.parts
        textLeft = limits.allText
        unpackedLeft = limits.unpacked
        wanted = digests
    }

    /// The message, or `nil` when the octets are none.
    mutating func read(_ octets: [UInt8]) -> MIMEMessage? {
        // A first line that begins with a space goes on from none; the library finds no field in it.
        let start = octets.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? 0
        if start > 0 { note("spaces before the header") }
        let octets = start > 0 ? Array(octets[start...]) : octets
        let header = HeaderBounds(octets)
        header.faults.forEach { note($0) }
        return parse(header.octets ?? octets, depth: 0)
    }

    private mutating func parse(_ octets: [UInt8], depth: Int) -> MIMEMessage? {
        let disarmed = LibraryTraps.disarmed(octets)
        disarmed?.faults.forEach { note($0) }
        let read = GMimeAccess.withMessage(in: disarmed?.octets ?? octets) { message(of: $0, depth: depth) }
        for fault in read.faults { note(fault) }
        return read.value
    }

    /// A mail that is attached as a file of its own.
    mutating func file(_ octets: [UInt8], depth: Int) -> MIMEMessage? {
        files += 1
        defer { files -= 1 }
        return parse(octets, depth: depth)
    }

    private mutating func message(of message: UnsafeMutablePointer<GMimeMessage>, depth: Int) -> MIMEMessage {
        let object = UnsafeMutableRawPointer(message).assumingMemoryBound(to: GMimeObject.self)
        var value = MIMEMessage(
            fields: fields(of: object),
            root: g_mime_message_get_mime_part(message).map { part($0, depth: depth + 1) }
                ?? MIMEPart(contentType: "text/plain", content: .text([])))
        value.from = mailboxes(GMIME_ADDRESS_TYPE_FROM, of: message, in: value.fields, named: "From")
        value.replyTo = mailboxes(GMIME_ADDRESS_TYPE_REPLY_TO, of: message, in: value.fields, named: "Reply-To")
        value.to = mailboxes(GMIME_ADDRESS_TYPE_TO, of: message, in: value.fields, named: "To")
        value.cc = mailboxes(GMIME_ADDRESS_TYPE_CC, of: message, in: value.fields, named: "Cc")
        value.resentFrom = value.fields.first { $0.isNamed("Resent-From") }.map { mailboxes(in: $0) } ?? []
        value.subject = value.field("Subject") ?? ""
        value.messageID = value.field("Message-ID").flatMap(MessageIDs.first)
        value.date = value.field("Date").map(HeaderDate.read) ?? LetterDate()
        return value
    }

    private mutating func fields(of object: UnsafeMutablePointer<GMimeObject>) -> [HeaderField] {
        guard let list = g_mime_object_get_header_list(object) else { return [] }
        let count = Int(g_mime_header_list_get_count(list))
        if count > limits.headerFields { note("more than \(limits.headerFields) header fields") }
        return (0..<min(count, limits.headerFields)).compactMap { index in
            guard let header = g_mime_header_list_get_header_at(list, Int32(index)),
                let name = g_mime_header_get_name(header), let raw = g_mime_header_get_raw_value(header)
            else { return nil }
            return HeaderField(
                name: GMimeAccess.octets(name, limit: limits.headerName),
                raw: GMimeAccess.octets(raw, limit: limits.headerValue))
        }
    }

    mutating func part(_ object: UnsafeMutablePointer<GMimeObject>, depth: Int) -> MIMEPart {
        partsLeft -= 1
        let type = g_mime_object_get_content_type(object)
        var part = MIMEPart(contentType: GMimeAccess.name(of: type), content: .octets)
        part.disposition = g_mime_object_get_disposition(object).map {
            String(cString: $0).lowercased()
        }
        part.contentID = g_mime_object_get_content_id(object).map { Repair.text(String(cString: $0)) }
        if let parameters = g_mime_content_type_get_parameters(type),
            g_mime_param_list_length(parameters) > 0
        {
            for parameter in ["charset", "format", "delsp", "report-type", "method", "smime-type"] {
                part.parameters[parameter] = g_mime_content_type_get_parameter(type, parameter).map {
                    Repair.text(String(cString: $0))
                }
            }
        }
        let pointer = UnsafeMutableRawPointer(object)
        if cgmime_is_multipart(pointer) != 0 {
            part.content = .multipart(children(of: pointer, type: part.contentType, depth: depth))
        } else if cgmime_is_message_part(pointer) != 0, depth < limits.depth,
            let message = g_mime_message_part_get_message(
                pointer.assumingMemoryBound(to: GMimeMessagePart.self))
        {
            // A named one is a file to save as well as a mail to read.
            if let name = GMimeAccess.filename(of: object), depth < Self.savedDepth {
                part.filename = name
                describe(&part, by: GMimeAccess.written(message))
            }
            part.content = .message(self.message(of: message, depth: depth))
        } else if cgmime_is_part(pointer) != 0 {
            leaf(pointer.assumingMemoryBound(to: GMimePart.self), into: &part, depth: depth)
        }
        return part
    }

    mutating func note(_ defect: String) {
        if !defects.contains(defect) { defects.append(defect) }
    }
}
