import CTNEF
import Glibc

/// A `winmail.dat` (MS-OXTNEF), read by libytnef.
enum TNEFMessage {
    static func read(_ octets: [UInt8]) throws(ReadingFailure) -> OutlookMessage {
        guard let message = message(octets, depth: 0) else { throw ReadingFailure(.damaged) }
        return message
    }

    private static func message(_ octets: [UInt8], depth: Int) -> OutlookMessage? {
        guard depth <= OutlookMessage.depth else { return nil }
        let stream = UnsafeMutablePointer<TNEFStruct>.allocate(capacity: 1)
        stream.initialize(to: TNEFStruct())
        defer { stream.deallocate() }
        TNEFInitialize(stream)
        defer { TNEFFree(stream) }
        var octets = octets
        let code = octets.withUnsafeMutableBufferPointer {
            TNEFParseMemory($0.baseAddress, $0.count, stream)
        }
        let message = message(stream.pointee, depth: depth)
        // Of one that is cut off, what was read counts.
        return code == 0 || message.text != nil || message.html != nil || !message.attachments.isEmpty ? message : nil
    }

    private static func message(_ stream: TNEFStruct, depth: Int) -> OutlookMessage {
        var properties = bag(stream.MapiProperties)
        // What the properties lack stands in attributes of older times.
        if properties.integer(0x3FFD) == nil, let page = octets(stream.CodePage), page.count >= 4 {
            properties.set(Array(page.prefix(4)), 0x3FFD, PropertyBag.Kind.integer)
        }
        if properties.text(0x0037) == nil, let subject = octets(stream.subject) {
            properties.set(subject, 0x0037, PropertyBag.Kind.narrow)
        }
        if properties.text(0x1000) == nil, let body = octets(stream.body) {
            properties.set(body, 0x1000, PropertyBag.Kind.narrow)
        }
        var message = OutlookMessage(properties: properties)
        message.rtf = properties.octets(0x1009).flatMap(CompressedRTF.unpack)
        var next = stream.starting_attach.next
        while let attachment = next, message.attachments.count < 1000 {
            if let file = file(attachment.pointee, depth: depth) { message.attachments.append(file) }
            next = attachment.pointee.next
        }
        return message
    }

    private static func file(_ attachment: CTNEF.Attachment, depth: Int) -> OutlookMessage.Attachment? {
        let properties = bag(attachment.MAPI)
        let title = octets(attachment.Title).map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        // An object is a message of its own behind the 16 octets that say so.
        if let object = properties.octets(0x3701, PropertyBag.Kind.object), object.count > 16,
            object[16...].starts(with: [0x78, 0x9F, 0x3E, 0x22])
        {
            return message(Array(object[16...]), depth: depth + 1).map {
                OutlookMessage.Attachment(properties: properties, content: .message($0), title: title)
            }
        }
        guard let octets = octets(attachment.FileData) ?? properties.octets(0x3701) else { return nil }
        return OutlookMessage.Attachment(properties: properties, content: .octets(octets), title: title)
    }

    /// The first value of each property that has no name of its own.
    private static func bag(_ list: MAPIProps) -> PropertyBag {
        var bag = PropertyBag()
        for property in UnsafeBufferPointer(start: list.properties, count: Int(list.count)) where property.count > 0 {
            let (number, kind) = (UInt16(property.id >> 16), UInt16(property.id & 0xFFFF))
            guard number < 0x8000, let value = property.data else { continue }
            guard kind != PropertyBag.Kind.wide else {
                // The library makes it UTF-8 that ends with NUL.
                guard let text = value.pointee.data else { continue }
                let units = String(cString: text).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
                bag.set(units, number, kind)
                continue
            }
            if let octets = octets(value.pointee) { bag.set(octets, number, kind) }
        }
        return bag
    }

    private static func octets(_ value: variableLength) -> [UInt8]? {
        guard let data = value.data, value.size > 0 else { return nil }
        return Array(UnsafeBufferPointer(start: data, count: Int(value.size)))
    }
}
