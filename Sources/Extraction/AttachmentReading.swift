/// What was read from one attachment.
package struct AttachmentReading: Hashable, Sendable, Codable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// It holds text.
        case text
        /// It holds a mail: ``message``.
        case message
        /// It was read, and there is no text in it.
        case empty
        /// It could not be read: ``reason``.
        case unreadable
        /// It is nothing that is read, or reading it is not wanted: ``reason``.
        case skipped
    }

    package var outcome: Outcome
    /// NFC without NUL, lines end with `\n`; at most ``textLimit`` octets of UTF-8, without white space at either end.
    package var text: String
    /// Whether there is more than ``text`` shows.
    package var isCut: Bool
    /// Why there is no text; `nil` where there is some.
    package var reason: Reason?
    /// What a container (`winmail.dat`, `.msg`, opaque S/MIME) holds, as a mail of its own (RFC 5322, RFC 2045).
    ///
    /// Whoever signed it is not known: signatures are not verified.
    package var message: [UInt8]?

    /// Octets of text that are kept.
    package static let textLimit = 256 << 10

    package init(
        outcome: Outcome, text: String = "", isCut: Bool = false, reason: Reason? = nil, message: [UInt8]? = nil
    ) {
        self.outcome = outcome
        self.text = text
        self.isCut = isCut
        self.reason = reason
        self.message = message
    }
}

extension AttachmentReading {
    /// Why an attachment has no text, as a code that can be worded in any language.
    package struct Reason: Hashable, Sendable, Codable {
        package enum Code: String, Sendable, Codable, CaseIterable {
            /// Nothing that is read, such as a program or a film.
            case unknownKind = "unknown_kind"
            /// A picture, and reading pictures is not configured.
            case pictureNotRead = "picture_not_read"
            /// A form of text for which there is no safe reader, such as `.doc` of Word 97.
            case oldForm = "old_form"
            /// Larger than is read.
            case tooLarge = "too_large"
            /// Packed so that it unpacks to more than is read.
            case unpacksTooLarge = "unpacks_too_large"
            /// Opens only with a password or a key.
            case encrypted
            /// Not of the form that it says it is, or cut off.
            case damaged
            /// Pages without text, such as a scan.
            case noText = "no_text"
            /// Reading took longer than it may.
            case tookTooLong = "took_too_long"
            /// Reading took more memory than it may.
            case outOfMemory = "out_of_memory"
            /// The reader failed at it.
            case failed
            /// The program that reads it is not installed, or cannot be confined here: nothing is wrong with the file.
            case noReader = "no_reader"
        }

        package var code: Code
        /// What more is known, in English, such as `more than 25 MiB`; may be of the file's own making and is one short line.
        package var detail: String?

        package init(_ code: Code, _ detail: String? = nil) {
            self.code = code
            self.detail = detail
        }

        /// One sentence in English without its full stop.
        package var sentence: String {
            let words =
                switch code {
                case .unknownKind: "it is of a kind that is not read"
                case .pictureNotRead: "it is a picture, and pictures are not read"
                case .oldForm: "it is of an old form that is not read"
                case .tooLarge: "it is too large to be read"
                case .unpacksTooLarge: "it unpacks to more than is read"
                case .encrypted: "it is encrypted"
                case .damaged: "it is damaged"
                case .noText: "there is no text in it"
                case .tookTooLong: "reading it took too long"
                case .outOfMemory: "reading it took too much memory"
                case .failed: "the reader failed at it"
                case .noReader: "it cannot be read on this machine"
                }
            return detail.map { "\(words): \($0)" } ?? words
        }
    }

    static func unreadable(_ code: Reason.Code, _ detail: String? = nil) -> Self {
        Self(outcome: .unreadable, reason: Reason(code, detail))
    }

    static func skipped(_ code: Reason.Code, _ detail: String? = nil) -> Self {
        Self(outcome: .skipped, reason: Reason(code, detail))
    }
}
