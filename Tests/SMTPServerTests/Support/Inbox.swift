import Foundation
import SMTPServer
import Synchronization

/// A receiver that keeps what it is given, when it is let.
final class Inbox: SMTPMessageReceiver {
    struct Mail: Sendable {
        var envelope: Envelope
        var session: SessionInfo
        var octets: [UInt8]
        /// The file it came in, if it was large.
        var path: String?
    }

    private let mails = Mutex<[Mail]>([])
    private let decide: @Sendable (Mail) async -> SMTPReply?

    /// - Parameter decide: An answer other than acceptance; what is asked here is not kept yet.
    init(_ decide: @escaping @Sendable (Mail) async -> SMTPReply? = { _ in nil }) { self.decide = decide }

    var kept: [Mail] { mails.withLock { $0 } }

    func refusal(of recipient: MailPath, from sender: MailPath, session: SessionInfo) -> SMTPReply? {
        House.refusal(of: recipient)
    }

    func receive(_ message: IncomingMessage) async -> SMTPReply {
        var mail = Mail(envelope: message.envelope, session: message.session, octets: [])
        switch message.content {
        case .memory(let octets): mail.octets = octets
        case .spooled(let path, let size):
            mail.path = path
            mail.octets = FileManager.default.contents(atPath: path).map { Array($0) } ?? []
            guard mail.octets.count == size else { return .contentRefused }
        }
        if let reply = await decide(mail) { return reply }
        let number = mails.withLock { mails in
            mails.append(mail)
            return mails.count
        }
        return .accepted(id: "\(number)")
    }
}

/// Something that is waited for until it happens.
struct Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func open() { continuation.finish() }

    func passed() async { for await _ in stream {} }
}
