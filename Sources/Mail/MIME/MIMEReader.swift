import CGMime
import Cryptography

/// Parses octets with GMime and hands out a value; nothing of the library lives longer than the call.
///
/// GMime is initialised once; after that messages may be parsed on several threads, each by one at a time.
struct MIMEReader {
    private static let library: Void = g_mime_init()

    /// Mails attached to mails attached to mails are written or read as files so deep only, as each holds all below it.
    private static let savedDepth = 4

    let limits: ReadingOptions.Limits
    private let unpacked: [String: [UInt8]]
    private var partsLeft: Int
    /// Octets of decoded text that are still looked at.
    private var textLeft: Int
    /// Octets of what was in containers that may still be read.
    private var unpackedLeft: Int
    /// Digests of what is to be kept, and what was.
    private let wanted: Set<String>
    private(set) var kept: [String: [UInt8]] = [:]
    /// How many files that are mails hold the part being read.
    private var files = 0
    /// What was cut off or found broken.
    private(set) var defects: [String] = []

    /// `keeping`: digests of attachments whose octets are asked for.
    init(_ options: ReadingOptions, keeping digests: Set<String> = []) {
        _ = Self.library
        limits = options.limits
        unpacked = options.unpacked
        partsLeft = limits.parts
        textLeft = limits.allText
        unpackedLeft = limits.unpacked
        wanted = digests
    }

    /// The message, or `nil` when the octets are none.
    mutating func read(_ octets: [UInt8]) -> MIMEMessage? {
        let header = HeaderBounds(octets)
        header.faults.forEach { note($0) }
        return parse(header.octets ?? octets, depth: 0)
    }

    private mutating func parse(_ octets: [UInt8], depth: Int) -> MIMEMessage? {
        let disarmed = LibraryTraps.disarmed(octets)
        disarmed?.faults.forEach { note($0) }
        let octets = disarmed?.octets ?? octets
        guard let options = g_mime_parser_options_new() else { return nil }
        defer { g_mime_parser_options_free(options) }
        let faults = StructureFaults(watching: options)
        defer { for words in faults.words { note(words) } }
        return octets.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                guard
                    let stream = g_mime_stream_mem_new_with_buffer(characters.baseAddress, characters.count)
                else {
                    return nil
                }
                defer { g_object_unref(stream) }
                guard let parser = g_mime_parser_new_with_stream(stream) else { return nil }
                defer { g_object_unref(parser) }
                guard let message = g_mime_parser_construct_message(parser, options) else { return nil }
                defer { g_object_unref(message) }
                return self.message(message, depth: depth)
            }
        }
    }

    /// A mail that is attached as a file of its own.
    private mutating func file(_ octets: [UInt8], depth: Int) -> MIMEMessage? {
        files += 1
        defer { files -= 1 }
        return parse(octets, depth: depth)
    }

    private mutating func message(_ message: UnsafeMutablePointer<GMimeMessage>, depth: Int)
        -> MIMEMessage
    {
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
                name: Self.octets(name, limit: limits.headerName),
                raw: Self.octets(raw, limit: limits.headerValue))
        }
    }

    private static func octets(_ text: UnsafePointer<CChar>, limit: Int) -> [UInt8] {
        UnsafeBufferPointer(start: text, count: strnlen(text, limit)).withMemoryRebound(to: UInt8.self) { Array($0) }
    }

    private mutating func part(_ object: UnsafeMutablePointer<GMimeObject>, depth: Int) -> MIMEPart {
        partsLeft -= 1
        let type = g_mime_object_get_content_type(object)
        var part = MIMEPart(contentType: Self.name(of: type), content: .octets)
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
            if let name = Self.filename(of: object), depth < Self.savedDepth {
                part.filename = name
                describe(&part, by: Self.written(message))
            }
            part.content = .message(self.message(message, depth: depth))
        } else if cgmime_is_part(pointer) != 0 {
            leaf(pointer.assumingMemoryBound(to: GMimePart.self), into: &part, depth: depth)
        }
        return part
    }

    private mutating func children(of pointer: UnsafeMutableRawPointer, type: String, depth: Int) -> [MIMEPart] {
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
        return children + strayParts(of: multipart, type: type, isWhole: !children.isEmpty, depth: depth)
    }

    /// Parts that the boundary in the header does not show: it is missing or false, or was closed before its time.
    private mutating func strayParts(
        of multipart: UnsafeMutablePointer<GMimeMultipart>, type: String, isWhole: Bool, depth: Int
    ) -> [MIMEPart] {
        let text = isWhole ? g_mime_multipart_get_epilogue(multipart) : g_mime_multipart_get_prologue(multipart)
        guard let text, partsLeft > 0, files < Self.savedDepth else { return [] }
        let octets = Self.octets(text, limit: Int.max)
        if let boundary = BrokenMultipart.boundary(in: octets) {
            note("parts between boundaries that the header does not name")
            let message = file(BrokenMultipart.mail(octets, type: type, boundary: boundary), depth: depth + 1)
            return message?.root.children ?? []
        }
        guard !isWhole else { return [] }
        return [MIMEPart(contentType: "text/plain", content: .text(readable(octets, label: nil)))]
    }

    /// Text of a part as far as it is looked at.
    private mutating func readable(_ octets: [UInt8], label: String?) -> [UInt8] {
        if octets.count > limits.text { note("more than \(limits.text) octets of text in a part") }
        if let label, CharsetNames.isStrange(label) { note("a charset that is not known") }
        let wanted = min(octets.count, limits.text)
        if wanted > textLeft { note("more than \(limits.allText) octets of text") }
        let text = Charset.decode(octets.prefix(min(wanted, textLeft)), label: label)
        textLeft = max(0, textLeft - wanted)
        return text
    }

    private mutating func leaf(
        _ leaf: UnsafeMutablePointer<GMimePart>, into part: inout MIMEPart, depth: Int
    ) {
        part.filename = Self.filename(of: leaf)
        let octets = Self.decoded(leaf)
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
        let repaired = isBase64 && octets.count <= limits.text ? TransferRepair.text(ofBase64: Self.raw(leaf)) : nil
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
    private mutating func describe(_ part: inout MIMEPart, by octets: [UInt8]) {
        part.size = octets.count
        part.sha256 = SHA256.hash(octets).hex
        if wanted.contains(part.sha256) { kept[part.sha256] = octets }
    }

    private static func filename(of object: UnsafeMutableRawPointer) -> String? {
        let object = object.assumingMemoryBound(to: GMimeObject.self)
        guard let list = g_mime_object_get_header_list(object) else { return nil }
        let field = { (name: String) -> [UInt8]? in
            g_mime_header_list_get_header(list, name).flatMap(g_mime_header_get_raw_value).map {
                octets($0, limit: ReadingOptions.Limits().headerValue)
            }
        }
        return FileNames.of(disposition: field("Content-Disposition"), type: field("Content-Type"))
    }

    /// The content without its transfer encoding.
    private static func decoded(_ leaf: UnsafeMutablePointer<GMimePart>) -> [UInt8] {
        guard let wrapper = g_mime_part_get_content(leaf) else { return [] }
        return octets { g_mime_data_wrapper_write_to_stream(wrapper, $0) }
    }

    /// The content as it was sent.
    private static func raw(_ leaf: UnsafeMutablePointer<GMimePart>) -> [UInt8] {
        guard let wrapper = g_mime_part_get_content(leaf), let stream = g_mime_data_wrapper_get_stream(wrapper) else {
            return []
        }
        g_mime_stream_reset(stream)
        return octets { Int(g_mime_stream_write_to_stream(stream, $0)) }
    }

    /// An attached mail as the file it would be saved as.
    private static func written(_ message: UnsafeMutablePointer<GMimeMessage>) -> [UInt8] {
        let object = UnsafeMutableRawPointer(message).assumingMemoryBound(to: GMimeObject.self)
        return octets { g_mime_object_write_to_stream(object, nil, $0) }
    }

    private static func octets(_ write: (UnsafeMutablePointer<GMimeStream>) -> Int) -> [UInt8] {
        guard let stream = g_mime_stream_mem_new() else { return [] }
        defer { g_object_unref(stream) }
        _ = write(stream)
        let memory = UnsafeMutableRawPointer(stream).assumingMemoryBound(to: GMimeStreamMem.self)
        guard let array = g_mime_stream_mem_get_byte_array(memory), let data = array.pointee.data else {
            return []
        }
        return Array(UnsafeBufferPointer(start: data, count: Int(array.pointee.len)))
    }

    private static func name(of type: UnsafeMutablePointer<GMimeContentType>?) -> String {
        guard let type, let media = g_mime_content_type_get_media_type(type),
            let sub = g_mime_content_type_get_media_subtype(type)
        else { return "text/plain" }
        return Repair.line("\(String(cString: media))/\(String(cString: sub))".lowercased())
    }

    mutating func note(_ defect: String) {
        if !defects.contains(defect) { defects.append(defect) }
    }
}
