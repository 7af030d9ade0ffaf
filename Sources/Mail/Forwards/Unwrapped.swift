/// A mail with its wrappings taken off, from the outermost inwards, until somebody outside our house speaks.
///
/// Only mail of our own people is unwrapped: a customer's forward keeps the customer as its sender. When nothing is
/// known of our house, one wrapping is taken off whoever sent it.
struct Unwrapped {
    /// The form of a forward; `nil` when nothing was taken off.
    var form: Letter.Form?
    var depth = 0
    /// What the outermost forwarder wrote above, and their signature.
    var note = SignatureText([])
    /// What stands below it.
    var below: [TextLine] = []
    var original: Letter.Original
    /// Text of the mail that counts, quotations and signature still in it.
    var lines: [TextLine]
    var part: String
    /// Mails that came along and do not count.
    var enclosures: [Letter.Enclosure] = []
    /// Who sent on what stands in ``lines``, the outermost first, each within the text of the one before.
    private var forwarders: [Mailbox] = []

    init(_ message: MIMEMessage, options: ReadingOptions) {
        let body = BodyText(of: message.root)
        original = Letter.Original(message)
        lines = body.lines
        part = body.part
        guard options.own.isUnknown || (options.trustsSender && Self.isOwn(message.from, options.own))
        else {
            enclosures = AttachedMails.enclosures(AttachedMails.all(in: message.root))
            return
        }
        takeOff(message, options: options)
        takeOffSignatures()
        if form != nil, depth > 1 { form = .nestedForward }
    }

    private mutating func takeOff(_ message: MIMEMessage, options: ReadingOptions) {
        guard depth < options.limits.depth else { return }
        var attached = AttachedMails.all(in: message.root)
        if let forward = InlineForward.find(in: lines, of: .init(original, zone: message.date.offset)) {
            forwarders = message.from
            step(to: forward, as: .forwardInline, of: message.from.first?.name)
            takeOffInner(message, options: options)
        } else if SubjectPrefixes.meaning(of: message.subject) != .reply, !attached.isEmpty {
            let next = attached.remove(at: Self.place(of: attached, options.own))
            let body = BodyText(of: next.root)
            step(
                to: InlineForward(note: lines, original: Letter.Original(next), lines: body.lines),
                as: .forwardAttached, of: message.from.first?.name)
            part = body.part
            forwarders = []
            if continues(options.own) {
                takeOff(next, options: options)
            } else {
                attached = AttachedMails.all(in: next.root) + attached
            }
        }
        enclosures += AttachedMails.enclosures(attached)
    }

    /// Which of several mails that are sent on together counts: the first that somebody outside wrote.
    private static func place(of attached: [MIMEMessage], _ own: OwnPeople) -> Int {
        attached.firstIndex { message in message.from.first.map { !own.owns($0) } ?? false } ?? 0
    }

    /// Goes on within the text while one of our own people speaks; what they quote is what they pass on.
    private mutating func takeOffInner(_ message: MIMEMessage, options: ReadingOptions) {
        while depth < options.limits.depth, continues(options.own),
            let inner = InlineForward.find(
                in: lines, of: .init(original, zone: message.date.offset, passesOnQuotations: true))
        {
            forwarders += original.from.map { [$0] } ?? []
            step(to: inner, as: .forwardInline, of: nil)
        }
    }

    private mutating func step(to forward: InlineForward, as form: Letter.Form, of writer: String?) {
        if depth == 0 { (note, below) = (SignatureText(forward.note, of: writer), forward.below) }
        depth += 1
        self.form = form
        original = forward.original
        lines = forward.lines
    }

    /// Takes the signatures of those who sent the text on off its end, the outermost last; what it quotes keeps theirs.
    private mutating func takeOffSignatures() {
        for (index, forwarder) in forwarders.enumerated() {
            guard let signature = ForwarderSignature(of: forwarder, below: original.from) else { continue }
            let isOutermost = index == 0 && depth == forwarders.count
            if isOutermost, signature.isAll(of: below) {
                note.add(below[...])
                below = []
            }
            guard let start = signature.start(in: lines) else { continue }
            if isOutermost { note.add(lines[start...]) }
            lines = Array(lines[..<start])
        }
    }

    private func continues(_ own: OwnPeople) -> Bool {
        !own.isUnknown && (original.from.map(own.owns) ?? false)
    }

    private static func isOwn(_ from: [Mailbox], _ own: OwnPeople) -> Bool {
        from.count == 1 && from.allSatisfy(own.includes)
    }
}

extension Letter.Original {
    init(_ message: MIMEMessage) {
        self.init(
            from: message.from.first, to: message.to, cc: message.cc, subject: message.subject,
            date: message.date,
            messageID: message.messageID)
    }
}
