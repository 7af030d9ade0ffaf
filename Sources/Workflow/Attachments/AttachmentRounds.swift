import Extraction
package import Mail
package import Records
package import Understanding

/// Reads all that is attached to a mail: containers first, then what came to light in them, until nothing is left.
///
/// The daemon's job, `parse` and `quote` do the same. Bounded in attachments and octets of one mail; what lies beyond is
/// skipped with the reason.
package struct AttachmentRounds: Sendable {
    /// Attachments of one mail that are read at most.
    private static let mostAttachments = 64
    /// Octets of attachments that are held at a time.
    private static let octetsAtATime = 32 << 20
    /// Containers within containers that are opened.
    private static let depth = 4
    /// Octets of what is in the containers of one mail; as many as the reading of a mail takes in.
    private static let mostUnpacked = ReadingOptions.Limits().unpacked
    /// How long the attachments of one mail take in all: others wait behind it.
    private static let time = Duration.seconds(60)

    /// What is left for the attachments of one mail.
    private struct Allowance {
        var attachments = mostAttachments
        var unpacked = mostUnpacked
        let end = ContinuousClock.now + time
    }

    private let reader: any AttachmentReader
    private let policy: AttachmentPolicy

    package init(reader: any AttachmentReader, policy: AttachmentPolicy) {
        self.reader = reader
        self.policy = policy
    }

    /// A mail as it is understood with all that could be read of its attachments.
    package struct Result: Sendable {
        package var letter: Letter
        package var attachments: [ReadAttachment]

        package init(letter: Letter, attachments: [ReadAttachment] = []) {
            self.letter = letter
            self.attachments = attachments
        }
    }

    /// Reads what is attached to the mail.
    ///
    /// `known`: what was read before, by digest. `keep` is told of every new reading at once, so that none is lost when this
    /// is ended half-way.
    package func read(
        _ octets: [UInt8], options: ReadingOptions, known: [String: KeptReading] = [:],
        keep: (KeptReading) async throws -> Void = { _ in }
    ) async throws -> Result {
        var known = known
        var options = options
        var letter = try Letter(octets, reading: options)
        var left = Allowance()
        for _ in 0..<Self.depth {
            let containers = letter.unopened.filter { known[$0.sha256] == nil }
            try await read(containers, of: octets, options: options, into: &known, left: &left, keep: keep)
            let contents = known.compactMapValues(\.contents)
            guard contents.count > options.unpacked.count else { break }
            options.unpacked = contents
            letter = try Letter(octets, reading: options)
        }
        let files = policy.wanted(in: letter).filter { known[$0.sha256] == nil }
        try await read(files, of: octets, options: options, into: &known, left: &left, keep: keep)
        return Result(letter: letter, attachments: letter.read(known))
    }

    private func read(
        _ attachments: [Letter.Attachment], of octets: [UInt8], options: ReadingOptions,
        into known: inout [String: KeptReading], left: inout Allowance, keep: (KeptReading) async throws -> Void
    ) async throws {
        var seen: Set<String> = []
        var rest = attachments.filter { seen.insert($0.sha256).inserted }[...]
        while !rest.isEmpty {
            let batch = Self.batch(from: &rest)
            let contents = Letter.contents(of: Set(batch.map(\.sha256)), in: octets, reading: options)
            for attachment in batch {
                guard let content = contents[attachment.sha256] else { continue }
                let reading = await read(attachment, content, &left)
                // One that was broken off says nothing of the file.
                try Task.checkCancellation()
                let kept = KeptReading(reading, of: attachment.sha256)
                known[attachment.sha256] = kept
                try await keep(kept)
            }
        }
    }

    /// As far as the mail's allowance goes.
    private func read(
        _ attachment: Letter.Attachment, _ octets: [UInt8], _ left: inout Allowance
    ) async -> AttachmentReading {
        left.attachments -= 1
        guard left.attachments >= 0 else { return Self.tooMany }
        guard ContinuousClock.now < left.end else { return Self.tooLong }
        let reading = await read(attachment, octets)
        left.unpacked -= reading.message?.count ?? 0
        guard left.unpacked < 0, reading.message != nil else { return reading }
        return AttachmentReading(
            outcome: .skipped, reason: .init(.unpacksTooLarge, "more than \(Self.mostUnpacked >> 20) MiB in one mail"))
    }

    /// A process that failed may have been ended from outside: it gets a second chance.
    private func read(_ attachment: Letter.Attachment, _ octets: [UInt8]) async -> AttachmentReading {
        let first = await reader.reading(
            of: octets, contentType: attachment.contentType, filename: attachment.filename)
        guard first.reason?.code == .failed else { return first }
        return await reader.reading(of: octets, contentType: attachment.contentType, filename: attachment.filename)
    }

    /// As many as are held at a time, at least one.
    private static func batch(from rest: inout ArraySlice<Letter.Attachment>) -> [Letter.Attachment] {
        var batch: [Letter.Attachment] = []
        var octets = 0
        while let next = rest.first, batch.isEmpty || octets + next.size <= octetsAtATime {
            batch.append(next)
            octets += next.size
            rest.removeFirst()
        }
        return batch
    }

    private static var tooMany: AttachmentReading {
        AttachmentReading(
            outcome: .skipped, reason: .init(.tooLarge, "more than \(mostAttachments) attachments in one mail"))
    }

    private static var tooLong: AttachmentReading {
        AttachmentReading(
            outcome: .skipped, reason: .init(.tookTooLong, "more than \(time) for the attachments of one mail"))
    }
}

extension Letter {
    /// The attachments of which something is known, in their order.
    func read(_ known: [String: KeptReading]) -> [ReadAttachment] {
        attachments.compactMap { attachment in known[attachment.sha256]?.read(as: attachment) }
    }
}
