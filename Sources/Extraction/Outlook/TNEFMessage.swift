/// A `winmail.dat` (MS-OXTNEF): attributes one after the other, most of them lists of properties.
///
/// Read by ourselves: the one library in Debian, libytnef, refuses properties above 512 KiB and texts above 100,000 octets, and gives up
/// all at the first fault. Here what is wrong is passed over, and of a file that is cut off what is there counts.
enum TNEFMessage {
    static let signature: [UInt8] = [0x78, 0x9F, 0x3E, 0x22]

    static func read(_ octets: [UInt8]) throws(ReadingFailure) -> OutlookMessage {
        guard octets.starts(with: signature), let message = message(octets[...], depth: 0) else {
            throw ReadingFailure(.damaged)
        }
        return message
    }

    /// Attributes by their numbers (section 2.1.3.2).
    private enum Attribute {
        static let (subject, body, codePage) = (0x8004, 0x800C, 0x9007)
        static let (properties, recipients) = (0x9003, 0x9004)
        static let (rendering, title, data, attachment) = (0x9002, 0x8010, 0x800F, 0x9005)
    }

    /// `nil` where nothing could be read.
    private static func message(_ octets: ArraySlice<UInt8>, depth: Int) -> OutlookMessage? {
        var reader = OctetReader(octets.dropFirst(6))
        var message = OutlookMessage(properties: PropertyBag())
        var older: [Int: [UInt8]] = [:]
        var files: [File] = []
        while let level = reader.next(), let number = reader.number(4), let value = reader.sized() {
            // The sum of the value's octets says nothing that the values themselves do not.
            _ = reader.take(2)
            let attribute = number & 0xFFFF
            if level == 1 {
                switch attribute {
                case Attribute.properties: message.properties = PropertyList.bag(value)
                case Attribute.recipients: message.recipients = PropertyList.rows(value)
                default: older[attribute] = Array(value)
                }
            } else {
                if attribute == Attribute.rendering || files.isEmpty { files.append(File()) }
                files[files.count - 1].take(attribute, value)
            }
        }
        message.properties.complete(from: older)
        message.rtf = message.properties.octets(0x1009).flatMap(CompressedRTF.unpack)
        message.attachments = files.prefix(1000).compactMap { $0.attachment(in: message.properties, depth: depth) }
        return message.properties.isEmpty && message.attachments.isEmpty ? nil : message
    }

    /// An attachment while its attributes are read.
    private struct File {
        private var properties = PropertyBag()
        private var title: [UInt8]?
        private var data: [UInt8]?

        mutating func take(_ attribute: Int, _ value: ArraySlice<UInt8>) {
            switch attribute {
            case Attribute.attachment: properties = PropertyList.bag(value)
            case Attribute.title: title = Array(value)
            case Attribute.data: data = Array(value)
            default: break
            }
        }

        /// `nil` where it has no content.
        func attachment(in message: PropertyBag, depth: Int) -> OutlookMessage.Attachment? {
            var properties = properties
            if let title, properties.text(0x3707) == nil { properties.set(title, 0x3704, PropertyBag.Kind.narrow) }
            properties.inherit(charset: message)
            let object = properties.octets(0x3701, PropertyBag.Kind.object) ?? []
            // A message within the message stands behind 16 octets that say what it is.
            if depth < OutlookMessage.depth, object.dropFirst(16).starts(with: signature),
                let inner = TNEFMessage.message(object.dropFirst(16), depth: depth + 1)
            {
                return OutlookMessage.Attachment(properties: properties, content: .message(inner))
            }
            guard let octets = data ?? properties.octets(0x3701) ?? (object.isEmpty ? nil : object) else { return nil }
            return OutlookMessage.Attachment(properties: properties, content: .octets(octets))
        }
    }
}

extension PropertyBag {
    /// What the properties lack may stand in attributes of older times.
    fileprivate mutating func complete(from attributes: [Int: [UInt8]]) {
        if integer(0x3FFD) == nil, let page = attributes[0x9007], page.count >= 4 {
            set(Array(page.prefix(4)), 0x3FFD, Kind.integer)
        }
        if text(0x0037) == nil, let subject = attributes[0x8004] { set(subject, 0x0037, Kind.narrow) }
        if text(0x1000) == nil, let body = attributes[0x800C] { set(body, 0x1000, Kind.narrow) }
    }
}
