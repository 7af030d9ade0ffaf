package import Extraction
import Mail
import Records
import Understanding

/// Reads one attachment; never fails, but says why there is no text.
package protocol AttachmentReader: Sendable {
    func reading(of octets: [UInt8], contentType: String, filename: String?) async -> AttachmentReading
}

extension AttachmentExtractor: AttachmentReader {}

extension KeptReading {
    init(_ reading: AttachmentReading, of sha256: String) {
        self.init(
            sha256: sha256, outcome: ReadAttachment.Outcome(reading.outcome), text: reading.text, isCut: reading.isCut,
            reason: reading.reason.map { ReadAttachment.Reason(code: $0.code.rawValue, sentence: $0.sentence) },
            message: reading.message, isFinal: reading.isFinal)
    }

    /// The reading as that of one attachment; the same content may come under many names.
    func read(as attachment: Letter.Attachment) -> ReadAttachment {
        ReadAttachment(attachment, outcome: outcome, text: text, isCut: isCut, reason: reason)
    }
}

extension AttachmentReading {
    /// Whether it would end the same another time: what lies at the machine or its settings need not.
    fileprivate var isFinal: Bool { outcome != .skipped && reason?.code != .noReader }
}

extension ReadAttachment.Outcome {
    fileprivate init(_ outcome: AttachmentReading.Outcome) {
        self =
            switch outcome {
            case .text: .text
            case .message: .message
            case .empty: .empty
            case .unreadable: .unreadable
            case .skipped: .skipped
            }
    }
}
