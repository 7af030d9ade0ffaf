/// Properties of a message of Outlook's, to be written as a `.msg` or a `winmail.dat`.
package struct OutlookFixture: Sendable {
    package enum Value: Sendable {
        case integer(Int)
        /// Seconds since 1970.
        case time(Int)
        case wide(String)
        case narrow([UInt8])
        case octets([UInt8])

        var kind: Int {
            switch self {
            case .integer: 0x0003
            case .time: 0x0040
            case .wide: 0x001F
            case .narrow: 0x001E
            case .octets: 0x0102
            }
        }

        /// What stands in the stream of its own, or in the entry.
        var octets: [UInt8] {
            var octets: [UInt8] = []
            switch self {
            case .integer(let number):
                octets.add32(number)
            case .time(let seconds):
                let ticks = (seconds + 11_644_473_600) * 10_000_000
                octets.add32(ticks & 0xFFFF_FFFF)
                octets.add32(ticks >> 32)
            case .wide(let text): octets = [UInt8](wide: text)
            case .narrow(let text): octets = text
            case .octets(let value): octets = value
            }
            return octets
        }
    }

    package struct Attachment: Sendable {
        package var properties: [(Int, Value)]
        package var message: OutlookFixture?

        package init(properties: [(Int, Value)], message: OutlookFixture? = nil) {
            self.properties = properties
            self.message = message
        }
    }

    package var properties: [(Int, Value)]
    package var recipients: [[(Int, Value)]]
    package var attachments: [Attachment]

    package init(
        properties: [(Int, Value)], recipients: [[(Int, Value)]] = [], attachments: [Attachment] = []
    ) {
        self.properties = properties
        self.recipients = recipients
        self.attachments = attachments
    }
}

/// As a file (MS-OXMSG).
extension OutlookFixture {
    package var file: [UInt8] { CompoundWriter.file(entries(header: 32)) }

    private func entries(header: Int) -> [CompoundWriter.Entry] {
        var entries = Self.entries(properties, header: header)
        for (index, recipient) in recipients.enumerated() {
            entries.append(.storage("__recip_version1.0_#0000000\(index)", Self.entries(recipient, header: 8)))
        }
        for (index, attachment) in attachments.enumerated() {
            var inner = Self.entries(attachment.properties, header: 8)
            if let message = attachment.message {
                inner.append(.storage("__substg1.0_3701000D", message.entries(header: 24)))
            }
            entries.append(.storage("__attach_version1.0_#0000000\(index)", inner))
        }
        return entries
    }

    private static func entries(_ properties: [(Int, Value)], header: Int) -> [CompoundWriter.Entry] {
        var list = [UInt8](repeating: 0, count: header)
        var entries: [CompoundWriter.Entry] = []
        for (number, value) in properties {
            list.add32(number << 16 | value.kind)
            list.add32(6)
            switch value {
            case .integer, .time:
                list += value.octets
                list.pad(to: 8)
            case .wide, .narrow, .octets:
                list.add32(value.octets.count)
                list.add32(0)
                let tag = String(number << 16 | value.kind, radix: 16, uppercase: true)
                entries.append(
                    .stream("__substg1.0_" + String(repeating: "0", count: 8 - tag.count) + tag, value.octets))
            }
        }
        return entries + [.stream("__properties_version1.0", list)]
    }
}

/// As `winmail.dat` (MS-OXTNEF).
extension OutlookFixture {
    package var winmail: [UInt8] {
        var octets: [UInt8] = [0x78, 0x9F, 0x3E, 0x22, 0x34, 0x12]
        Self.add(1, 0x0008_9006, [0, 0, 1, 0], to: &octets)
        Self.add(1, 0x0006_9007, [0xE4, 4, 0, 0, 0, 0, 0, 0], to: &octets)
        Self.add(1, 0x0006_9003, Self.list(properties), to: &octets)
        for attachment in attachments {
            Self.add(2, 0x0006_9002, [1, 0] + [UInt8](repeating: 0, count: 12), to: &octets)
            var properties = attachment.properties
            if let message = attachment.message {
                properties.append((0x3701, .octets([UInt8](repeating: 7, count: 16) + message.winmail)))
            }
            let isObject = attachment.message != nil
            if !isObject, let index = properties.firstIndex(where: { $0.0 == 0x3701 }) {
                Self.add(2, 0x0006_800F, properties.remove(at: index).1.octets, to: &octets)
            }
            Self.add(2, 0x0006_9005, Self.list(properties, objects: isObject), to: &octets)
        }
        return octets
    }

    /// Level, number, length, value and the sum of the value's octets.
    private static func add(_ level: UInt8, _ number: Int, _ value: [UInt8], to octets: inout [UInt8]) {
        octets.append(level)
        octets.add32(number)
        octets.add32(value.count)
        octets += value
        octets.add16(value.reduce(0) { $0 + Int($1) } & 0xFFFF)
    }

    private static func list(_ properties: [(Int, Value)], objects: Bool = false) -> [UInt8] {
        var list: [UInt8] = []
        list.add32(properties.count)
        for (number, value) in properties {
            list.add32(number << 16 | (objects && number == 0x3701 ? 0x000D : value.kind))
            switch value {
            case .integer, .time: list += value.octets
            case .wide, .narrow, .octets:
                // Texts end with NUL here.
                var octets = value.octets
                if value.kind == 0x1F { octets += [0, 0] }
                if value.kind == 0x1E { octets += [0] }
                list.add32(1)
                list.add32(octets.count)
                list += octets
                list.pad(to: 4)
            }
        }
        return list
    }
}
