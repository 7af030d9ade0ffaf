import CGMime
import FoundationEssentials

/// Unstructured header text (RFC 5322 section 2.2.1) with encoded words (RFC 2047) and raw 8-bit octets.
enum HeaderText {
    static func decode(_ raw: [UInt8]) -> String {
        // Unfolded: a line end before white space goes, the white space stays.
        let line =
            raw.contains(where: { $0 == 0x0D || $0 == 0x0A })
            ? raw.filter { $0 != 0x0D && $0 != 0x0A } : raw
        let isPlain = line.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "=") }
        return Repair.line(isPlain ? String(decoding: line, as: UTF8.self) : EncodedWord.decode(line))
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

/// The Date field (RFC 5322 section 3.3), as leniently as the library reads it.
enum HeaderDate {
    static func read(_ text: String) -> LetterDate {
        guard let date = g_mime_utils_header_decode_date(text) else { return LetterDate(text: text) }
        defer { g_date_time_unref(date) }
        let seconds = g_date_time_to_unix(date)
        let offset = Int(g_date_time_get_utc_offset(date) / 1_000_000)
        return LetterDate(
            instant: Date(timeIntervalSince1970: Double(seconds)), offset: offset, text: text,
            precision: .instant)
    }
}

extension MIMEReader {
    /// Mailboxes of an address list, those within groups too.
    mutating func mailboxes(_ list: UnsafeMutablePointer<InternetAddressList>?) -> [Mailbox] {
        var found: [Mailbox] = []
        collect(list, into: &found)
        return found
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
                let name = internet_address_get_name(address).map { Repair.line(String(cString: $0)) }
                found.append(
                    Mailbox(name: name.flatMap { $0.isEmpty ? nil : $0 }, spec: String(cString: spec)))
            }
        }
    }
}

extension Mailbox {
    /// A mailbox with its domain in lower case.
    init(name: String?, spec: String) {
        let spec = Repair.line(spec)
        guard let at = spec.lastIndex(of: "@") else {
            self.init(name: name, address: spec)
            return
        }
        self.init(name: name, address: spec[...at] + spec[spec.index(after: at)...].lowercased())
    }
}
