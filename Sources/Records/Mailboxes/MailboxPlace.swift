/// Where a mail stood that was read from a mailbox (RFC 3501 section 2.3.1.1), and what is known of it there.
package struct MailboxPlace: Hashable, Sendable, Codable {
    package var account: String
    package var folder: String
    package var uidValidity: UInt32
    package var uid: UInt32
    /// The Return-Path that the delivering server wrote; empty for `<>`.
    package var returnPath: String?
    /// Whether it was there before the mailbox was watched: such mail is never answered.
    package var isOld: Bool
    /// The authserv-id whose Authentication-Results are believed in this mailbox (RFC 8601 section 2.5).
    package var authservID: String?

    package init(
        account: String, folder: String, uidValidity: UInt32, uid: UInt32, returnPath: String?, isOld: Bool,
        authservID: String?
    ) {
        self.account = account
        self.folder = folder
        self.uidValidity = uidValidity
        self.uid = uid
        self.returnPath = returnPath
        self.isOld = isOld
        self.authservID = authservID
    }
}
