import CVR
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
    /// With CPR numbers hidden, before anybody keeps it.
    init(_ reading: AttachmentReading, of sha256: String) {
        self.init(
            sha256: sha256, outcome: ReadAttachment.Outcome(reading.outcome),
            text: PersonalNumbers.hidden(in: reading.text), isCut: reading.isCut,
            reason: reading.reason.map { reason in
                ReadAttachment.Reason(
                    code: reason.code.rawValue, sentence: PersonalNumbers.hidden(in: reason.sentence))
            },
            message: reading.message, isFinal: reading.isFinal)
    }

    /// The reading as that of one attachment; the same content may come under many names.
    func read(as attachment: Letter.Attachment) -> ReadAttachment {
        ReadAttachment(attachment, outcome: outcome, text: text, isCut: isCut, reason: reason)
    }
}

extension AttachmentReading {
    /// Whether it would end the same another time: what lies at the machine, its load or its settings need not.
    fileprivate var isFinal: Bool {
        switch reason?.code {
        case .noReader, .tookTooLong, .outOfMemory, .failed: false
        default: outcome != .skipped
        }
    }
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
