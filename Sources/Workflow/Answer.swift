import CVR
import Foundation
import Jobs
import Mail
import Records

/// How a message is answered.
enum Answer: String, Codable, Sendable {
    /// A sales summary to the salesperson who forwarded it.
    case summary
    /// A sales summary to the owner of the lead, whose customer wrote.
    case notice
    /// A summary without price to the owner of the lead, whose customer's answer names another company.
    case question
    /// What to do, for an own mail that forwards nothing.
    case guidance
    /// Why a command was not followed.
    case receipt
    /// That a mail from outside arrived, to its sender.
    case publicReceipt
    /// Advice and a draft quote on the lead, without a mail to anybody.
    case advice

    /// Whether a lead is advised on and priced.
    var isAdvice: Bool { self == .summary || self == .notice || self == .question || self == .advice }
    /// Whether advice and draft are the lead's from now on; what may be another company's changes neither.
    var isKept: Bool { self != .question }
}

/// Answers one message.
struct AnswerJob: Codable, Sendable {
    static let queue = "answer"
    static let kind = "answer"

    /// What a person corrected, for the summary that is made again.
    struct Correction: Codable, Sendable {
        /// Counts the summaries of the message; the first is 1.
        var revision: Int
        var from: CVRNumber?
        var to: CVRNumber
        /// Who corrected it, and gets the summary.
        var by: Mailbox
        var at: Date
    }

    /// What attachments gave that were read once the summary was made.
    struct Finding: Codable, Sendable {
        /// Names of the files that say something new.
        var files: [String]
        /// Whether they tell which company it is.
        var isRelinked: Bool
    }

    var message: Int64
    var answer: Answer
    var correction: Correction?
    var finding: Finding?
    /// Of a receipt, the message that the command was about: the next attempt is about it too.
    var about: Int64?
    /// Of a receipt to somebody outside, the mailbox that they wrote to.
    var mailbox: String?

    /// The job of it.
    ///
    /// `instant`: until when it waits for the message's attachments, unless they are read before
    /// (``JobQueue/hasten(kind:_:schema:)``).
    func job(notBefore instant: Date? = nil) throws -> NewJob {
        NewJob(
            queue: Self.queue, kind: Self.kind,
            payload: String(decoding: try JSONEncoder().encode(self), as: UTF8.self), runAt: instant,
            uniqueKey: instant.map { _ in uniqueKey(of: message) })
    }
}
