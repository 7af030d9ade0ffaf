import Jobs
import Records

/// How a mail is answered.
enum Answer: String, Codable, Sendable {
    /// A sales summary to the salesperson who forwarded it.
    case summary
    /// What to do, for an own mail that forwards nothing.
    case guidance

    func job(for message: Int64) -> NewJob {
        NewJob(
            queue: AnswerJob.queue, kind: AnswerJob.kind, payload: #"{"answer":"\#(rawValue)","message":\#(message)}"#)
    }
}

/// Answers one message.
struct AnswerJob: Codable, Sendable {
    static let queue = "answer"
    static let kind = "answer"

    var message: Int64
    var answer: Answer
}
