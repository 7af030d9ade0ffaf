import CGMime
import Cryptography

/// Parses octets with GMime and hands out a value; nothing of the library lives longer than the call.
///
/// GMime is initialised once; after that messages may be parsed on several threads, each by one at a time.
struct MIMEReader {
    private static let library: Void = g_mime_init()

    private let limits: ReadingOptions.Limits
    private var partsLeft: Int
    /// What was cut off or found broken.
    private(set) var defects: [String] = []

    init(limits: ReadingOptions.Limits) {
        _ = Self.library
        self.limits = limits
        partsLeft = limits.parts
    }

    /// The message, or `nil` when the octets are none.
    mutating func read(_ octets: [UInt8]) -> MIMEMessage? {
        guard let options = g_mime_parser_options_new() else { return nil }
        defer { g_mime_parser_options_free(options) }
        return octets.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                guard let stream = g_mime_stream_mem_new_with_buffer(characters.baseAddress, characters.count) else {
                    return nil
                }
                defer { g_object_unref(stream) }
                guard let parser = g_mime_parser_new_with_stream(stream) else { return nil }
                defer { g_object_unref(parser) }
                guard let message = g_mime_parser_construct_message(parser, options) else { return nil }
                defer { g_object_unref(message) }
                return self.message(message, depth: 0)
            }
        }
    }

    private mutating func message(_ message: UnsafeMutablePointer<GMimeMessage>, depth: Int) -> MIMEMessage {
        let object = UnsafeMutableRawPointer(message).assumingMemoryBound(to: GMimeObject.self)
        var value = MIMEMessage(
            fields: fields(of: object),
            root: g_mime_message_get_mime_part(message).map { part($0, depth: depth + 1) }
                ?? MIMEPart(contentType: "text/plain", content: .text("")))
        value.from = mailboxes(g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_FROM))
        value.replyTo = mailboxes(g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_REPLY_TO))
        value.to = mailboxes(g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_TO))
        value.cc = mailboxes(g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_CC))
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
            return HeaderField(name: String(cString: name), value: HeaderText.decode(raw, limit: limits.headerValue))
        }
    }

    private mutating func part(_ object: UnsafeMutablePointer<GMimeObject>, depth: Int) -> MIMEPart {
        partsLeft -= 1
        let type = g_mime_object_get_content_type(object)
        var part = MIMEPart(contentType: Self.name(of: type), content: .octets([]))
        part.disposition = g_mime_object_get_disposition(object).map { String(cString: $0).lowercased() }
        part.contentID = g_mime_object_get_content_id(object).map { Repair.text(String(cString: $0)) }
        for parameter in ["charset", "format", "delsp", "report-type", "method", "name"] {
            part.parameters[parameter] = g_mime_content_type_get_parameter(type, parameter).map {
                Repair.text(String(cString: $0))
            }
        }
        let pointer = UnsafeMutableRawPointer(object)
        if cgmime_is_multipart(pointer) != 0 {
            part.content = .multipart(children(of: pointer, depth: depth))
        } else if cgmime_is_message_part(pointer) != 0, depth < limits.depth,
            let message = g_mime_message_part_get_message(pointer.assumingMemoryBound(to: GMimeMessagePart.self))
        {
            part.filename = g_mime_object_get_content_disposition_parameter(object, "filename").map {
                Repair.text(String(cString: $0))
            }
            part.content = .message(self.message(message, depth: depth))
        } else if cgmime_is_part(pointer) != 0 {
            leaf(pointer.assumingMemoryBound(to: GMimePart.self), into: &part)
        }
        return part
    }

    private mutating func children(of pointer: UnsafeMutableRawPointer, depth: Int) -> [MIMEPart] {
        let multipart = pointer.assumingMemoryBound(to: GMimeMultipart.self)
        guard depth < limits.depth else {
            note("parts nested deeper than \(limits.depth)")
            return []
        }
        var children: [MIMEPart] = []
        for index in 0..<g_mime_multipart_get_count(multipart) {
            guard partsLeft > 0 else {
                note("more than \(limits.parts) parts")
                break
            }
            if let child = g_mime_multipart_get_part(multipart, index) {
                children.append(part(child, depth: depth + 1))
            }
        }
        return children
    }

    private func leaf(_ leaf: UnsafeMutablePointer<GMimePart>, into part: inout MIMEPart) {
        part.filename = g_mime_part_get_filename(leaf).map { Repair.text(String(cString: $0)) }
        let octets = Self.decoded(leaf)
        part.size = octets.count
        part.sha256 = SHA256.hash(octets).hex
        guard part.contentType.hasPrefix("text/") else {
            part.content = .octets(octets)
            return
        }
        part.content = .text(Charset.decode(octets.prefix(limits.text), label: part.parameters["charset"]))
    }

    /// The content without its transfer encoding.
    private static func decoded(_ leaf: UnsafeMutablePointer<GMimePart>) -> [UInt8] {
        guard let wrapper = g_mime_part_get_content(leaf), let stream = g_mime_stream_mem_new() else { return [] }
        defer { g_object_unref(stream) }
        g_mime_data_wrapper_write_to_stream(wrapper, stream)
        let memory = UnsafeMutableRawPointer(stream).assumingMemoryBound(to: GMimeStreamMem.self)
        guard let array = g_mime_stream_mem_get_byte_array(memory), let data = array.pointee.data else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: Int(array.pointee.len)))
    }

    private static func name(of type: UnsafeMutablePointer<GMimeContentType>?) -> String {
        guard let type, let media = g_mime_content_type_get_media_type(type),
            let sub = g_mime_content_type_get_media_subtype(type)
        else { return "text/plain" }
        return "\(String(cString: media))/\(String(cString: sub))".lowercased()
    }

    private mutating func note(_ defect: String) {
        if !defects.contains(defect) { defects.append(defect) }
    }
}
