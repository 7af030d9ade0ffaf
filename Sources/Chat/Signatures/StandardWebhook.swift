import Cryptography
package import FoundationEssentials

/// The signature of a webhook by Standard Webhooks 1.0: HMAC-SHA-256 over id, timestamp and the raw body.
package enum StandardWebhook {
    /// Seconds that a timestamp may be away from our clock, to either side.
    private static let tolerance = 300
    /// Octets of an id, at most.
    private static let longestID = 200

    /// The three header fields, as far as they are there.
    package struct Headers: Hashable, Sendable {
        package var id: String?
        package var timestamp: String?
        package var signature: String?

        package init(id: String?, timestamp: String?, signature: String?) {
            self.id = id
            self.timestamp = timestamp
            self.signature = signature
        }
    }

    /// Why a webhook is not believed.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case missing(header: String)
        case unusableID
        case noTimestamp
        case untimely
        case unsigned

        package var description: String {
            switch self {
            case .missing(let header): "\(header) is missing or empty"
            case .unusableID:
                "webhook-id: expected 1 to \(longestID) visible ASCII characters without a full stop"
            case .noTimestamp: "webhook-timestamp: expected whole seconds since 1970"
            case .untimely: "webhook-timestamp is more than \(tolerance) seconds away from our clock"
            case .unsigned: "webhook-signature: no v1 signature of this body by a secret that is valid now"
            }
        }
    }

    /// Checks headers, time and signature in this order, and gives back the id of the event.
    ///
    /// `secrets`: all that are valid now, the previous one during a rotation too.
    package static func verify(
        _ headers: Headers, body: [UInt8], secrets: [WebhookSecret], at instant: Date
    ) throws(Refusal) -> String {
        let id = try value(headers.id, of: "webhook-id")
        let written = try value(headers.timestamp, of: "webhook-timestamp")
        let signature = try value(headers.signature, of: "webhook-signature")
        // With a full stop the signed octets could be read in two ways.
        guard id.utf8.count <= longestID, id.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x2E }) else {
            throw .unusableID
        }
        guard let timestamp = Int64(written), String(timestamp) == written else { throw .noTimestamp }
        let seconds = Int64(instant.timeIntervalSince1970.rounded(.down))
        let distance = timestamp.subtractingReportingOverflow(seconds)
        guard !distance.overflow, distance.partialValue.magnitude <= tolerance else { throw .untimely }
        let shown = signatures(in: signature)
        let isSigned = secrets.contains { secret in
            let expected = code(id: id, timestamp: timestamp, body: body, secret: secret)
            return shown.contains { equalInConstantTime($0, expected) }
        }
        guard isSigned else { throw .unsigned }
        return id
    }

    /// The 32 octets of a `v1` signature.
    package static func code(id: String, timestamp: Int64, body: [UInt8], secret: WebhookSecret) -> [UInt8] {
        HMACSHA256.authenticate(Array("\(id).\(timestamp).".utf8) + body, key: secret.octets)
    }

    private static func value(_ value: String?, of header: String) throws(Refusal) -> String {
        guard let value, !value.isEmpty else { throw .missing(header: header) }
        return value
    }

    /// Those of version `v1`, decoded; other versions are not for us.
    private static func signatures(in header: String) -> [[UInt8]] {
        header.split(separator: " ").compactMap { item in
            let parts = item.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0] == "v1", !parts[1].isEmpty else { return nil }
            return Base64.decode(parts[1])
        }
    }
}
