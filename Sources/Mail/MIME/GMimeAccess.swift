import CGMime

/// What the library allocates, and what it lends: all that is to be given back to it is given back here.
///
/// Everything is handed out as a value. GMime is initialised once; after that messages may be parsed on several threads, each
/// by one at a time.
enum GMimeAccess {
    private static let library: Void = g_mime_init()

    /// Parses octets and lends the message to `body`, which must not keep it; `nil` when the octets are none.
    ///
    /// With it comes what is broken in its structure.
    static func withMessage<Value>(
        in octets: [UInt8], _ body: (UnsafeMutablePointer<GMimeMessage>) -> Value
    ) -> (value: Value?, faults: [String]) {
        _ = library
        guard let options = g_mime_parser_options_new() else { return (nil, []) }
        defer { g_mime_parser_options_free(options) }
        let faults = StructureFaults(watching: options)
        let value = octets.withUnsafeBufferPointer { parsed($0, options, body) }
        return (value, faults.words)
    }

    private static func parsed<Value>(
        _ octets: UnsafeBufferPointer<UInt8>, _ options: OpaquePointer,
        _ body: (UnsafeMutablePointer<GMimeMessage>) -> Value
    ) -> Value? {
        // The stream reads the octets where they are: it owns no array, and what only reads leaves them as they are.
        var lent = GByteArray(data: UnsafeMutablePointer(mutating: octets.baseAddress), len: guint(octets.count))
        return withUnsafeMutablePointer(to: &lent) { lent in
            guard let stream = g_mime_stream_mem_new_with_byte_array(lent) else { return nil }
            defer { g_object_unref(stream) }
            g_mime_stream_mem_set_owner(
                UnsafeMutableRawPointer(stream).assumingMemoryBound(to: GMimeStreamMem.self), 0)
            return parsed(stream, options, body)
        }
    }

    private static func parsed<Value>(
        _ stream: UnsafeMutablePointer<GMimeStream>, _ options: OpaquePointer,
        _ body: (UnsafeMutablePointer<GMimeMessage>) -> Value
    ) -> Value? {
        guard let parser = g_mime_parser_new_with_stream(stream) else { return nil }
        defer { g_object_unref(parser) }
        guard let message = g_mime_parser_construct_message(parser, options) else { return nil }
        defer { g_object_unref(message) }
        return body(message)
    }

    /// Parses an address list and lends it to `body`, which must not keep it; `nil` when the text is none.
    static func withAddresses<Value>(
        in text: [UInt8], _ body: (UnsafeMutablePointer<InternetAddressList>) -> Value
    ) -> Value? {
        let list = (text + [0]).withUnsafeBufferPointer {
            $0.withMemoryRebound(to: CChar.self) { internet_address_list_parse(nil, $0.baseAddress) }
        }
        guard let list else { return nil }
        defer { g_object_unref(list) }
        return body(list)
    }

    /// Text of the library up to a bound; it stays the library's.
    static func octets(_ text: UnsafePointer<CChar>, limit: Int) -> [UInt8] {
        UnsafeBufferPointer(start: text, count: strnlen(text, limit)).withMemoryRebound(to: UInt8.self) { Array($0) }
    }

    /// What a part is to be saved as.
    static func filename(of object: UnsafeMutableRawPointer) -> String? {
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
    static func decoded(_ leaf: UnsafeMutablePointer<GMimePart>) -> [UInt8] {
        guard let wrapper = g_mime_part_get_content(leaf), let stream = g_mime_data_wrapper_get_stream(wrapper) else {
            return []
        }
        let encoding = g_mime_data_wrapper_get_encoding(wrapper)
        guard codes.contains(encoding.rawValue) else {
            var octets = octets(of: stream, capacity: length(of: stream))
            // The line end before a boundary is the boundary's (RFC 2046 section 5.1.1); the library takes half of it.
            if octets.last == UInt8(ascii: "\r") { octets.removeLast() }
            return octets
        }
        g_mime_stream_reset(stream)
        guard let filtered = g_mime_stream_filter_new(stream) else { return [] }
        defer { g_object_unref(filtered) }
        guard let decoder = g_mime_filter_basic_new(encoding, 0) else { return [] }
        defer { g_object_unref(decoder) }
        g_mime_stream_filter_add(
            UnsafeMutableRawPointer(filtered).assumingMemoryBound(to: GMimeStreamFilter.self), decoder)
        // No code is shorter than what it stands for.
        return octets(of: filtered, capacity: length(of: stream))
    }

    /// Transfer encodings that are a code and not the octets themselves.
    private static let codes = [
        GMIME_CONTENT_ENCODING_BASE64, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE, GMIME_CONTENT_ENCODING_UUENCODE,
    ].map(\.rawValue)

    /// The content as it was sent.
    static func raw(_ leaf: UnsafeMutablePointer<GMimePart>) -> [UInt8] {
        guard let wrapper = g_mime_part_get_content(leaf), let stream = g_mime_data_wrapper_get_stream(wrapper) else {
            return []
        }
        return octets(of: stream, capacity: length(of: stream))
    }

    private static func length(of stream: UnsafeMutablePointer<GMimeStream>) -> Int {
        max(0, Int(g_mime_stream_length(stream)))
    }

    /// All of a stream from its start, put at once where it stays.
    private static func octets(of stream: UnsafeMutablePointer<GMimeStream>, capacity: Int) -> [UInt8] {
        g_mime_stream_reset(stream)
        return Array(unsafeUninitializedCapacity: capacity) { buffer, count in
            count = 0
            buffer.withMemoryRebound(to: CChar.self) { characters in
                while count < capacity, let start = characters.baseAddress {
                    let read = g_mime_stream_read(stream, start + count, capacity - count)
                    guard read > 0 else { return }
                    count += Int(read)
                }
            }
        }
    }

    /// An attached mail as the file it would be saved as.
    static func written(_ message: UnsafeMutablePointer<GMimeMessage>) -> [UInt8] {
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

    /// `type/subtype` in lower case; of a part without one that of plain text.
    static func name(of type: UnsafeMutablePointer<GMimeContentType>?) -> String {
        guard let type, let media = g_mime_content_type_get_media_type(type),
            let sub = g_mime_content_type_get_media_subtype(type)
        else { return "text/plain" }
        return Repair.line("\(String(cString: media))/\(String(cString: sub))".lowercased())
    }
}
