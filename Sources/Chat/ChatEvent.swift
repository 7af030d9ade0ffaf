import FoundationEssentials

/// What a webhook of our own format says: `{"type", "timestamp", "data"}`.
package struct ChatEvent: Sendable {
    package enum Content: Sendable {
        case transcript(Transcript)
        /// An event of a type that is not known here: kept, and not refused.
        case unknown
    }

    /// `<group>.<event>`.
    package let type: String
    package let timestamp: Moment
    package let content: Content

    /// Reads a body; takes time in proportion to it.
    package init(_ octets: [UInt8]) throws(EventFault) {
        try JSONGrammar.check(octets)
        let event: WrittenEvent
        do {
            event = try JSONDecoder().decode(WrittenEvent.self, from: Data(octets))
        } catch let fault as EventFault {
            throw fault
        } catch DecodingError.dataCorrupted(let context) {
            throw .notJSON("\(context.underlyingError.map { "\($0)" } ?? context.debugDescription)")
        } catch {
            throw EventFault(at: [], expected: "an object with type, timestamp and data")
        }
        type = event.type
        timestamp = event.timestamp
        content = event.transcript.map(Content.transcript) ?? .unknown
    }
}

private struct WrittenEvent: Decodable {
    private enum CodingKeys: String, CodingKey { case type, timestamp, data }
    private struct AnyObject: Decodable {
        private enum CodingKeys: CodingKey {}

        init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: CodingKeys.self) }
    }

    var type: String
    var timestamp: Moment
    var transcript: Transcript?

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        type = try fields.text(.type, upTo: 200, from: 1)
        guard Self.isType(type) else {
            throw EventFault(
                at: fields.codingPath + [CodingKeys.type],
                expected:
                    "words of letters, digits and _ with a full stop between them, such as chat.transcript.created")
        }
        timestamp = try fields.moment(.timestamp)
        if type == "chat.transcript.created" {
            transcript = try fields.object(.data, as: Transcript.self)
        } else {
            _ = try fields.object(.data, as: AnyObject.self)
        }
    }

    private static func isType(_ type: String) -> Bool {
        let parts = type.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count >= 2
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy {
                        let lower = $0 | 0x20
                        return (0x61...0x7A).contains(lower) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
                    }
            }
    }
}
