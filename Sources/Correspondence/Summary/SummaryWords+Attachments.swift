import CVR
import Mail
import Understanding

extension SummaryWords {
    /// Files that are told of one by one.
    private static let fileLimit = 4

    /// Which files could not be read, and why: what is in them counts for nothing here.
    var unreadFiles: [String] {
        let unread = dossier.attachments.filter { isMissed($0) }
        let lines = unread.prefix(Self.fileLimit).map { attachment in
            attachment.outcome == .pending
                ? say(
                    "\(name(of: attachment)) er ikke læst endnu. Ændrer den noget, kommer der en rettelse.",
                    "\(name(of: attachment)) is not read yet. Should it change anything, a correction follows.")
                : say(
                    "\(name(of: attachment)) er ikke læst: \(reason(attachment)).",
                    "\(name(of: attachment)) was not read: \(reason(attachment)).")
        }
        let rest = unread.count - lines.count
        guard rest > 0 else { return lines }
        return lines + [
            rest == 1
                ? say("1 vedhæftning til er ikke læst.", "1 more attachment was not read.")
                : say("\(rest) vedhæftninger til er ikke læst.", "\(rest) more attachments were not read.")
        ]
    }

    /// Words of files that still count: `Behov.pdf: "12 brugere"`.
    var saidInFiles: [String] {
        let words = dossier.facts.map(\.evidence).filter { $0.section == .attachment && $0.messageID == nil }
        let files = words.compactMap(\.attachment)
        return files.indices.filter { !files[..<$0].contains(files[$0]) }.prefix(Self.fileLimit).map { index in
            let said = distinct(words.filter { $0.attachment == files[index] }).prefix(Self.fileLimit)
            return name(ofFile: files[index]) + ": " + said.map { quoted($0.text) }.joined(separator: ", ")
        }
    }

    /// That what was in files took the place of what was told before.
    var lateFiles: String? {
        guard !summary.lateFiles.isEmpty else { return nil }
        let files = list(summary.lateFiles.prefix(Self.fileLimit).map { name(ofFile: $0) })
        return say(
            "Rettet: \(files) er læst nu; den tidligere opsummering gælder ikke.",
            "Corrected: \(files) \(summary.lateFiles.count == 1 ? "was" : "were") read only now; the earlier summary no longer holds."
        )
    }

    /// A file's name as its sender gave it, on one line and not endless.
    func name(ofFile name: String) -> String { Layout.clip(PersonalNumbers.hidden(in: name.onOneLine), to: 60) }

    private func name(of attachment: ReadAttachment) -> String { name(ofFile: attachment.name) }

    /// Whether the customer may have said something in it that nobody read; pictures within a text are mostly logos.
    private func isMissed(_ attachment: ReadAttachment) -> Bool {
        switch attachment.outcome {
        case .text, .message: false
        case .pending: true
        case .empty, .unreadable, .skipped:
            !(attachment.attachment.inline && attachment.attachment.contentType.hasPrefix("image/"))
        }
    }

    private func reason(_ attachment: ReadAttachment) -> String {
        guard let reason = attachment.reason else { return say("der er ingen tekst i den", "there is no text in it") }
        guard let words = Self.reasons[reason.code] else {
            return say("den kunne ikke læses", reason.sentence)
        }
        return say(words.danish, words.english)
    }

    /// The codes of reading attachments in words.
    private static let reasons: [String: (danish: String, english: String)] = [
        "unknown_kind": ("den er af en type, der ikke læses", "it is of a kind that is not read"),
        "picture_not_read": (
            "det er et billede, og tekst i billeder læses ikke", "it is a picture, and pictures are not read"
        ),
        "old_form": ("den er i et gammelt format, der ikke læses", "it is of an old form that is not read"),
        "too_large": ("der er for meget at læse", "it is too much to be read"),
        "unpacks_too_large": ("den fylder for meget, når den pakkes ud", "it unpacks to more than is read"),
        "encrypted": ("den er krypteret eller beskyttet med adgangskode", "it is encrypted or locked with a password"),
        "damaged": ("den er beskadiget", "it is damaged"),
        "no_text": ("der er ingen tekst i den, måske er den scannet", "there is no text in it, perhaps it is a scan"),
        "took_too_long": ("det tog for lang tid", "it took too long"),
        "out_of_memory": ("det krævede for meget hukommelse", "it took too much memory"),
        "failed": ("læseren kunne ikke klare den", "the reader failed at it"),
        "no_reader": ("den kan ikke læses på denne maskine", "it cannot be read on this machine"),
    ]
}
