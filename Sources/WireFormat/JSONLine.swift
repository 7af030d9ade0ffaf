/// One object on one line (RFC 8259), keys in `snake_case` and in order: equal values give equal text.
///
/// Keys of dictionaries stay as they are. Dates are written as they encode themselves; numbers that are none are refused.
package enum JSONLine {
    package static func encode(_ value: some Encodable) throws -> String {
        let writer = JSONWriter()
        try writer.write(encoded: value)
        return String(decoding: writer.octets, as: UTF8.self)
    }
}
