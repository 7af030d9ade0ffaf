import Doors
import FoundationEssentials
import HTTPClient
import IMAPClient
import Rules
import Yams

/// `mailboxes` of the configuration: a list, each entry a mailbox with its own keys (README, "Mailboxes").
///
/// Secrets may be given as `…_file`; there are no environment variables for a list of this kind.
struct MailboxSettings {
    private static let keys = [
        "name", "url", "user", "password", "password_file", "mechanism", "folder", "since", "after", "poll",
        "authserv_id", "ca_file", "oauth2",
    ]
    private static let oauthKeys = [
        "token_url", "client_id", "client_secret", "client_secret_file", "refresh_token", "refresh_token_file", "scope",
        "ca_file",
    ]

    /// The mailboxes of the list; the size limit is that of all mail.
    static func read(_ node: Node, file: String) throws(SettingsError) -> [MailboxAccount] {
        let place = node.mark.map { "\(file):\($0.line):\($0.column)" } ?? file
        guard case .sequence(let entries) = node else {
            throw SettingsError(
                origin: place, key: "mailboxes", problem: "expected a list, each entry with `url:` and `user:`")
        }
        var accounts: [MailboxAccount] = []
        for (index, entry) in entries.enumerated() {
            let fields = try MappingReader(entry, key: "mailboxes[\(index + 1)]", file: file, known: keys)
            let account = try account(fields)
            guard !accounts.contains(where: { $0.key == account.key }) else {
                throw fields.fault(
                    "name", "another mailbox has the name \(account.name) and the folder \(account.folder)")
            }
            accounts.append(account)
        }
        return accounts
    }

    private static func account(_ fields: MappingReader) throws(SettingsError) -> MailboxAccount {
        let url = try fields.required("url")
        guard var server = IMAPServer(url: url) else {
            throw fields.fault("url", "\"\(url)\": expected imaps://HOST[:PORT], or imap://HOST[:PORT] for STARTTLS")
        }
        server.caFile = try fields.text("ca_file")
        let user = try fields.required("user")
        var account = MailboxAccount(
            name: try fields.text("name") ?? "\(user)@\(server.host)", server: server, user: user,
            secret: try secret(fields))
        account.mechanism = try mechanism(fields, for: account.secret)
        account.folder = try fields.text("folder") ?? "INBOX"
        account.since = try since(fields)
        account.after = try after(fields)
        account.pollInterval = .seconds(try fields.number("poll", in: 1...86_400) ?? 60)
        account.authservID = try fields.text("authserv_id")
        return account
    }

    private static func secret(_ fields: MappingReader) throws(SettingsError) -> MailboxAccount.Secret {
        let password = try fields.secret("password")
        guard let oauth = try fields.mapping("oauth2", known: oauthKeys) else {
            guard let password else { throw fields.fault("password", "expected password, password_file or oauth2") }
            return .password(password)
        }
        guard password == nil else { throw fields.fault("oauth2", "expected a password or oauth2, not both") }
        let tokenURL = try oauth.required("token_url")
        guard HTTPRequest.isUsable(tokenURL) else {
            throw oauth.fault("token_url", "\"\(tokenURL)\": \(HTTPRequest.Fault.url)")
        }
        let grant = OAuthGrant(
            tokenURL: tokenURL, clientID: try oauth.required("client_id"),
            clientSecret: try oauth.secret("client_secret"),
            refreshToken: try oauth.secret("refresh_token"), scope: try oauth.text("scope"),
            caFile: try oauth.text("ca_file"))
        guard grant.refreshToken != nil || grant.clientSecret != nil else {
            throw oauth.fault("refresh_token", "expected a refresh_token, or a client_secret for client credentials")
        }
        return .oauth(grant)
    }

    private static func mechanism(
        _ fields: MappingReader, for secret: MailboxAccount.Secret
    ) throws(SettingsError) -> IMAPLogin.Mechanism? {
        guard let text = try fields.text("mechanism") else { return nil }
        let usable: [IMAPLogin.Mechanism] =
            switch secret {
            case .password: [.login, .plain]
            case .oauth: [.xoauth2, .oauthbearer]
            }
        guard let mechanism = IMAPLogin.Mechanism(rawValue: text.lowercased()), usable.contains(mechanism) else {
            let names = usable.map(\.rawValue).joined(separator: ", ")
            throw fields.fault("mechanism", "\"\(text)\": expected one of \(names)")
        }
        return mechanism
    }

    private static func since(_ fields: MappingReader) throws(SettingsError) -> Date? {
        guard let text = try fields.text("since") else { return nil }
        let calendar = Calendar(identifier: .gregorian)
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard text.count == 10, parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            let date = calendar.date(from: DateComponents(timeZone: .gmt, year: year, month: month, day: day)),
            // A day that its month does not have would become one of the next month.
            calendar.dateComponents(in: .gmt, from: date).day == day
        else { throw fields.fault("since", "\"\(text)\": expected a day such as 2026-01-31") }
        return date
    }

    private static func after(_ fields: MappingReader) throws(SettingsError) -> MailboxAccount.AfterReading {
        let text = try fields.text("after") ?? "leave"
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count > 1 ? parts[1] : nil) {
        case ("leave", nil): return .leave
        case ("seen", nil): return .seen
        case ("keyword", let name):
            let keyword = name ?? "Brevdue"
            if keyword.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"(){%*\"\\]".utf8.contains($0) }) {
                return .keyword(keyword)
            }
        case ("move", let folder?): return .move(folder)
        default: break
        }
        throw fields.fault("after", "\"\(text)\": expected leave, seen, keyword, keyword:NAME or move:FOLDER")
    }
}
