import Extraction
package import FoundationEssentials
import Mail
import Records

/// Which attachments are read, and how long an answer waits for that.
package struct AttachmentPolicy: Sendable {
    /// Whether text in pictures is read.
    package var readsPictures: Bool
    /// How long after the database had it a mail is answered without what is still to be read; with all that comes behind it, the
    /// answer is there within 20 seconds.
    package var wait: TimeInterval

    package init(readsPictures: Bool = false, wait: TimeInterval = 16) {
        self.readsPictures = readsPictures
        self.wait = wait
    }

    /// Pictures within a text are mostly logos: those of fewer octets are left out.
    private static let leastPicture = 16 << 10

    /// Attachments of a letter that are worth reading; those of machines are not.
    func wanted(in letter: Letter) -> [Letter.Attachment] {
        guard letter.nature == .person || letter.nature == .other else { return [] }
        let unopened = Set(letter.unopened)
        return letter.attachments.filter { attachment in
            if attachment.size == 0 { return false }
            // What kind of file it is may show in its octets alone.
            if attachment.contentType == "application/octet-stream" { return true }
            let form = AttachmentForm.of([], contentType: attachment.contentType, filename: attachment.filename)
            switch form {
            case nil: return false
            // The reader reads attached mail itself.
            case .mail: return false
            case .tnef, .outlook, .sealed: return unopened.contains(attachment)
            case .picture: return !attachment.inline || readsPictures && attachment.size >= Self.leastPicture
            default: return true
            }
        }
    }

    /// Until when a mail waits for what is to be known of it first; `nil` where that time is over.
    func deadline(of arrival: StoredArrival) -> Date? {
        let end = arrival.storedAt.addingTimeInterval(wait)
        return arrival.seenAt < end ? end : nil
    }
}
