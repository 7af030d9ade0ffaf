import Yams

/// A mail or a chat of a case.
package struct CaseMessage: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case mail(CaseMail)
        case chat(CaseChat)
        /// The name of a mail that lies beside the file of the case.
        case file(String)
    }

    package var place: Place
    package var content: Content

    /// When it was said; not known of a file before it is read.
    var saidAt: DanishTime? {
        switch content {
        case .mail(let mail): mail.date
        case .chat(let chat): chat.at
        case .file: nil
        }
    }

    private static let kinds = ["mail", "chat", "file"]

    /// `mails`: names of the files beside.
    init?(_ fields: inout Fields, mails: Set<String>) {
        place = fields.place(of: fields.node)
        let kinds = Self.kinds.filter { fields.value($0) != nil }
        guard kinds.count == 1 else {
            fields.faults.add("expected one of \(Self.kinds.joined(separator: ", "))", at: fields.node)
            return nil
        }
        if let mail = fields.value("mail").flatMap({ CaseMail($0, fields.faults) }) {
            content = .mail(mail)
        } else if let chat = fields.value("chat").flatMap({ CaseChat($0, fields.faults) }) {
            content = .chat(chat)
        } else if let name = fields.optionalText("file"), mails.contains(name) {
            content = .file(name)
        } else {
            if let node = fields.value("file") {
                fields.faults.add(
                    "file: expected the name of an .eml beside this file"
                        + Spelling.suggestion(for: node.scalar?.string ?? "", among: mails), at: node)
            }
            return nil
        }
    }
}

/// A mail in the words of a case; with a forwarder it is one of our own people's forward of it.
package struct CaseMail: Hashable, Sendable {
    /// A name and an address, as in `Mette Lyngholm <mly@vestklit.example>`.
    package struct Person: Hashable, Sendable {
        package var name: String?
        package var address: String
    }

    /// When the customer sent it.
    package var date: DanishTime
    package var from: Person
    package var subject: String
    package var text: String
    package var signature: String?
    package var forwardedBy: Person?
    /// When it was sent on; at once where that is not said.
    package var forwardedAt: DanishTime?
    /// What the forwarder wrote above it.
    package var note: String?

    fileprivate init?(_ node: Node, _ faults: FaultList) {
        var fields = Fields(node, faults)
        defer { fields.finish() }
        let date = fields.time("date", required: true)
        let from = fields.person("from", required: true)
        subject = fields.optionalText("subject") ?? ""
        text = fields.text("text")
        signature = fields.optionalText("signature")
        forwardedBy = fields.person("forwarded_by")
        forwardedAt = fields.time("forwarded_at")
        note = fields.optionalText("note")
        if forwardedBy == nil, fields.value("forwarded_by") == nil {
            for key in ["note", "forwarded_at"] where fields.value(key) != nil {
                faults.add("\(key): expected forwarded_by beside it", at: fields.value(key))
            }
        }
        guard let date, let from else { return nil }
        if let forwardedAt, forwardedAt.instant < date.instant {
            faults.add("forwarded_at: expected a time after date", at: fields.value("forwarded_at"))
        }
        self.date = date
        self.from = from
    }
}

/// A chat in the words of a case.
package struct CaseChat: Hashable, Sendable {
    package enum Role: String, Sendable, CaseIterable { case visitor, agent, bot }

    package struct Saying: Hashable, Sendable {
        package var role: Role
        package var text: String
    }

    package var at: DanishTime
    /// As far as the visitor said who they are.
    package var name: String?
    package var email: String?
    package var company: String?
    package var cvr: String?
    package var sayings: [Saying]

    fileprivate init?(_ node: Node, _ faults: FaultList) {
        var fields = Fields(node, faults)
        defer { fields.finish() }
        let at = fields.time("at", required: true)
        name = fields.optionalText("name")
        email = fields.optionalText("email")
        company = fields.optionalText("company")
        cvr = fields.optionalText("cvr")
        sayings = fields.sayings("text")
        guard let at else { return nil }
        self.at = at
    }
}

extension Fields {
    fileprivate mutating func person(_ key: String, required: Bool = false) -> CaseMail.Person? {
        guard let value = value(key, required: required) else { return nil }
        let text = value.scalar?.string ?? ""
        let open = text.lastIndex(of: "<")
        let isNamed = open != nil && text.hasSuffix(">")
        let address = open.map { isNamed ? text[text.index(after: $0)...].dropLast() : text[...] } ?? text[...]
        let halves = address.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves.contains(""), !address.contains(where: { " <>\"".contains($0) }) else {
            faults.add(
                "\(key): expected a name and an address such as Mette Lyngholm <mly@vestklit.example>", at: value)
            return nil
        }
        let name = open.map { text[..<$0].split(separator: " ").joined(separator: " ") } ?? ""
        return CaseMail.Person(name: name.isEmpty ? nil : name, address: String(address))
    }

    /// One text of the visitor, or a list in which each item says who speaks: `- bot: Hej!`.
    fileprivate mutating func sayings(_ key: String) -> [CaseChat.Saying] {
        guard let value = value(key, required: true) else { return [] }
        if value.scalar != nil { return [CaseChat.Saying(role: .visitor, text: text(key))] }
        let faults = faults
        return items(key) { item in
            let roles = CaseChat.Role.allCases.filter { item.value($0.rawValue) != nil }
            guard roles.count == 1 else {
                faults.add("\(key): expected one of visitor, agent, bot", at: item.node)
                return nil
            }
            return CaseChat.Saying(role: roles[0], text: item.text(roles[0].rawValue))
        }
    }
}
