/// A message of Outlook's as a file (MS-OXMSG): properties in streams of a compound file, which libgsf reads.
enum CompoundMessage {
    static func read(_ octets: [UInt8]) throws(ReadingFailure) -> OutlookMessage {
        try Storage.open(octets) { message($0, isTop: true, depth: 0) }
    }

    private static let (recipient, attachment) = ("__recip_version1.0_#", "__attach_version1.0_#")
    /// More are not taken along.
    private static let most = 1000

    private static func message(_ storage: borrowing Storage, isTop: Bool, depth: Int) -> OutlookMessage? {
        // In front of the properties stand counts, of which a message within a message has fewer (section 2.4.1).
        guard let properties = properties(storage, header: isTop ? 32 : 24) else { return nil }
        var message = OutlookMessage(properties: properties)
        message.rtf = properties.octets(0x1009).flatMap(CompressedRTF.unpack)
        for name in storage.names.sorted() {
            if name.hasPrefix(recipient), message.recipients.count < most, let bag = storage.storage(name) {
                if let properties = self.properties(bag, header: 8) { message.recipients.append(properties) }
            } else if name.hasPrefix(attachment), message.attachments.count < most, let file = storage.storage(name) {
                if let attachment = self.file(file, in: properties, depth: depth) {
                    message.attachments.append(attachment)
                }
            }
        }
        return message
    }

    private static func file(_ storage: borrowing Storage, in message: PropertyBag, depth: Int) -> OutlookMessage
        .Attachment?
    {
        guard var properties = properties(storage, header: 8) else { return nil }
        properties.inherit(charset: message)
        if let octets = properties.octets(0x3701) {
            return OutlookMessage.Attachment(properties: properties, content: .octets(octets))
        }
        // A message within the message is a storage where others have a stream.
        guard depth < OutlookMessage.depth, let inner = storage.storage("__substg1.0_3701000D"),
            let inner = self.message(inner, isTop: false, depth: depth + 1)
        else { return nil }
        return OutlookMessage.Attachment(properties: properties, content: .message(inner))
    }

    /// Entries of 16 octets: type and number, flags, and a value or the length of what a stream of its own holds.
    private static func properties(_ storage: borrowing Storage, header: Int) -> PropertyBag? {
        guard let entries = storage.stream("__properties_version1.0") else { return nil }
        var bag = PropertyBag()
        var start = header
        while start + 16 <= entries.count {
            let entry = entries[start..<start + 16]
            start += 16
            guard let tag = LittleEndian.integer(entry.prefix(4)) else { continue }
            let (number, kind) = (UInt16(tag >> 16), UInt16(tag & 0xFFFF))
            // Those above have names of their own, which no header of a mail needs.
            guard number < 0x8000 else { continue }
            switch kind {
            case PropertyBag.Kind.narrow, PropertyBag.Kind.wide, PropertyBag.Kind.octets:
                if let value = storage.stream("__substg1.0_\(hex(number))\(hex(kind))") { bag.set(value, number, kind) }
            default: bag.set(Array(entry.suffix(8)), number, kind)
            }
        }
        return bag
    }

    private static func hex(_ number: UInt16) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
