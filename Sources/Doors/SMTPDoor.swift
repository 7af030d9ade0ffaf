import Cryptography
import Foundation
package import Hosts
package import Logging
package import Records
package import SMTPServer

/// Mail by SMTP into the journal: `250` only after the commit.
package struct SMTPDoor: SMTPMessageReceiver {
    private let intake: IntakeAddresses
    /// Sessions from here speak for our own people without further proof.
    private let ownNetworks: [Network]
    private let vouchingNetworks: [Network]
    private let hostname: String
    private let journal: Journal
    private let logger: Logger

    package init(
        intake: IntakeAddresses, ownNetworks: [Network], vouchingNetworks: [Network] = [], hostname: String,
        journal: Journal, logger: Logger
    ) {
        self.intake = intake
        self.ownNetworks = ownNetworks
        self.vouchingNetworks = vouchingNetworks
        self.hostname = hostname
        self.journal = journal
        self.logger = logger
    }

    package func refusal(of recipient: MailPath, from sender: MailPath, session: SessionInfo) -> SMTPReply? {
        intake.refusal(of: recipient)
    }

    package func receive(_ message: IncomingMessage) async -> SMTPReply {
        do {
            let receipt = try await journal.append(try await arrival(of: message))
            logger.info(
                "mail received",
                metadata: ["message": "\(receipt.id)", "size": "\(message.size)", "duplicate": "\(receipt.duplicate)"])
            return .accepted(id: "\(receipt.id)")
        } catch JournalError.unavailable {
            return .storageUnavailable
        } catch JournalError.full {
            return .storageFull
        } catch {
            logger.error("mail refused", metadata: ["error": "\(error)"])
            return error is JournalError ? .contentRefused : .storageUnavailable
        }
    }

    /// A relay that vouches for others hands on everybody's mail: the network that it stands in says nothing.
    private func speaksForOurPeople(_ address: String) -> Bool {
        ownNetworks.contains { $0.contains(address) } && !vouchingNetworks.contains { $0.contains(address) }
    }

    private func arrival(of message: IncomingMessage) async throws -> Arrival {
        let now = Date()
        let session = message.session
        var envelope = ArrivalEnvelope(
            from: message.envelope.reversePath.address, recipients: message.envelope.recipients.map(\.address),
            remoteAddress: session.remoteAddress, heloName: session.heloName)
        envelope.user = session.authenticatedUser
        envelope.clientCertificate = session.tls?.clientCertificate?.subject
        let content: Arrival.Content
        let digest: Digest
        switch message.content {
        case .memory(let octets):
            content = .memory(octets)
            digest = SHA256.hash(octets)
        case .spooled(let path, let size):
            content = .file(path: path, size: size)
            digest = try await FileDigest.sha256(of: path)
        }
        return Arrival(
            door: .smtp, receivedAt: now, envelope: envelope,
            trusted: session.authenticatedUser != nil || speaksForOurPeople(session.remoteAddress),
            trace: TraceField.make(session: session, hostname: hostname, id: String(digest.hex.prefix(16)), at: now),
            content: content, digest: digest)
    }
}

/// The digest of a file, read piece by piece.
enum FileDigest {
    ///
    /// Lets others work between two pieces: it runs on the threads that all tasks share.
    static func sha256(of path: String) async throws -> Digest {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        var hasher = SHA256()
        while let piece = try file.read(upToCount: 256 << 10), !piece.isEmpty {
            hasher.update(piece)
            await Task.yield()
        }
        return hasher.finalize()
    }
}
