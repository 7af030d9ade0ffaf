import CGMime

/// Unstructured header text (RFC 5322 section 2.2.1) with encoded words (RFC 2047) and raw 8-bit octets.
enum HeaderText {
    static func decode(_ raw: [UInt8]) -> String {
        // Unfolded: a line end before white space goes, the white space stays.
        let line =
            raw.contains(where: { $0 == 0x0D || $0 == 0x0A })
            ? raw.filter { $0 != 0x0D && $0 != 0x0A } : raw
        let isPlain = line.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "=") }
        guard !isPlain else { return Repair.line(String(decoding: line, as: UTF8.self)) }
        return DoubleEncoding.repaired(Repair.line(EncodedWord.decode(line)))
    }
}

/// Message identifiers (RFC 5322 section 3.6.4).
enum MessageIDs {
    /// Longest id taken for one; longer ones are no use as a name.
    private static let limit = 998

    static func first(_ value: String) -> String? { all(value, limit: 1).first }

    /// The ids of a field with their brackets, in order, at most `limit`.
    static func all(_ value: String, limit: Int = 100) -> [String] {
        var ids: [String] = []
        var rest = value.utf8[...]
        while ids.count < limit, let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: ">")) else { break }
            let inner = rest[rest.index(after: open)..<close]
            if !inner.isEmpty, inner.count <= Self.limit,
                inner.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "<") })
            {
                ids.append("<\(String(Substring(inner)))>")
            }
            rest = rest[rest.index(after: close)...]
        }
        return ids
    }
}

extension MIMEReader {
    /// Mailboxes of the fields of a name, as the library reads them where it reads them well.
    mutating func mailboxes(
        _ type: GMimeAddressType, of message: UnsafeMutablePointer<GMimeMessage>, in fields: [HeaderField],
        named name: StaticString
    ) -> [Mailbox] {
        let written = fields.filter { $0.isNamed(name) }
        let isEncoded = written.contains { $0.raw.contains { $0 >= 0x80 } || $0.raw.contains(octets: "=?".utf8) }
        guard isEncoded else { return mailboxes(g_mime_message_get_addresses(message, type)) }
        return written.flatMap { mailboxes(in: $0) }
    }

    /// Mailboxes of an address list, those within groups too.
    mutating func mailboxes(_ list: UnsafeMutablePointer<InternetAddressList>?) -> [Mailbox] {
        var found: [Mailbox] = []
        collect(list, into: &found)
        return found
    }

    /// Those of a field that the library does not read by itself, or not as it should.
    mutating func mailboxes(in field: HeaderField) -> [Mailbox] {
        // Not cut in the middle of an address, which would be another one.
        let isCut = field.raw.count >= limits.headerValue
        let raw = isCut ? field.raw[..<(field.raw.lastIndex(of: UInt8(ascii: ",")) ?? field.raw.count)] : field.raw[...]
        let text = EncodedWord.normalised(raw.filter { $0 != 0 && $0 != 0x0D && $0 != 0x0A })
        return GMimeAccess.withAddresses(in: text) { mailboxes($0) } ?? []
    }

    private mutating func collect(
        _ list: UnsafeMutablePointer<InternetAddressList>?, into found: inout [Mailbox]
    ) {
        guard let list else { return }
        for index in 0..<internet_address_list_length(list) {
            guard found.count < limits.addresses else { return note("more than \(limits.addresses) addresses") }
            guard let address = internet_address_list_get_address(list, index) else { continue }
            let pointer = UnsafeMutableRawPointer(address)
            if cgmime_is_group(pointer) != 0 {
                let group = pointer.assumingMemoryBound(to: InternetAddressGroup.self)
                collect(internet_address_group_get_members(group), into: &found)
            } else if cgmime_is_mailbox(pointer) != 0,
                let spec = internet_address_mailbox_get_addr(
                    pointer.assumingMemoryBound(to: InternetAddressMailbox.self))
            {
                let name = internet_address_get_name(address).map {
                    DoubleEncoding.repaired(Repair.line(String(cString: $0)))
                }
                found.append(
                    Mailbox(name: name.flatMap { $0.isEmpty ? nil : $0 }, spec: String(cString: spec)))
            }
        }
    }
}

extension Mailbox {
    /// A mailbox with its domain in lower case.
    package init(name: String?, spec: String) {
        let spec = Repair.line(spec)
        guard let at = spec.lastIndex(of: "@") else {
            self.init(name: name, address: spec)
            return
        }
        self.init(name: name, address: spec[...at] + spec[spec.index(after: at)...].lowercased())
    }
}
