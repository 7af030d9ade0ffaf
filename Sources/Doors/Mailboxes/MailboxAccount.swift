package import FoundationEssentials
package import IMAPClient
package import Records

/// A mailbox that is read, as configured.
package struct MailboxAccount: Sendable {
    package enum Secret: Sendable {
        case password(String)
        case oauth(OAuthGrant)
    }

    /// What is done on the server with mail that is in the journal.
    package enum AfterReading: Hashable, Sendable {
        case leave
        case seen
        case keyword(String)
        case move(String)

        /// The flag to set.
        var flag: String? {
            switch self {
            case .leave, .move: nil
            case .seen: "\\Seen"
            case .keyword(let keyword): keyword
            }
        }
    }

    package var name: String
    package var server: IMAPServer
    package var user: String
    package var secret: Secret
    package var mechanism: IMAPLogin.Mechanism?
    package var folder: String
    /// Old mail is read from here on; `nil`: only what comes from now on.
    package var since: Date?
    package var after: AfterReading
    /// How long nothing is looked for, unless the server tells of mail before.
    package var pollInterval: Duration
    package var authservID: String?

    package init(
        name: String, server: IMAPServer, user: String, secret: Secret, mechanism: IMAPLogin.Mechanism? = nil,
        folder: String = "INBOX", since: Date? = nil, after: AfterReading = .leave,
        pollInterval: Duration = .seconds(60), authservID: String? = nil
    ) {
        self.name = name
        self.server = server
        self.user = user
        self.secret = secret
        self.mechanism = mechanism
        self.folder = folder
        self.since = since
        self.after = after
        self.pollInterval = pollInterval
        self.authservID = authservID
    }

    package var key: MailboxKey { MailboxKey(account: name, folder: folder) }
}
